"""A rubric says how many points there are; who evaluates gives no more, at moments there were."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.postclass.evaluation import (
    DEFAULT,
    Criterion,
    Evaluation,
    Remark,
    Rubric,
    averages,
    check_evaluation,
    check_rubric,
)
from synclass.words import LessonId

TWO = [Criterion("目标", 10), Criterion("互动", 20)]
SAID = Evaluation(
    *("m1 zhao", LessonId("m1"), "zhao", "赵督导", "patrol", "表", TWO, [8, 15]),
    remarks=[Remark(61.5, "很好")],
    summary="",
    made_at=5.0,
)


def test_the_default_rubric_is_one_and_has_a_hundred_points() -> None:
    check_rubric(DEFAULT)
    assert sum(one.most for one in DEFAULT.criteria) == 100


@pytest.mark.parametrize(
    "rubric",
    [
        Rubric("", "", "", TWO),
        Rubric("", "", "表", []),
        Rubric("", "", "表", [Criterion("x", 0)]),
        Rubric("", "", "表", [Criterion("x" * 61, 5)]),
        Rubric("", "", "表", [TWO[0], TWO[0]]),
    ],
)
def test_a_rubric_has_a_title_and_criteria_that_are_told_apart(rubric: Rubric) -> None:
    with pytest.raises(Refused):
        check_rubric(rubric)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: replace(said, points=[8]),
        lambda said: replace(said, points=[11, 15]),
        lambda said: replace(said, points=[-1, 15]),
        lambda said: replace(said, remarks=[Remark(100.1, "x")]),
        lambda said: replace(said, remarks=[Remark(float("nan"), "x")]),
        lambda said: replace(said, remarks=[Remark(1.0, " ")]),
        lambda said: replace(said, remarks=[Remark(1.0, "x")] * 101),
        lambda said: replace(said, summary="x" * 1001),
    ],
)
def test_points_and_remarks_fit_the_rubric_and_the_lesson(
    spoil: Callable[[Evaluation], Evaluation],
) -> None:
    check_evaluation(SAID, 100.0)
    with pytest.raises(Refused):
        check_evaluation(spoil(SAID), 100.0)


def test_an_average_is_of_those_who_gave_points_for_it() -> None:
    other = replace(SAID, criteria=[TWO[0], Criterion("板书", 5)], points=[10, 5])
    told = [(one.name, one.points, one.of) for one in averages([SAID, other])]
    assert told == [("目标", 9.0, 2), ("互动", 15.0, 1), ("板书", 5.0, 1)]
