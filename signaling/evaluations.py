"""Evaluation over HTTP: rubrics of schools, and what evaluators say of an ended lesson by them."""

import secrets
import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import Account, LessonCard, Registry
from synclass.postclass.evaluation import (
    DEFAULT,
    Average,
    Criterion,
    Evaluation,
    Remark,
    Rubric,
    averages,
    check_evaluation,
    check_rubric,
)
from synclass.postclass.homework import plain

from .api import body_of, json_of, seen_version
from .doors import Nothing, door
from .login import Logins
from .rooms import Rooms

SAYING = ("not-now", "held-elsewhere", "bad-points", "bad-text", "bad-moment", "too-many")
RUBRIC = ("not-yours", "bad-text", "bad-points", "changed-meanwhile", "not-there", "taken")


class Evaluated(Struct):
    """Rubrics to choose among, the lesson's own school's first, and what was said so far."""

    rubrics: list[Rubric]
    evaluations: list[Evaluation]
    averages: list[Average]
    mine: str
    """The id of one's own, whether it is there yet or not."""


class Said(Struct):
    version: int
    """0 for the first, else that of the evaluation that was seen."""
    rubric: str
    """Its id; "" is the default."""
    points: list[int]
    remarks: list[Remark] = []
    summary: str = ""


class NewRubric(Struct):
    title: str
    criteria: list[Criterion]
    id: str = ""
    version: int = 0


class Rubrics(Struct):
    rubrics: list[Rubric]


class Evaluations:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry, self._logins, self._rooms = registry, logins, rooms

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/evaluations", self.said),
            web.post("/api/lessons/{lesson}/evaluations", self.say),
            web.get("/api/rubrics", self.rubrics),
            web.post("/api/rubrics", self.save_rubric),
            web.delete("/api/rubrics/{rubric}", self.remove_rubric),
        ]

    @door(login="evaluation.read", gives=Evaluated)
    async def said(self, request: web.Request) -> web.Response:
        """What evaluators say of a lesson, side by side, and the averages."""
        account, card = await self._logins.for_lesson(request, "evaluation.read")
        return json_of(await self._evaluated(account, card))

    @door(
        login="evaluation.save",
        takes=Said,
        gives=Evaluated,
        refuses=(*SAYING, "no-rubric", "changed-meanwhile", "taken", "not-there"),
    )
    async def say(self, request: web.Request) -> web.Response:
        """Evaluate an ended lesson, in the name of who is logged in; once each, to be changed."""
        account, card = await self._logins.for_lesson(request, "evaluation.save")
        asked = await body_of(request, Said)
        conduct = (await self._rooms.open(card.id)).lesson.conduct
        if conduct.ended_at is None:
            raise Refused("not-now", "a lesson is evaluated when it is over")
        rubric = await self._rubric(asked.rubric, asked.points)
        remarks = [Remark(one.at, plain(one.text)) for one in asked.remarks]
        evaluation = Evaluation(
            *(_own(card, account), card.id, account.name, account.shown, account.role.value),
            *(rubric.title, rubric.criteria, asked.points),
            remarks=sorted(remarks, key=lambda one: one.at),
            summary=plain(asked.summary),
            made_at=time.time(),
            version=asked.version,
        )
        check_evaluation(evaluation, conduct.ended_at)
        await self._registry.put(evaluation)
        await self._registry.note(time.time(), account.name, "evaluation.save", card.id)
        return json_of(await self._evaluated(account, card))

    @door(login="rubric.read", gives=Rubrics)
    async def rubrics(self, request: web.Request) -> web.Response:
        """Of who looks after one school, that school's; the default is not among them."""
        account, _ = await self._logins.require(request, "rubric.read")
        found = await self._registry.rubrics(school=account.school or None)
        return json_of(Rubrics(found))

    @door(login="rubric.save", takes=NewRubric, gives=Rubric, refuses=RUBRIC)
    async def save_rubric(self, request: web.Request) -> web.Response:
        """A school's administrator makes her school's; the district's has no school."""
        account, reach = await self._logins.require(request, "rubric.save")
        asked = await body_of(request, NewRubric)
        own = account.school if reach is Scope.SCHOOL else ""
        before = await self._registry.rubric(asked.id) if asked.id else None
        if before and reach is Scope.SCHOOL and before.school != own:
            raise Refused("not-yours", "this is another school's rubric")
        school = before.school if before else own
        criteria = [Criterion(plain(one.name), one.most) for one in asked.criteria]
        id_ = asked.id or secrets.token_hex(6)
        rubric = Rubric(id_, school, plain(asked.title), criteria, asked.version)
        check_rubric(rubric)
        kept = await self._registry.put(rubric)
        await self._registry.note(time.time(), account.name, "rubric.save", rubric.title)
        return json_of(kept)

    @door(login="rubric.save", gives=Nothing, asks={"version": int}, refuses=(*RUBRIC, "malformed"))
    async def remove_rubric(self, request: web.Request) -> web.Response:
        """What was said by it stays: an evaluation has a copy."""
        account, reach = await self._logins.require(request, "rubric.save")
        version = seen_version(request)
        rubric = await self._registry.rubric(request.match_info["rubric"])
        if rubric and reach is Scope.SCHOOL and rubric.school != account.school:
            raise Refused("not-yours", "this is another school's rubric")
        await self._registry.remove(Rubric, request.match_info["rubric"], version)
        return json_of(Nothing())

    async def _evaluated(self, account: Account, card: LessonCard) -> Evaluated:
        teacher = await self._registry.account(card.teacher)
        schools = dict.fromkeys((teacher.school if teacher else "", ""))
        rubrics = [one for of in schools for one in await self._registry.rubrics(school=of)]
        said = await self._registry.evaluations(card.id)
        return Evaluated([*rubrics, DEFAULT], said, averages(said), _own(card, account))

    async def _rubric(self, id_: str, points: list[int]) -> Rubric:
        rubric = await self._registry.rubric(id_) if id_ else DEFAULT
        if rubric is None:
            raise Refused("no-rubric", "there is no such rubric")
        if len(points) != len(rubric.criteria):
            raise Refused("bad-points", "each criterion has its points")
        return rubric


def _own(card: LessonCard, account: Account) -> str:
    return f"{card.id} {account.name}"
