"""Cards of lessons: found by id, by the code at their door, and by words."""

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.ports import Account, LessonCard, Registry, Within
from synclass.words import LessonId, Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")
MATHS = LessonCard(LessonId("m1"), "分数的加法", "数学", "wang", "123456", 1000.5)
MUSIC = LessonCard(LessonId("m2"), "Sing 100%", "Music", "li", "654321", 2000.0)


async def test_a_lesson_is_found_by_its_id_and_by_the_code_at_its_door(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    assert await registry.lesson(MATHS.id) == MATHS
    assert await registry.lesson_by_code("123456") == MATHS
    assert await registry.lesson(MUSIC.id) is None
    assert await registry.lesson_by_code("000000") is None
    assert await registry.lessons_named({MATHS.id, MUSIC.id}) == {MATHS.id: MATHS}
    assert await registry.lessons_named([]) == {}


async def test_two_open_lessons_never_share_a_code(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    with pytest.raises(Refused) as refused:
        await registry.save_lesson(replace(MUSIC, code="123456"))
    assert refused.value.code == "code-taken"
    assert await registry.lesson(MUSIC.id) is None
    await registry.save_lesson(replace(MATHS, title="again, by its own lesson"))


async def test_an_ended_lesson_has_no_door_and_frees_its_code(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    await registry.save_lesson(replace(MATHS, code="", ended_at=3000.0))
    assert await registry.lesson_by_code("123456") is None
    assert await registry.lesson_by_code("") is None
    await registry.save_lesson(replace(MUSIC, code="123456"))
    await registry.save_lesson(replace(MUSIC, id="m3", code="", ended_at=9.0))
    found = await registry.lesson_by_code("123456")
    assert found is not None and found.id == MUSIC.id


async def test_those_that_ended_are_read_oldest_first_a_few_at_once(registry: Registry) -> None:
    ids = ["e", "b", "c", "d", "a"]
    for n, id_ in enumerate(ids):
        await registry.save_lesson(replace(MATHS, id=id_, code="", ended_at=5.0 + n // 2))
    await registry.save_lesson(MUSIC)  # it has not ended
    found, after = [], (0.0, "")
    while some := await registry.ended(until=6.0, after=after, limit=2):
        found += [card.id for card in some]
        after = some[-1].ended_at, some[-1].id
    assert found == ["b", "e", "c", "d"]


async def test_lessons_come_newest_first_and_no_more_than_asked(registry: Registry) -> None:
    for card in (MATHS, MUSIC):
        await registry.save_lesson(card)
    assert await registry.lessons() == [MUSIC, MATHS]
    assert await registry.lessons(limit=1) == [MUSIC]
    assert await registry.lessons(limit=-1) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("分数", ["m1"]),
        ("数学", ["m1"]),
        ("wang", ["m1"]),
        ("MUSIC", ["m2"]),
        ("100%", ["m2"]),
        ("%", ["m2"]),
        ("_", []),
        ("' OR 1=1 --", []),
        ("", ["m2", "m1"]),
        ("王老师", ["m1"]),
        ("王老师  分数", ["m1"]),
        ("王老师 100%", []),
        ("/", []),
    ],
)
async def test_a_lesson_is_found_by_the_words_on_its_card(
    registry: Registry, text: str, found: list[str]
) -> None:
    await registry.save_account(WANG)
    await registry.save_lesson(MATHS)
    await registry.save_lesson(MUSIC)
    assert [card.id for card in await registry.lessons(text=text)] == found


BEGAN = MUSIC.began_at or MUSIC.made_at


@pytest.mark.parametrize(
    ("within", "found"),
    [
        (Within(subject=MATHS.subject), ["m1"]),
        (Within(teacher=MUSIC.teacher), ["m2"]),
        (Within(teacher=MUSIC.teacher, subject=MATHS.subject), []),
        (Within(since=BEGAN), ["m2"]),
        (Within(until=BEGAN - 0.1), ["m1"]),
        (Within(since=BEGAN + 0.1), []),
    ],
)
async def test_a_lesson_is_found_by_subject_teacher_and_date(
    registry: Registry, within: Within, found: list[str]
) -> None:
    await registry.save_lesson(MATHS)
    await registry.save_lesson(MUSIC)
    assert [card.id for card in await registry.lessons(within=within)] == found
