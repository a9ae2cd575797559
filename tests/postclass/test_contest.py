"""Judges give points by a rubric; the places follow from them, and from nothing else."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.postclass.contest import (
    LONGEST_ABOUT,
    MOST_JUDGES,
    Contest,
    Entered,
    Verdict,
    check_contest,
    check_takes_entries,
    check_verdict,
    id_of,
    judged_by,
    placed,
    sheet_of,
)
from synclass.postclass.evaluation import Criterion
from synclass.words import LessonId

TODAY = date(2026, 11, 27)
CONTEST = Contest(
    *("c1", "课堂大比武", "每校一节", "评课表"),
    [Criterion("目标", 40), Criterion("互动", 60)],
    TODAY + timedelta(days=7),
    ["zhao", "sun"],
)


def entered(n: int, title: str = "分数") -> Entered:
    lesson = LessonId(f"l{n}")
    return Entered(id_of("c1", f"t{n}"), "c1", lesson, title, f"t{n}", "教师", "学校", float(n))


def given_by(judge: str, n: int, *points: int) -> Verdict:
    lesson = LessonId(f"l{n}")
    return Verdict(id_of("c1", lesson, judge), "c1", lesson, judge, judge, [*points], "", 9.0)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "bad-text"),
        ({"about": "x" * (LONGEST_ABOUT + 1)}, "bad-text"),
        ({"rubric": ""}, "bad-text"),
        ({"criteria": []}, "bad-points"),
        ({"criteria": [Criterion("目标", 0)]}, "bad-points"),
        ({"until": TODAY - timedelta(days=1)}, "bad-moment"),
        ({"until": TODAY + timedelta(days=900)}, "bad-moment"),
        ({"judges": []}, "no-judge"),
        ({"judges": ["zhao", "zhao"]}, "too-many"),
        ({"judges": [f"j{n}" for n in range(MOST_JUDGES + 1)]}, "too-many"),
    ],
)
def test_a_contest_that_cannot_be_held_is_refused(wrong: dict[str, object], code: str) -> None:
    check_contest(CONTEST, TODAY)
    with pytest.raises(Refused) as refused:
        check_contest(replace(CONTEST, **wrong), TODAY)
    assert refused.value.code == code


def test_lessons_are_entered_until_the_last_day_and_never_when_it_is_over() -> None:
    check_takes_entries(CONTEST, CONTEST.until)
    with pytest.raises(Refused, match="2026-12-04"):
        check_takes_entries(CONTEST, CONTEST.until + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        check_takes_entries(replace(CONTEST, closed_at=1.0), TODAY)
    assert refused.value.code == "contest-closed"


@pytest.mark.parametrize("points", [(), (41, 0), (-1, 0), (1, 2, 3)])
def test_points_are_of_the_rubric(points: tuple[int, ...]) -> None:
    check_verdict(CONTEST, given_by("zhao", 1, 40, 60))
    with pytest.raises(Refused) as refused:
        check_verdict(CONTEST, given_by("zhao", 1, *points))
    assert refused.value.code == "bad-points"


def test_two_that_are_as_good_stand_on_one_place_and_who_was_not_judged_on_none() -> None:
    entries = [entered(n) for n in range(4)]
    said = [
        *(given_by("zhao", 0, 20, 30), given_by("sun", 0, 40, 30)),
        *(given_by("zhao", 1, 30, 30), given_by("zhao", 2, 40, 60)),
    ]
    found = placed(CONTEST, entries, said)
    assert [(one.entered.lesson, one.rank, one.points, one.judges) for one in found] == [
        ("l2", 1, 100.0, 1),
        ("l0", 2, 60.0, 2),
        ("l1", 2, 60.0, 1),
        ("l3", 0, 0.0, 0),
    ]
    assert [one.points for one in found[1].averages] == [30.0, 30.0]
    assert judged_by(said, "zhao", [one.lesson for one in entries]) == 3


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=12))
def test_whoever_stands_before_another_has_no_fewer_points(points: list[tuple[int, int]]) -> None:
    entries = [entered(n) for n in range(len(points) + 1)]
    said = [given_by("zhao", n, *one) for n, one in enumerate(points)]
    found = placed(CONTEST, entries, said)
    assert {one.entered.lesson for one in found} == {one.lesson for one in entries}
    ranked = [one for one in found if one.rank]
    assert len(ranked) == len(points) and found[: len(ranked)] == ranked
    for one, other in pairwise(ranked):
        assert one.points >= other.points and one.rank <= other.rank
        assert (one.rank == other.rank) == (one.points == other.points)


def test_the_sheet_of_places_has_no_formula() -> None:
    places = placed(CONTEST, [entered(0, "=1+1"), entered(1)], [given_by("zhao", 0, 10, 20)])
    lines = sheet_of(CONTEST, places).decode("utf-8-sig").splitlines()
    assert lines == [
        "名次,课名,教师,学校,总分,评委数,目标,互动",
        "1,'=1+1,教师,学校,30.00,1,10.00,20.00",
        ",分数,教师,学校,,0,,",
    ]
