"""Evaluation of a lesson by a rubric: points for each criterion, and remarks on the timeline."""

from collections.abc import Sequence

from msgspec import Struct

from ..errors import Refused
from ..words import LessonId

MOST_CRITERIA = 20
MOST_POINTS = 100
MOST_REMARKS = 100
LONGEST_NAME = 60
LONGEST_REMARK = 300
LONGEST_SUMMARY = 1000


class Criterion(Struct, frozen=True):
    name: str
    most: int
    """Points for who does it best."""


class Rubric(Struct, frozen=True):
    """How lessons are evaluated; of a school, or of the district where that is empty."""

    id: str
    school: str
    title: str
    criteria: list[Criterion]
    version: int = 0


class Remark(Struct, frozen=True):
    at: float
    """Lesson seconds."""
    text: str


class Evaluation(Struct, frozen=True):
    """What one evaluator says of one lesson, by a rubric as it was then."""

    id: str
    lesson: LessonId
    account: str
    shown: str
    role: str
    rubric: str
    criteria: list[Criterion]
    points: list[int]
    remarks: list[Remark]
    summary: str
    made_at: float
    version: int = 0


class Average(Struct, frozen=True):
    """Of all who gave points for a criterion of this name."""

    name: str
    most: int
    points: float
    of: int
    """Evaluators."""


DEFAULT = Rubric(
    *("", "", "课堂评价表"),
    [
        Criterion("教学目标：清楚，合乎课标和学情", 15),
        Criterion("教学内容：准确，重点难点突出", 20),
        Criterion("教学过程：环节清楚，时间得当", 20),
        Criterion("师生互动：各教室都有人举手、作答、上台", 20),
        Criterion("远端课堂：听得清、看得见、跟得上", 15),
        Criterion("教学效果：小测和作业说明学会了", 10),
    ],
)
"""By which a school evaluates that has none of its own."""


def check_rubric(rubric: Rubric) -> None:
    """Raise Refused("bad-text") or ("bad-points")."""
    names = [rubric.title, *(one.name for one in rubric.criteria)]
    if not all(0 < len(name.strip()) <= LONGEST_NAME for name in names):
        raise Refused("bad-text", f"a title and a criterion have 1 to {LONGEST_NAME} characters")
    if len(set(names)) != len(names):
        raise Refused("bad-text", "two criteria have the same name")
    if not 0 < len(rubric.criteria) <= MOST_CRITERIA:
        raise Refused("bad-points", f"a rubric has 1 to {MOST_CRITERIA} criteria")
    if not all(0 < one.most <= MOST_POINTS for one in rubric.criteria):
        raise Refused("bad-points", f"a criterion has 1 to {MOST_POINTS} points")


def check_evaluation(said: Evaluation, ends_at: float) -> None:
    """Raise Refused("bad-points"), ("bad-text"), ("bad-moment") or ("too-many")."""
    fits = len(said.points) == len(said.criteria)
    if not fits or not all(
        0 <= points <= one.most for points, one in zip(said.points, said.criteria, strict=True)
    ):
        raise Refused("bad-points", "each criterion has points from 0 to its most")
    if len(said.remarks) > MOST_REMARKS:
        raise Refused("too-many", f"a lesson has {MOST_REMARKS} remarks of one evaluator")
    if not all(0 < len(one.text.strip()) <= LONGEST_REMARK for one in said.remarks):
        raise Refused("bad-text", f"a remark has 1 to {LONGEST_REMARK} characters")
    if len(said.summary) > LONGEST_SUMMARY:
        raise Refused("bad-text", f"a summary has at most {LONGEST_SUMMARY} characters")
    if not all(0 <= one.at <= ends_at for one in said.remarks):
        raise Refused("bad-moment", "a remark is of a moment of the lesson")


def averages(all_: Sequence[Evaluation]) -> list[Average]:
    """By criterion, in the order in which they were first seen."""
    seen: dict[tuple[str, int], list[int]] = {}
    for one in all_:
        for criterion, points in zip(one.criteria, one.points, strict=True):
            seen.setdefault((criterion.name, criterion.most), []).append(points)
    return [
        Average(name, most, sum(points) / len(points), len(points))
        for (name, most), points in seen.items()
    ]
