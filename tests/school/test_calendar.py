"""A term's lessons day by day, with those that are cancelled."""

from datetime import date

from msgspec import structs

from synclass.school.calendar import entries
from synclass.school.places import BELLS, School
from synclass.school.timetable import Kind, Slot, Term

TOWN = {"town": School("town", "中心小学", bells=BELLS)}
TERM = Term("t", "本学期", date(2026, 9, 1), date(2026, 9, 30))
MONDAY = Slot("一", "t", "town", "数学", "数学", "wang", "town-0", 1, 2)
ODD = structs.replace(MONDAY, id="o", period=1, weeks="odd")
EVER = date(2026, 1, 1), date(2026, 12, 31)


def test_each_day_of_the_term_has_its_lessons_in_order() -> None:
    found = entries([MONDAY, ODD], TERM, *EVER, TOWN)
    days = [(one.day.day, one.slot.id) for one in found]
    assert days == [(7, "一"), (14, "o"), (14, "一"), (21, "一"), (28, "o"), (28, "一")]
    assert found[0].bell.starts == 550
    some = entries([MONDAY], TERM, date(2026, 9, 8), date(2026, 9, 21), TOWN)
    assert [one.day.day for one in some] == [14, 21]


def test_a_cancelled_lesson_stays_in_its_place_and_keeps_its_name() -> None:
    before = entries([MONDAY], TERM, *EVER, TOWN)
    off = structs.replace(MONDAY, cancelled=[date(2026, 9, 14)], version=2)
    after = entries([off], TERM, *EVER, TOWN)
    assert [one.cancelled for one in after] == [False, True, False, False]
    assert [one.uid for one in before] == [one.uid for one in after]
    assert after[1].uid == "20260914-一@synclass"


def test_what_is_taken_at_any_time_or_has_lost_its_bell_is_in_no_calendar() -> None:
    film, late = structs.replace(MONDAY, kind=Kind.LIBRARY), structs.replace(MONDAY, period=16)
    assert entries([film, late], TERM, *EVER, TOWN) == []
