"""Lets lessons fall that no rule keeps any longer: announced a week before, never a held one."""

import asyncio
import time
from collections.abc import AsyncIterator

import structlog
from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused, Unavailable
from synclass.ports import LessonCard, Registry
from synclass.school import retention
from synclass.school.retention import NOTICE, Falling, Kept, Rule
from synclass.words import LessonId

from .api import body_of, json_of
from .doors import door
from .erasing import Erasing
from .login import Logins

EVERY = 3600.0
"""Seconds between looks: what falls a day late harms nobody."""
AT_ONCE = 500
"""Cards that are read at once: others are served between."""
log = structlog.get_logger()


class Fall(Struct):
    """A lesson that is erased at ``falls_at`` unless it is held or the rule changed; wall times."""

    lesson: LessonId
    title: str
    subject: str
    by: str
    """The teacher's name as people say it."""
    ended_at: float
    falls_at: float


class Plan(Struct):
    """All rules, and what falls by them: the next first."""

    rules: list[Rule]
    falling: list[Fall]


class Retention:
    def __init__(self, registry: Registry, logins: Logins, erasing: Erasing) -> None:
        self._registry, self._logins, self._erasing = registry, logins, erasing

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/keeping", self.plan), web.post("/api/keeping", self.set_rule)]

    @door(login="keeping.read", gives=Plan)
    async def plan(self, request: web.Request) -> web.Response:
        """How long lessons are kept, and which of them fall next."""
        await self._logins.require(request, "keeping.read")
        return json_of(await self._plan())

    @door(login="keeping.save", takes=Rule, gives=Plan, refuses=("bad-months", "bad-text"))
    async def set_rule(self, request: web.Request) -> web.Response:
        """Set the rule of a subject and a teacher, or with 0 months take it away."""
        account, _ = await self._logins.require(request, "keeping.save")
        rule = await body_of(request, Rule)
        retention.check(rule)
        await self._registry.set_rule(rule)
        what = " ".join(filter(None, (rule.subject, rule.teacher, f"{rule.months}")))
        await self._registry.note(time.time(), account.name, "keeping.save", what)
        await self.look(time.time())
        return json_of(await self._plan())

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look(time.time())
            except Unavailable as error:
                log.error("rules not looked at", code=error.code, why=str(error))
            await asyncio.sleep(EVERY)

    async def look(self, wall: float) -> None:
        """Announce what will fall, take back what will not, erase what was announced long enough.

        Raises Unavailable.
        """
        coming = {card.id: (card, due) async for card, due in self._coming(wall)}
        noticed = {one.lesson: one.noticed_at for one in await self._registry.falling()}
        await self._registry.withdraw([lesson for lesson in noticed if lesson not in coming])
        new = [Falling(lesson, wall) for lesson in coming if lesson not in noticed]
        await self._registry.announce(new)
        for one in new:
            await self._registry.note(wall, "", "lesson.falls", one.lesson)
        for lesson, (card, due) in coming.items():
            if lesson in noticed and retention.falls_at(due, noticed[lesson]) <= wall:
                await self._let_fall(card)

    async def _let_fall(self, card: LessonCard) -> None:
        try:
            await self._erasing.let_fall(card)
        except Refused as error:  # held, or begun anew, since we looked
            log.info("does not fall", lesson=card.id, code=error.code)
        else:
            await self._registry.withdraw([card.id])

    async def _coming(self, wall: float) -> AsyncIterator[tuple[LessonCard, float]]:
        """What no rule keeps beyond the time of a notice, and since when; nothing that is held."""
        rules = await self._registry.rules()
        months = [rule.months for rule in rules if rule.months > 0]
        if not months:
            return
        until = wall + NOTICE - min(months) * retention.MONTH
        held = {hold.lesson for hold in await self._registry.holds()}
        after = (0.0, "")
        while cards := await self._registry.ended(until=until, after=after, limit=AT_ONCE):
            for card in cards:
                due = retention.due(Kept(card.subject, card.teacher, card.ended_at), rules)
                if due is not None and due <= wall + NOTICE and card.id not in held:
                    yield card, due
            after = cards[-1].ended_at, cards[-1].id

    async def _plan(self) -> Plan:
        rules = await self._registry.rules()
        people = {account.name: account.shown for account in await self._registry.accounts()}
        held = {hold.lesson for hold in await self._registry.holds()}
        falling = []
        for one in await self._registry.falling():
            card = await self._registry.lesson(one.lesson)
            if card is None or card.id in held:
                continue
            due = retention.due(Kept(card.subject, card.teacher, card.ended_at), rules)
            if due is not None:
                falls_at = retention.falls_at(due, one.noticed_at)
                by = people.get(card.teacher, card.teacher)
                fall = Fall(card.id, card.title, card.subject, by, card.ended_at, falls_at)
                falling.append(fall)
        return Plan(rules, sorted(falling, key=lambda fall: fall.falls_at))
