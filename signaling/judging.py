"""A contest as its page shows it: to whom it is, what a judge gave, and the places at its end."""

import time
from datetime import date

from msgspec import Struct

from synclass.permissions import Scope, scope
from synclass.ports import Account, Registry, Within
from synclass.postclass.contest import (
    Contest,
    Entered,
    Verdict,
    judged_by,
    placed,
    takes_entries,
)
from synclass.postclass.evaluation import Average, Criterion
from synclass.words import LessonId

from .visiting import school_names

OFFERED = 50
"""Lessons of her own that a teacher chooses among, the newest."""


class Judge(Struct):
    account: str
    shown: str
    school: str
    judged: int
    """Lessons of this contest."""


class Remarked(Struct):
    shown: str
    """Of the judge, to who announced it; "" to others."""
    text: str


class Entry(Struct):
    """A lesson of the contest; its place when that is over."""

    lesson: LessonId
    title: str
    shown: str
    school: str
    there: bool
    """Whether it can still be watched."""
    mine: bool
    version: int
    verdict: Verdict | None
    """What one has given as a judge."""
    rank: int
    points: float
    judges: int
    averages: list[Average]
    remarks: list[Remarked]


class Offered(Struct):
    lesson: LessonId
    title: str
    ended_at: float


class Page(Struct):
    id: str
    title: str
    about: str
    rubric: str
    criteria: list[Criterion]
    until: date
    closed_at: float
    version: int
    open: bool
    """Whether lessons are entered today."""
    announces: bool
    """Whether one may change and close it."""
    judging: bool
    """Whether one judges now."""
    judges: list[Judge]
    """To who announced it; nobody to others."""
    entries: list[Entry]
    offered: list[Offered]
    """Lessons of one's own that may be entered now."""


def announces(account: Account) -> bool:
    """Whether they may announce a contest, and close it."""
    return scope(account.role, "contest.save", school=account.school) > Scope.NONE


async def page_of(registry: Registry, account: Account, contest: Contest) -> Page:
    """The contest as it is now, for somebody."""
    entries = await registry.entered(contest.id)
    verdicts = await registry.verdicts(contest.id)
    leads = announces(account)
    judging = not contest.closed_at and account.name in contest.judges
    open_ = takes_entries(contest, date.today())
    names = await school_names(registry)
    shown = await _entries(registry, account, contest, (entries, verdicts), names, full=leads)
    lessons = [one.lesson for one in entries]
    enters = open_ and not any(one.teacher == account.name for one in entries)
    return Page(
        *(contest.id, contest.title, contest.about, contest.rubric),
        criteria=contest.criteria,
        until=contest.until,
        closed_at=contest.closed_at,
        version=contest.version,
        open=open_,
        announces=leads,
        judging=judging,
        judges=await _judges(registry, contest, verdicts, lessons, names) if leads else [],
        entries=shown,
        offered=await _offered(registry, account) if enters else [],
    )


async def _judges(
    registry: Registry,
    contest: Contest,
    verdicts: list[Verdict],
    lessons: list[LessonId],
    names: dict[str, str],
) -> list[Judge]:
    known = await registry.accounts_named({*contest.judges})
    found = []
    for name in contest.judges:
        one = known.get(name)
        told = (one.shown, names.get(one.school, one.school)) if one else (name, "")
        found.append(Judge(name, *told, judged_by(verdicts, name, lessons)))
    return found


async def _entries(
    registry: Registry,
    account: Account,
    contest: Contest,
    of: tuple[list[Entered], list[Verdict]],
    names: dict[str, str],
    *,
    full: bool,
) -> list[Entry]:
    """Before the end without places, in the order in which they were entered."""
    entries, verdicts = of
    there = await registry.lessons_named({one.lesson for one in entries})
    seen = verdicts if contest.closed_at else []
    found = []
    for place in placed(contest, entries, seen):
        one = place.entered
        given = [v for v in verdicts if (v.lesson, v.account) == (one.lesson, account.name)]
        said = [v for v in seen if v.lesson == one.lesson and v.summary]
        found.append(
            Entry(
                *(one.lesson, one.title, one.shown, names.get(one.school, one.school)),
                *(one.lesson in there, one.teacher == account.name, one.version),
                given[0] if given else None,
                *(place.rank, place.points, place.judges),
                place.averages,
                [Remarked(v.shown if full else "", v.summary) for v in said],
            )
        )
    return found


async def _offered(registry: Registry, account: Account) -> list[Offered]:
    """Only who may enter is offered any."""
    if scope(account.role, "contest.enter") is Scope.NONE:
        return []
    own = await registry.lessons(within=Within(teacher=account.name, until=time.time()))
    ended = [card for card in own if card.ended_at]
    return [Offered(card.id, card.title, card.ended_at) for card in ended[:OFFERED]]
