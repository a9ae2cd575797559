"""What was held is told by school and by day, as lessons end."""

from datetime import date, datetime

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.ports import Account, LessonCard
from synclass.postclass.reports import RoomResult
from synclass.words import LessonId, Role

from .villages import MATHS, TOWN, settle

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
MORNING = datetime(2026, 9, 7, 9).timestamp()
CARD = LessonCard(LessonId("m1"), "分数", "数学", "wang", "", MORNING, MORNING)
ROOM = RoomResult(CARD.id, "草兴小学", MORNING, 38.0, 2.0, 30, 28, 2, 1, 25, 20)


async def hold(registry: SqlRegistry, id_: str, day: date | None = None) -> None:
    """A lesson, of the timetable where a day is said."""
    lesson = LessonId(id_)
    if day:
        await registry.note_opening(MATHS, day, lesson)
    await registry.save_lesson(replace(CARD, id=lesson))
    await registry.keep_results(lesson, [replace(ROOM, lesson=lesson)], [], minutes=40.0)


async def test_lessons_are_counted_for_the_school_that_taught_and_their_day(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    for n, day in enumerate((FIRST, date(2026, 9, 8), LAST)):
        await hold(registry, f"m{n}", day)
    (school,), days = await registry.sums(FIRST, LAST)
    assert (school.of, school.lessons, school.minutes, school.rooms) == ("s1", 3, 120.0, 3)
    assert (school.room_minutes, school.possible, school.fairness) == (114.0, 120.0, 3.0)
    assert (school.pupils, school.here, school.answers, school.right) == (90, 84, 75, 60)
    assert [(one.of, one.lessons) for one in days] == [
        *(("2026-09-01", 1), ("2026-09-08", 1), ("2026-09-30", 1))
    ]
    assert await registry.sums(FIRST, LAST, schools=["s2"]) == ([], [])
    assert await registry.sums(date(2026, 10, 1), date(2026, 10, 2)) == ([], [])
    found = await registry.figures(FIRST, LAST, "s1", limit=2)
    assert [(one.figure.lesson, one.title) for one in found] == [("m2", "分数"), ("m1", "分数")]


async def test_a_lesson_beside_the_timetable_is_of_its_teachers_school(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    await registry.save_account(Account("wang", "王老师", Role.TEACHER, TOWN.name, "x"))
    await hold(registry, "m1")
    (school,), (day,) = await registry.sums(FIRST, LAST)
    assert (school.of, day.of) == ("s1", "2026-09-07")


async def test_results_that_are_kept_again_count_once_and_of_an_erased_lesson_not_at_all(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    for _ in range(2):
        await hold(registry, "m1")
    assert (await registry.sums(FIRST, LAST))[1][0].lessons == 1
    await registry.remove_lesson(CARD.id)
    assert await registry.sums(FIRST, LAST) == ([], [])


async def test_a_lesson_that_never_began_was_not_held(registry: SqlRegistry) -> None:
    await registry.save_lesson(replace(CARD, began_at=0.0))
    await registry.keep_results(CARD.id, [], [])
    await registry.keep_results(LessonId("nowhere"), [], [])
    assert await registry.sums(FIRST, date(2027, 1, 1)) == ([], [])
