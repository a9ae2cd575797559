"""What was held in some days over HTTP: of a school, an alliance or all, by day, and as CSV."""

import asyncio
import time
from collections.abc import Iterator
from datetime import date

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Account, Registry
from synclass.ports.figures import Named
from synclass.postclass.figures import Sum
from synclass.school.csvtext import written
from synclass.school.places import School

from .api import json_of
from .district import own_school
from .doors import door
from .login import Logins

LONGEST = 366
"""Days that are looked at together."""
ASKS = {"first": str, "last": str, "alliance": str, "school": str, "kind": str}
REFUSES = ("bad-date", "no-school", "not-yours")
HEAD = (
    *("学校", "课次", "分钟", "教室次", "在线率", "均衡度"),
    *("名单人次", "到课人次", "作答", "答对"),
)


class Held(Struct):
    """What was held, by school and by day."""

    schools: list[Sum]
    days: list[Sum]
    names: dict[str, str]
    """Of the schools."""
    alliances: dict[str, str]
    """Their names."""
    alliance_of: dict[str, str]
    """Of each school that is in one."""
    own: str
    """The only school one looks after, or ""."""


class Lessons(Struct):
    lessons: list[Named]
    teachers: dict[str, str]
    """Their names, by account."""


class Months:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/months", self.held),
            web.get("/api/months/lessons", self.lessons),
            web.get("/api/months.csv", self.sheet),
        ]

    @door(login="district.read", gives=Held, asks=ASKS, refuses=REFUSES)
    async def held(self, request: web.Request) -> web.Response:
        """From ``?first=`` to ``?last=``, of ``?alliance=`` or all, and of ``?kind=`` or all."""
        _, held = await self._held(request)
        return json_of(held)

    @door(login="district.read", gives="text/csv", asks=ASKS, refuses=REFUSES)
    async def sheet(self, request: web.Request) -> web.Response:
        """The same as a sheet, a line a school; no cell of it is a formula."""
        account, held = await self._held(request)
        what = f"months {request.query.get('first')} {request.query.get('last')}"
        await self._registry.note(time.time(), account.name, "sheets.take", what)
        data = await asyncio.to_thread(lambda: written(_table(held)))
        response = web.Response(body=data, content_type="text/csv", charset="utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="held.csv"'
        return response

    @door(
        login="district.read",
        gives=Lessons,
        asks={"first": str, "last": str, "school": str},
        refuses=REFUSES,
    )
    async def lessons(self, request: web.Request) -> web.Response:
        """The lessons that a school's figures count."""
        _, own = await self._who(request)
        school = request.query.get("school", own)
        if own and school != own:
            raise Refused("not-yours", "this belongs to another school")
        found = await self._registry.figures(*_days(request), school)
        accounts = await self._registry.accounts_named({one.teacher for one in found})
        return json_of(Lessons(found, {name: a.shown for name, a in accounts.items()}))

    async def _held(self, request: web.Request) -> tuple[Account, Held]:
        account, own = await self._who(request)
        days, alliance = _days(request), request.query.get("alliance", "")
        school = request.query.get("school", "") or own
        if own and school != own:
            raise Refused("not-yours", "this belongs to another school")
        registry = self._registry
        schools = await registry.schools(alliance=alliance, ids=[school] if school else None)
        only = [one.id for one in schools] if school or alliance else None
        sums = await registry.sums(*days, schools=only, kind=request.query.get("kind", ""))
        names = {one.id: one.name for one in schools}
        alliances = {one.id: one.name for one in await registry.alliances()}
        return account, Held(*sums, names, alliances, _alliances_of(schools), own)

    async def _who(self, request: web.Request) -> tuple[Account, str]:
        account, reach = await self._logins.require(request, "district.read")
        return account, await own_school(self._registry, account, reach)


def _alliances_of(schools: list[School]) -> dict[str, str]:
    return {one.id: one.alliance for one in schools if one.alliance}


def _days(request: web.Request) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(request.query.get(n, "")) for n in ("first", "last"))
    except ValueError as error:
        raise Refused("bad-date", "first= and last= take a date like 2026-09-01") from error
    if not 0 <= (last - first).days <= LONGEST:
        raise Refused("bad-date", f"last= is not before first=, and within {LONGEST} days")
    return first, last


def _table(held: Held) -> Iterator[list[str]]:
    yield list(HEAD)
    for one in held.schools:
        line = f"{one.room_minutes / one.possible:.3f}" if one.possible else ""
        fair = f"{one.fairness / one.rooms:.3f}" if one.rooms else ""
        counted = one.pupils, one.here, one.answers, one.right
        about = str(one.lessons), f"{one.minutes:.0f}", str(one.rooms), line, fair
        yield [held.names.get(one.of, one.of), *about, *map(str, counted)]
