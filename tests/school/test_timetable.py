"""Two lessons never want the same teacher or room at once without being told so."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.school.places import BELLS, Bell, School
from synclass.school.timetable import (
    Clash,
    Kind,
    Slot,
    Term,
    bell_of,
    check_slot,
    check_term,
    clashes,
    due,
    held_on,
    lost,
    moved,
    week_of,
)

TERM = Term("t1", "2026 秋", date(2026, 9, 3), date(2027, 1, 15))  # it begins on a Thursday
TOWN, VILLAGE = School("s1", "中心小学", bells=BELLS), School("s2", "草兴小学", bells=BELLS)
SCHOOLS = {"s1": TOWN, "s2": VILLAGE}
SCHOOL_OF = {"c1": "s1", "c2": "s2", "c3": "s2"}
MATHS = Slot("l1", "t1", "s1", "分数", "数学", "wang", "c1", 1, 2, ["c2"])


def found(*slots: Slot) -> list[Clash]:
    return clashes(slots, SCHOOLS, SCHOOL_OF)


def test_lessons_at_other_times_or_of_other_rooms_and_teachers_do_not_clash() -> None:
    others = [
        replace(MATHS, id="l2", period=3),
        replace(MATHS, id="l3", weekday=2),
        replace(MATHS, id="l4", teacher="li", room="c3", listeners=[]),
    ]
    assert found(MATHS, *others) == []


def test_a_teacher_cannot_be_in_two_rooms_at_once() -> None:
    other = replace(MATHS, id="l2", room="c3", listeners=[])
    assert found(MATHS, other) == [Clash("teacher", "wang", "l1", "l2")]


def test_a_room_cannot_listen_while_it_has_a_lesson_of_its_own() -> None:
    own = replace(MATHS, id="l2", school="s2", teacher="li", room="c2", listeners=[])
    assert found(MATHS, own) == [Clash("room", "c2", "l1", "l2")]


def test_times_count_and_not_the_numbers_of_lessons() -> None:
    later = replace(VILLAGE, bells=[Bell(560, 600)])
    own = Slot("l2", "t1", "s2", "语文", "语文", "li", "c2", 1, 1)
    told = clashes([MATHS, own], SCHOOLS | {"s2": later}, SCHOOL_OF)
    assert told == [Clash("room", "c2", "l1", "l2")]


def test_a_lesson_beside_the_bells_of_those_who_listen_is_told() -> None:
    schools = SCHOOLS | {"s2": replace(VILLAGE, bells=[Bell(520, 560), Bell(600, 640)])}
    assert clashes([MATHS], schools, SCHOOL_OF) == [Clash("bells", "s2", "l1")]


def test_a_lesson_whose_bell_was_taken_away_is_told() -> None:
    schools = SCHOOLS | {"s1": replace(TOWN, bells=BELLS[:1])}
    assert clashes([MATHS], schools, SCHOOL_OF) == [Clash("bells", "s1", "l1")]


def test_odd_and_even_weeks_share_a_room() -> None:
    odd, even = replace(MATHS, weeks="odd"), replace(MATHS, id="l2", weeks="even")
    assert found(odd, even) == []
    assert len(found(odd, replace(even, weeks="odd"))) == 3


SINGING = Slot("l3", "t1", "s1", "合唱", "音乐", "li", "c1", 1, 1, ["c2"], Kind.AFTER_SCHOOL)
LATE = [Bell(990, 1030), Bell(1040, 1080)]


def test_the_service_after_school_goes_by_bells_of_its_own_where_there_are_some() -> None:
    assert bell_of(SINGING, SCHOOLS) == BELLS[0]
    late = {"s1": replace(TOWN, after_bells=LATE), "s2": replace(VILLAGE, after_bells=LATE)}
    assert bell_of(SINGING, late) == LATE[0]
    assert bell_of(MATHS, late) == BELLS[MATHS.period - 1]
    assert due([SINGING], late, 500) == [] and due([SINGING], late, 990) == [SINGING]
    check_slot(replace(SINGING, period=2), late["s1"])
    with pytest.raises(Refused):
        check_slot(replace(SINGING, period=3), late["s1"])
    assert clashes([SINGING], late, SCHOOL_OF) == []
    assert clashes([SINGING], late | {"s2": VILLAGE}, SCHOOL_OF) == [], "16:25 is near 16:30"
    far = late | {"s2": replace(VILLAGE, after_bells=[Bell(1100, 1140)])}
    assert clashes([SINGING], far, SCHOOL_OF) == [Clash("bells", "s2", "l3")]


def test_a_lesson_after_school_meets_one_of_the_day_by_the_clock() -> None:
    late = SCHOOLS | {"s1": replace(TOWN, after_bells=[Bell(560, 600)])}
    told = clashes([MATHS, replace(SINGING, listeners=[])], late, SCHOOL_OF)
    assert told == [Clash("room", "c1", "l1", "l3")]


def test_lessons_after_school_go_to_the_nearest_bell_and_those_of_the_day_stay() -> None:
    now = replace(TOWN, after_bells=LATE)
    last = replace(SINGING, period=8)
    assert moved([MATHS, last], TOWN, now) == [replace(last, period=1)]
    assert moved([replace(last, period=2)], now, TOWN) == [replace(last, period=8)]
    assert moved([last], now, replace(now, after_bells=LATE[:1])) == []
    assert moved([replace(last, school="s2")], TOWN, now) == []


def test_a_lesson_whose_bell_would_go_is_found() -> None:
    now = replace(TOWN, after_bells=LATE)
    second = replace(SINGING, period=2)
    assert lost([MATHS, second], now, replace(now, after_bells=LATE[:1])) == second
    assert lost([MATHS], now, replace(now, bells=BELLS[:1])) == MATHS
    assert lost([MATHS, second], now, now) is None


slots = st.builds(
    Slot,
    st.uuids().map(str),
    st.just("t1"),
    st.sampled_from(["s1", "s2"]),
    st.just("分数"),
    st.just("数学"),
    st.sampled_from(["wang", "li"]),
    st.sampled_from(["c1", "c2"]),
    st.integers(1, 2),
    st.integers(1, 4),
    weeks=st.sampled_from(["all", "odd", "even"]),
)


@given(st.lists(slots, max_size=12))
def test_what_is_found_is_what_looking_at_every_pair_finds(some: list[Slot]) -> None:
    def pairs() -> set[tuple[str, frozenset[str]]]:
        told = set()
        for a, b in product(some, some):
            at_once = (a.weekday, a.period) == (b.weekday, b.period) and a is not b
            if at_once and (a.weeks == b.weeks or "all" in (a.weeks, b.weeks)):
                told |= {("teacher", frozenset((a.id, b.id)))} if a.teacher == b.teacher else set()
                told |= {("room", frozenset((a.id, b.id)))} if a.room == b.room else set()
        return told

    assert {(c.what, frozenset((c.slot, c.other))) for c in found(*some)} == pairs()


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MATHS, weekday=0),
        replace(MATHS, weekday=8),
        replace(MATHS, period=0),
        replace(MATHS, period=9),
        replace(MATHS, listeners=["c1"]),
        replace(MATHS, listeners=[f"c{n}" for n in range(10, 51)]),
        replace(MATHS, title=""),
    ],
)
def test_a_lesson_that_cannot_be_is_refused(wrong: Slot) -> None:
    check_slot(MATHS, TOWN)
    with pytest.raises(Refused):
        check_slot(wrong, TOWN)


def test_a_term_ends_after_it_begins() -> None:
    check_term(TERM)
    for last in (TERM.first, date(2020, 1, 1), date(2028, 1, 1)):
        with pytest.raises(Refused):
            check_term(replace(TERM, last=last))


def test_weeks_begin_on_monday_whenever_the_term_does() -> None:
    days = (date(2026, 9, 2), TERM.first, date(2026, 9, 6), date(2026, 9, 7), TERM.last)
    assert [week_of(TERM, day) for day in days] == [0, 1, 1, 2, 20]
    assert week_of(TERM, date(2027, 1, 16)) == 0


def test_a_day_has_the_lessons_of_its_weekday_and_its_week() -> None:
    even = replace(MATHS, id="l2", weeks="even", kind=Kind.AFTER_SCHOOL)
    assert held_on([MATHS, even], TERM, date(2026, 9, 7)) == [MATHS, even]
    assert held_on([MATHS, even], TERM, date(2026, 9, 14)) == [MATHS]
    assert held_on([MATHS, even], TERM, date(2026, 9, 8)) == []
    assert held_on([MATHS, even], TERM, date(2026, 8, 31)) == []


def test_a_lesson_is_due_from_a_quarter_of_an_hour_before_its_bell_until_its_end() -> None:
    recorded = replace(MATHS, id="l2", kind=Kind.LIBRARY)
    starts, ends = BELLS[1].starts, BELLS[1].ends
    times = (starts - 16, starts - 15, ends - 1, ends)
    assert [due([MATHS, recorded], SCHOOLS, at) for at in times] == [[], [MATHS], [MATHS], []]
    assert due([replace(MATHS, school="s9")], SCHOOLS, starts) == []


@pytest.mark.parametrize(
    "days", [[date(2026, 9, 8)], [date(2026, 9, 14), date(2026, 9, 7)], [date(2026, 9, 7)] * 2]
)
def test_a_lesson_is_cancelled_on_days_of_its_own_in_order(days: list[date]) -> None:
    check_slot(replace(MATHS, cancelled=[date(2026, 9, 7), date(2026, 9, 14)]), TOWN)
    with pytest.raises(Refused):
        check_slot(replace(MATHS, cancelled=days), TOWN)


def test_a_cancelled_lesson_is_not_held_on_that_day_and_is_on_others() -> None:
    off = replace(MATHS, cancelled=[date(2026, 9, 7)])
    assert held_on([off], TERM, date(2026, 9, 7)) == []
    assert held_on([off], TERM, date(2026, 9, 14)) == [off]
