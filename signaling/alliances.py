"""An alliance's page over HTTP: what its lessons, timetable and library say of its schools."""

from collections.abc import Sequence
from datetime import date

from aiohttp import web
from msgspec import Struct

from synclass.permissions import Scope
from synclass.ports import Account
from synclass.ports.alliances import Judged
from synclass.postclass.evaluation import Average, Evaluation, averages
from synclass.postclass.figures import Sum
from synclass.school.courses import Gap, Taught, coverage
from synclass.school.places import Alliance
from synclass.school.resources import Reach, Resource

from .api import json_of
from .doors import door
from .membership import MEMBER, Members, own_of

MOST_SHARED = 200
LATEST = 50
"""Evaluations that are shown one by one."""


class One(Struct):
    id: str
    name: str


class Mine(Struct):
    """The alliances somebody may look at: one's own, or all."""

    alliances: list[Alliance]


class Page(Struct):
    """What an alliance's page begins with."""

    alliance: Alliance
    schools: list[One]
    own: str
    """The id of one's own school in it, or ""."""
    leads: bool
    """Whether one writes for all."""
    anywhere: bool
    """Whether one may say which school leads."""


class SharedHere(Struct):
    resource: Resource
    title: str
    subject: str
    by: str


class Shelf(Struct):
    resources: list[SharedHere]


class Courses(Struct):
    """What the term's timetable holds for each school."""

    term: str
    taught: list[Taught]
    gaps: list[Gap]


class Quality(Struct):
    """Lines, lessons held and results, by school and by day."""

    first: date
    last: date
    schools: list[Sum]
    days: list[Sum]


class BySchool(Struct):
    school: str
    lessons: int
    evaluators: int
    averages: list[Average]
    points: float
    """Of all criteria together, on average."""
    most: float


class JudgedLesson(Struct):
    lesson: str
    title: str
    school: str
    evaluator: str
    rubric: str
    points: int
    most: int
    summary: str


class Judging(Struct):
    schools: list[BySchool]
    latest: list[JudgedLesson]


class AlliancePages(Members):
    def routes(self) -> list[web.RouteDef]:
        of = "/api/alliances/{alliance}"
        return [
            web.get("/api/alliances", self.mine),
            web.get(of, self.page),
            web.get(f"{of}/resources", self.resources),
            web.get(f"{of}/courses", self.courses),
            web.get(f"{of}/quality", self.quality),
            web.get(f"{of}/evaluations", self.evaluations),
        ]

    @door(login="alliance.read", gives=Mine)
    async def mine(self, request: web.Request) -> web.Response:
        """Alliances one may look at: of who has a school, its own."""
        account, reach = await self._logins.require(request, "alliance.read")
        all_ = await self._registry.alliances()
        if reach is Scope.ALL:
            return json_of(Mine(all_))
        own = own_of(account, await self._registry.schools())
        return json_of(Mine([one for one in all_ if own and one.id == own.alliance]))

    @door(login="alliance.read", gives=Page, refuses=MEMBER)
    async def page(self, request: web.Request) -> web.Response:
        """Its schools, and what one may do here."""
        member = await self.member(request, "alliance.read")
        schools = [One(one.id, one.name) for one in member.schools]
        own = member.own.id if member.own else ""
        anywhere = member.leads and not member.account.school
        return json_of(Page(member.alliance, schools, own, member.leads, anywhere))

    @door(login="alliance.read", gives=Shelf, refuses=MEMBER)
    async def resources(self, request: web.Request) -> web.Response:
        """Lessons that its schools share with the alliance or with everybody."""
        member = await self.member(request, "alliance.read")
        found = await self._registry.resources(schools=member.names, limit=MOST_SHARED)
        people = await self._registry.accounts_named({teacher for *_, teacher in found})
        shared = [
            SharedHere(one, title, subject, _shown(people.get(teacher)))
            for one, title, subject, teacher in found
            if one.school in member.names and one.reach is not Reach.SCHOOL
        ]
        return json_of(Shelf(shared))

    @door(login="alliance.read", gives=Courses, refuses=MEMBER)
    async def courses(self, request: web.Request) -> web.Response:
        """What this term's timetable holds for its schools, and what some classrooms lack."""
        member = await self.member(request, "alliance.read")
        terms = await self._registry.terms()
        if not terms:
            return json_of(Courses("", [], []))
        rooms = [r for one in member.ids for r in await self._registry.classrooms(school=one)]
        slots = await self._registry.slots(terms[0].id, rooms=[room.id for room in rooms])
        return json_of(Courses(terms[0].name, *coverage(slots, rooms)))

    @door(login="alliance.read", gives=Quality, refuses=MEMBER)
    async def quality(self, request: web.Request) -> web.Response:
        """What its schools held this term: lines, lessons, results."""
        member = await self.member(request, "alliance.read")
        days = await self.days()
        return json_of(Quality(*days, *await self._registry.sums(*days, schools=member.ids)))

    @door(login="alliance.read", gives=Judging, refuses=MEMBER)
    async def evaluations(self, request: web.Request) -> web.Response:
        """How this term's lessons of its schools were evaluated, by rubric."""
        member = await self.member(request, "alliance.read")
        found = await self._registry.judged(*await self.days(), member.ids)
        by = {one: [j.evaluation for j in found if j.school == one] for one in member.ids}
        schools = [_by_school(school, said) for school, said in by.items() if said]
        return json_of(Judging(schools, [_line(one) for one in found[:LATEST]]))


def _by_school(school: str, said: Sequence[Evaluation]) -> BySchool:
    points = [sum(one.points) for one in said]
    most = [_most(one) for one in said]
    return BySchool(
        *(school, len({one.lesson for one in said}), len(said), averages(said)),
        points=round(sum(points) / len(said), 1),
        most=round(sum(most) / len(said), 1),
    )


def _line(judged: Judged) -> JudgedLesson:
    one = judged.evaluation
    return JudgedLesson(
        *(one.lesson, judged.title, judged.school, one.shown, one.rubric),
        *(sum(one.points), _most(one), one.summary),
    )


def _most(one: Evaluation) -> int:
    return sum(criterion.most for criterion in one.criteria)


def _shown(account: Account | None) -> str:
    return account.shown if account else ""
