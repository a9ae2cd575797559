"""A classroom is where its timetable says, at the bell, and knows what comes next."""

from datetime import date

from msgspec import structs

from synclass.school.places import BELLS, School
from synclass.school.ringing import Ringing, current, day_of, following
from synclass.school.timetable import Kind, Slot, Term

TOWN = {"town": School("town", "中心小学", bells=BELLS)}  # 8:20, 9:10, 10:10, ...
TERM = Term("t", "本学期", date(2026, 9, 1), date(2027, 1, 20))
THURSDAY = date(2026, 11, 26)
FIRST = Slot("one", "t", "town", "数学", "数学", "wang", "town-0", 4, 1)
SECOND = Slot("two", "t", "town", "语文", "语文", "wang", "town-0", 4, 2)
TUESDAY = Slot("three", "t", "town", "音乐", "音乐", "wang", "town-0", 2, 1)
SLOTS = [SECOND, FIRST, TUESDAY]


def today() -> list[Ringing]:
    return day_of(SLOTS, TERM, THURSDAY, TOWN)


def at(clock: str, live: tuple[str, ...] = (), over: tuple[str, ...] = ()) -> str:
    hours, _, minutes = clock.partition(":")
    one = current(today(), int(hours) * 60 + int(minutes), live=live, over=over)
    return one.slot.id if one else ""


def test_a_day_rings_in_order_and_without_what_is_taken_at_any_time() -> None:
    assert [one.slot.id for one in today()] == ["one", "two"]
    film = structs.replace(FIRST, kind=Kind.LIBRARY)
    assert day_of([film], TERM, THURSDAY, TOWN) == []
    late = structs.replace(FIRST, period=16)
    assert day_of([late], TERM, THURSDAY, TOWN) == []  # its school has lost that bell


def test_a_classroom_goes_in_five_minutes_before_the_bell() -> None:
    assert [at("8:14"), at("8:15"), at("8:20"), at("8:59")] == ["", "one", "one", "one"]


def test_a_break_is_a_break() -> None:
    assert [at("9:00"), at("9:04"), at("9:05")] == ["", "", "two"]


def test_a_lesson_that_runs_on_is_left_when_the_next_rings() -> None:
    assert [at("9:08", live=("one",)), at("9:10", live=("one",))] == ["one", "two"]
    assert at("9:30", live=("one",), over=("two",)) == "one"


def test_a_lesson_that_was_ended_early_is_over() -> None:
    assert [at("8:40", over=("one",)), at("9:05", over=("one",))] == ["", "two"]


def test_what_comes_next_may_be_on_another_day() -> None:
    def after(minute: int) -> tuple[str, date] | None:
        one = following(SLOTS, TERM, THURSDAY, minute, TOWN)
        return (one.slot.id, one.day) if one else None

    assert after(8 * 60) == ("one", THURSDAY)
    assert after(8 * 60 + 20) == ("two", THURSDAY)
    assert after(12 * 60) == ("three", date(2026, 12, 1))
    assert following([], TERM, THURSDAY, 0, TOWN) is None
    assert following(SLOTS, TERM, date(2027, 1, 20), 1000, TOWN) is None  # the term is over
