"""A contest of lessons: who entered which, what judges gave by a rubric, and who stands where."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from ..errors import Refused
from ..school.csvtext import written
from ..school.places import check_name
from ..words import LessonId
from .evaluation import (
    Average,
    Criterion,
    Evaluation,
    Rubric,
    averages,
    check_evaluation,
    check_rubric,
)

LONGEST_ABOUT = 1000
MOST_CONTESTS = 500
"""Of a region, with those that are closed."""
MOST_ENTRIES = 500
MOST_JUDGES = 40
LONGEST_OPEN = 366  # days


class Contest(Struct, frozen=True):
    id: str
    title: str
    about: str
    rubric: str
    """Its title, and what it asks, as it was when the contest was announced."""
    criteria: list[Criterion]
    until: date
    """The last day on which a lesson is entered, or withdrawn."""
    judges: list[str]
    """Accounts."""
    closed_at: float = 0.0
    """Wall time; 0 while it is judged, and what a judge gave is seen by that judge alone."""
    version: int = 0


class Entered(Struct, frozen=True):
    """An ended lesson in a contest, under the names of then: it may be erased."""

    id: str
    contest: str
    lesson: LessonId
    title: str
    teacher: str
    """An account; nobody enters twice."""
    shown: str
    school: str
    at: float
    version: int = 0


class Verdict(Struct, frozen=True):
    """What one judge gives one lesson."""

    id: str
    contest: str
    lesson: LessonId
    account: str
    shown: str
    points: list[int]
    summary: str
    made_at: float
    version: int = 0


class Placed(Struct, frozen=True):
    """How a lesson came out."""

    entered: Entered
    rank: int
    """0 for one that nobody judged; two that are as good stand on one."""
    points: float
    """The sum of the averages."""
    averages: list[Average]
    judges: int


def id_of(contest: str, *of: str) -> str:
    """Of an entry, by its teacher; of a verdict, by lesson and judge."""
    return " ".join((contest, *of))


def check_contest(contest: Contest, today: date) -> None:
    """Raise Refused: bad-id, bad-text, bad-points, bad-moment, too-many, no-judge."""
    check_name(contest.id, contest.title)
    if len(contest.about) > LONGEST_ABOUT:
        raise Refused("bad-text", f"about has at most {LONGEST_ABOUT} characters")
    check_rubric(Rubric(contest.id, "", contest.rubric, contest.criteria))
    if not today <= contest.until <= today + timedelta(days=LONGEST_OPEN):
        raise Refused("bad-moment", "lessons are entered until a day within a year")
    if not contest.judges:
        raise Refused("no-judge", "a contest has a judge")
    if len(contest.judges) > MOST_JUDGES or len(set(contest.judges)) < len(contest.judges):
        raise Refused("too-many", f"a contest has at most {MOST_JUDGES} judges, each once")


def takes_entries(contest: Contest, today: date) -> bool:
    return not contest.closed_at and today <= contest.until


def check_takes_entries(contest: Contest, today: date) -> None:
    """Raise Refused("contest-closed") or ("late")."""
    if contest.closed_at:
        raise Refused("contest-closed", "this contest is over")
    if not takes_entries(contest, today):
        raise Refused("late", f"lessons were entered until {contest.until}")


def check_verdict(contest: Contest, verdict: Verdict) -> None:
    """Raise Refused("bad-points") or ("bad-text")."""
    check_evaluation(_said(contest, verdict), 0.0)


def placed(
    contest: Contest, entries: Sequence[Entered], verdicts: Sequence[Verdict]
) -> list[Placed]:
    """The best first, then those that nobody judged, in the order in which they were entered."""
    found = []
    for entered in entries:
        said = [_said(contest, one) for one in verdicts if one.lesson == entered.lesson]
        by = averages(said)
        found.append((entered, round(sum(one.points for one in by), 2), by, len(said)))
    judged = [points for _, points, _, judges in found if judges]
    found.sort(key=lambda one: (not one[3], -one[1]))
    return [
        Placed(entered, 1 + sum(other > points for other in judged) if n else 0, points, by, n)
        for entered, points, by, n in found
    ]


def judged_by(verdicts: Iterable[Verdict], judge: str, lessons: Collection[LessonId]) -> int:
    """How many of these lessons this judge has judged."""
    return len({one.lesson for one in verdicts if one.account == judge} & {*lessons})


def sheet_of(contest: Contest, all_: Sequence[Placed]) -> bytes:
    """The places as CSV; no cell of it is a formula."""
    names = [one.name for one in contest.criteria]
    table = [["名次", "课名", "教师", "学校", "总分", "评委数", *names]]
    for one in all_:
        by = {average.name: f"{average.points:.2f}" for average in one.averages}
        who = one.entered.title, one.entered.shown, one.entered.school
        points = f"{one.points:.2f}" if one.judges else ""
        row = [str(one.rank or ""), *who, points, str(one.judges)]
        table.append([*row, *(by.get(name, "") for name in names)])
    return written(table)


def _said(contest: Contest, verdict: Verdict) -> Evaluation:
    return Evaluation(
        *(verdict.id, verdict.lesson, verdict.account, verdict.shown, "judge", contest.rubric),
        *(contest.criteria, verdict.points, [], verdict.summary, verdict.made_at),
    )
