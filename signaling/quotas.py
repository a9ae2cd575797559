"""Quotas over HTTP: what each school may use, and what it uses of it."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.ports import Registry
from synclass.school.quota import Level, Quota, Used, allowed, check_quota, level

from .api import body_of, json_of
from .district import own_school
from .doors import door
from .login import Logins
from .rooms import Rooms


class Usage(Struct):
    """What a school may use, and what it uses."""

    school: str
    name: str
    own: Quota
    """What was set for it alone."""
    allowed: Quota
    """What holds for it."""
    used: Used
    level: Level
    """Of its part of the shelf."""


class Usages(Struct):
    common: Quota
    """What holds for all that have no other."""
    schools: list[Usage]
    region: bool
    """Whether one may set it."""


class QuotaPages:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry, self._logins, self._rooms = registry, logins, rooms

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/quotas", self.usages), web.post("/api/quotas", self.save)]

    @door(login="quota.read", gives=Usages, refuses=("no-school",))
    async def usages(self, request: web.Request) -> web.Response:
        """Of all schools, or of the one that somebody looks after."""
        account, reach = await self._logins.require(request, "quota.read")
        own = await own_school(self._registry, account, reach)
        schools = await self._registry.schools(ids=[own] if own else None)
        quotas = await self._registry.quotas()
        kept = await self._registry.kept(own or None)
        held = self._rooms.allowance.used(self._rooms.live)
        found = []
        for school in schools:
            used = _joined(held.get(school.id, Used()), kept.get(school.id, Used()))
            may = allowed(quotas, school.id)
            set_ = quotas.get(school.id, Quota(school.id))
            found.append(Usage(school.id, school.name, set_, may, used, level(may, used)))
        return json_of(Usages(quotas.get("", Quota("")), found, not own))

    @door(
        login="quota.save",
        takes=Quota,
        gives=Quota,
        refuses=("bad-quota", "no-school", "changed-meanwhile", "not-there", "taken"),
    )
    async def save(self, request: web.Request) -> web.Response:
        """Of a school, or with no id what holds for all; it holds from the next bell on."""
        account, _ = await self._logins.require(request, "quota.save")
        quota = await body_of(request, Quota)
        check_quota(quota)
        if quota.id:
            await self._registry.school(quota.id)
        now = await self._registry.put(quota)
        await self._registry.note(time.time(), account.name, "quota.save", quota.id)
        await self._rooms.allowance.look(self._rooms.live)
        return json_of(now)


def _joined(held: Used, kept: Used) -> Used:
    return Used(held.lessons, held.rooms, kept.recordings, kept.courseware)
