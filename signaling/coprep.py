"""A lesson's plan over HTTP: read, saved on top of what was seen, compared and remarked upon."""

import time
from collections.abc import Iterable
from typing import Annotated

from aiohttp import web
from msgspec import Meta, Struct

from synclass.errors import Refused
from synclass.ports import LessonCard, PlanVersion, Registry, Remark
from synclass.preclass.coprep import Line, Plan, check_plan, check_remark, difference
from synclass.words import LessonId

from .api import body_of, json_of
from .doors import door
from .login import Logins


class Edition(Struct):
    """Who saved which version, and when."""

    number: int
    who: str
    at: float
    """Wall time."""


class Said(Struct):
    """A remark with the name of who made it."""

    id: int
    parent: int
    section: str
    who: str
    at: float
    text: str


class PlanOnTable(Struct):
    """The newest version and all that was said; version 0 where nothing was written yet."""

    title: str
    subject: str
    version: int
    plan: Plan
    versions: list[Edition]
    """The newest first."""
    remarks: list[Said]
    """As they were said; answers name their parent."""


class SavePlan(Struct):
    seen: int
    """The version that was changed; another one meanwhile is "changed-meanwhile"."""
    plan: Plan


class Saved(Struct):
    version: int


class SayRemark(Struct):
    text: str
    section: str = ""
    parent: Annotated[int, Meta(ge=0, lt=1 << 31)] = 0


class Difference(Struct):
    lines: list[Line]


class CoPreparation:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/plan", self.read),
            web.post("/api/lessons/{lesson}/plan", self.save),
            web.get("/api/lessons/{lesson}/plan/difference", self.compare),
            web.post("/api/lessons/{lesson}/plan/remarks", self.remark),
        ]

    @door(login="plan.read", gives=PlanOnTable, refuses=("no-lesson",))
    async def read(self, request: web.Request) -> web.Response:
        """The newest version, who wrote the earlier ones, and what was said."""
        _, card = await self._logins.for_lesson(request, "plan.read")
        newest = await self._registry.plan(card.id)
        editions = await self._registry.plan_versions(card.id)
        remarks = await self._registry.remarks(card.id)
        people = [who for _, who, _ in editions] + [one.who for one in remarks]
        names = await self._names(people)
        return json_of(
            PlanOnTable(
                *(card.title, card.subject),
                newest.number if newest else 0,
                newest.plan if newest else Plan(),
                [Edition(number, names[who], at) for number, who, at in editions],
                [_said(one, names) for one in remarks],
            )
        )

    @door(
        login="plan.save",
        takes=SavePlan,
        gives=Saved,
        refuses=("no-lesson", "changed-meanwhile", "bad-plan", "too-many-versions"),
    )
    async def save(self, request: web.Request) -> web.Response:
        """The next version, on top of the one that was seen."""
        account, card = await self._logins.for_lesson(request, "plan.save")
        asked = await body_of(request, SavePlan)
        check_plan(asked.plan)
        version = PlanVersion(0, account.name, time.time(), asked.plan)
        number = await self._registry.save_plan(card.id, asked.seen, version)
        await self._registry.note(time.time(), account.name, "plan.save", f"{card.id} {number}")
        return json_of(Saved(number))

    @door(
        login="plan.read",
        gives=Difference,
        asks={"from": int, "to": int},
        refuses=("no-lesson", "no-version", "bad-number"),
    )
    async def compare(self, request: web.Request) -> web.Response:
        """Line by line, from version ``?from=`` (0: nothing) to ``?to=``."""
        _, card = await self._logins.for_lesson(request, "plan.read")
        try:
            numbers = [int(request.query.get(name, "")) for name in ("from", "to")]
        except ValueError as error:
            raise Refused("bad-number", "from= and to= take numbers of versions") from error
        before, after = [await self._version(card, number) for number in numbers]
        return json_of(Difference(difference(before, after)))

    @door(
        login="plan.remark",
        takes=SayRemark,
        gives=Said,
        refuses=("no-lesson", "bad-remark", "no-remark", "too-many-remarks"),
    )
    async def remark(self, request: web.Request) -> web.Response:
        """On a section or the whole, or as an answer to another remark."""
        account, card = await self._logins.for_lesson(request, "plan.remark")
        asked = await body_of(request, SayRemark)
        text = check_remark(asked.section, asked.text)
        remark = Remark(0, asked.parent, asked.section, account.name, time.time(), text)
        kept = await self._registry.remark(card.id, remark)
        return json_of(_said(kept, {account.name: account.shown}))

    async def _version(self, card: LessonCard, number: int) -> Plan:
        there = 0 < number < 1 << 31
        found = await self._registry.plan(LessonId(card.id), number) if there else None
        if number and found is None:
            raise Refused("no-version", f"the plan has no version {number}")
        return found.plan if found else Plan()

    async def _names(self, people: Iterable[str]) -> dict[str, str]:
        """Of accounts; one that is gone is called by its login."""
        wanted = set(people)
        known = await self._registry.accounts_named(wanted)
        return {who: known[who].shown if who in known else who for who in wanted}


def _said(remark: Remark, names: dict[str, str]) -> Said:
    who = names.get(remark.who, remark.who)
    return Said(remark.id, remark.parent, remark.section, who, remark.at, remark.text)
