"""Lessons are found by what was written in them, and by nothing of one that was erased."""

from synclass.adapters.registry import SqlRegistry
from synclass.ports import LessonCard, Within
from synclass.postclass.wording import Line
from synclass.words import LessonId

ONE, TWO, LIVE = (LessonId(id_) for id_ in ("one", "two", "live"))
INSIDE = Within(inside=True)


async def lessons(registry: SqlRegistry) -> None:
    for n, (id_, ended) in enumerate(((ONE, 50.0), (TWO, 60.0), (LIVE, 0.0))):
        await registry.save_lesson(LessonCard(id_, "数学课", "数学", "wang", "", n, 1.0, ended))


async def found(registry: SqlRegistry, text: str, within: Within = INSIDE) -> list[LessonId]:
    return [card.id for card in await registry.lessons(text=text, within=within)]


async def test_a_lesson_is_found_by_words_of_it_and_its_title_together(
    registry: SqlRegistry,
) -> None:
    await lessons(registry)
    lines = [Line(3.5, "先通分"), Line(9.0, "50% of It")]
    await registry.keep_wording(ONE, lines)
    assert await found(registry, "通分") == await found(registry, "数学 50% it") == [ONE]
    assert await found(registry, "50_") == await found(registry, "约分") == []
    assert await found(registry, "通分", Within()) == [], "who may not watch finds titles"
    assert await registry.wordings([ONE, TWO]) == {ONE: lines}


async def test_what_has_ended_is_read_once_the_newest_first(registry: SqlRegistry) -> None:
    await lessons(registry)
    assert await registry.without_wording(limit=9) == [TWO, ONE]
    assert await registry.without_wording(limit=1) == [TWO]
    await registry.keep_wording(TWO, [])
    assert await registry.without_wording(limit=9) == [ONE]


async def test_of_an_erased_lesson_no_word_is_left(registry: SqlRegistry) -> None:
    await lessons(registry)
    await registry.keep_wording(ONE, [Line(1.0, "通分")])
    await registry.remove_lesson(ONE)
    await registry.keep_wording(ONE, [Line(1.0, "通分")])  # it was being read meanwhile
    assert await registry.wordings([ONE]) == {}
