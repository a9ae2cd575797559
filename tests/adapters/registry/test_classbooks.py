"""What pupils did is kept by lesson, found by pupil, and forgotten with either."""

from synclass.adapters.registry import SqlRegistry
from synclass.classbook import Answered, Attended, Classbook, Past
from synclass.ports import LessonCard
from synclass.words import LessonId

ONE, TWO = LessonId("one"), LessonId("two")
MING, HONG = Attended("c2", "p2", True, 2), Attended("c2", "p7", False, 0)
SAID = Answered("c2", "p2", 1, "<b>A</b>", None)
BOOK = Classbook([MING, HONG], [SAID, Answered("c2", "p2", 2, "3/4", True)])


async def kept(registry: SqlRegistry) -> None:
    for n, lesson in enumerate((ONE, TWO)):
        await registry.save_lesson(LessonCard(lesson, "分数", "数学", "wang", "", 1.0, 10.0 + n))
        await registry.keep_book(lesson, BOOK)


async def test_a_book_comes_back_as_it_was_kept(registry: SqlRegistry) -> None:
    await kept(registry)
    assert await registry.book(ONE) == BOOK
    await registry.keep_book(ONE, Classbook([HONG], []))
    assert await registry.book(ONE) == Classbook([HONG], []), "in place of what was there"
    assert await registry.book(LessonId("none")) == Classbook([], [])


async def test_a_pupils_lessons_come_the_last_first(registry: SqlRegistry) -> None:
    await kept(registry)
    await registry.keep_book(ONE, Classbook([], [SAID]))
    assert await registry.past("p2") == [Past(TWO, MING, BOOK.answered), Past(ONE, None, [SAID])]
    assert [past.lesson for past in await registry.past("p2", limit=1)] == [TWO]
    assert await registry.past("p7") == [Past(TWO, HONG, [])]


async def test_what_is_erased_is_in_no_book(registry: SqlRegistry) -> None:
    await kept(registry)
    await registry.forget_book(ONE)
    assert [past.lesson for past in await registry.past("p2")] == [TWO]
