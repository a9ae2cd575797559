"""Teachers and supervisors of the region, found by name: to be asked into something."""

from aiohttp import web
from msgspec import Struct

from synclass.ports import Registry
from synclass.words import Role

from .api import json_of
from .doors import door
from .login import Logins
from .visiting import school_names

MOST = 20
WORKS = {Role.TEACHER, Role.CO_TEACHER, Role.PATROL}


class Found(Struct):
    account: str
    shown: str
    role: Role
    school: str
    """Its name."""


class Colleagues(Struct):
    found: list[Found]


class ColleagueFinder:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/colleagues", self.find)]

    @door(login="colleague.find", gives=Colleagues, asks={"text": str})
    async def find(self, request: web.Request) -> web.Response:
        """Whose name, or the name of whose school, has all of these words; nobody without any."""
        await self._logins.require(request, "colleague.find")
        words = request.query.get("text", "")[:100].casefold().split()
        names = await school_names(self._registry)
        found: list[Found] = []
        for one in await self._registry.accounts() if words else []:
            school = names.get(one.school, one.school)
            told = f"{one.name} {one.shown} {school}".casefold()
            if one.role in WORKS and all(word in told for word in words):
                found.append(Found(one.name, one.shown, one.role, school))
        found.sort(key=lambda one: (one.school, one.shown, one.account))
        return json_of(Colleagues(found[:MOST]))
