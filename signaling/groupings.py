"""Groupings over HTTP: how classrooms worked together, kept by a teacher for later lessons."""

import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.ports import Registry
from synclass.school.grouping import Grouping, check_grouping

from .api import body_of, json_of
from .doors import Nothing, door
from .login import Logins


class Found(Struct):
    groupings: list[Grouping]
    own: str
    """Whose one may change."""


class GroupingPages:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        path = "/api/lessons/{lesson}/groupings"
        return [
            web.get(path, self.groupings),
            web.post(path, self.keep),
            web.delete(f"{path}/{{name}}", self.forget),
        ]

    @door(login="grouping.read", gives=Found)
    async def groupings(self, request: web.Request) -> web.Response:
        """One's own, and those of the course that the lesson belongs to."""
        account, card = await self._logins.for_lesson(request, "grouping.read")
        found = await self._registry.groupings(account.name, card.course)
        return json_of(Found(found, account.name))

    @door(
        login="grouping.save",
        takes=Grouping,
        gives=Grouping,
        refuses=("bad-text", "bad-groups", "full"),
    )
    async def keep(self, request: web.Request) -> web.Response:
        """One's own, of the lesson's course; it replaces one of the same name."""
        account, card = await self._logins.for_lesson(request, "grouping.save")
        asked = await body_of(request, Grouping)
        grouping = structs.replace(asked, owner=account.name, course=card.course)
        check_grouping(grouping)
        await self._registry.keep_grouping(grouping)
        await self._registry.note(time.time(), account.name, "grouping.save", grouping.name)
        return json_of(grouping)

    @door(login="grouping.remove", gives=Nothing, refuses=("not-there",))
    async def forget(self, request: web.Request) -> web.Response:
        """One's own, by its name."""
        account, _ = await self._logins.for_lesson(request, "grouping.remove")
        name = request.match_info["name"]
        if not await self._registry.forget_grouping(account.name, name):
            raise Refused("not-there", "you have no grouping of this name")
        await self._registry.note(time.time(), account.name, "grouping.remove", name)
        return json_of(Nothing())
