"""The live map: which school teaches which now, and how each line is.

It is for those who look after schools.  Like the patrol's wall it tells a lesson nothing, and
each sitting is in the audit log.
"""

import time

from aiohttp import web
from msgspec import Struct

from synclass.permissions import Scope
from synclass.ports import Account, Registry
from synclass.school.places import School
from synclass.words import LessonId, Stage

from .api import json_of
from .district import own_school
from .doors import door
from .login import Logins
from .patrol import SITTING, RoomSeen, running, seen
from .rooms import Rooms


class Place(Struct):
    id: str
    name: str
    alliance: str
    latitude: float | None
    longitude: float | None


class RoomThere(Struct):
    """A classroom in a lesson, and where it is."""

    school: str
    """"" where its name says no school."""
    room: RoomSeen


class Running(Struct):
    id: LessonId
    title: str
    subject: str
    teacher: str
    school: str
    """Of the teacher; "" where it is none of the district."""
    teaches: bool
    stage: Stage
    calls: int
    rooms: list[RoomThere]


class Map(Struct):
    schools: list[Place]
    alliances: dict[str, str]
    """Their names."""
    lessons: list[Running]


class LiveMap:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry, self._logins, self._rooms = registry, logins, rooms
        self._looked: dict[str, float] = {}

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/map", self.map)]

    @door(login="map.look", gives=Map, refuses=("no-school",))
    async def map(self, request: web.Request) -> web.Response:
        """Schools in their places, and the lessons that run between them.

        Who looks after one school sees its lessons, and its own rooms in those of others.
        """
        account, reach = await self._logins.require(request, "map.look")
        own = await self._own(account, reach)
        await self._note_sitting(account)
        schools = await self._registry.schools()
        lessons = [_of(own, one) for one in await self._running(schools)]
        lessons = [one for one in lessons if one.rooms or not own or one.school == own]
        there = {own, *(s for one in lessons for s in (one.school, *(r.school for r in one.rooms)))}
        shown = [_place(one) for one in schools if not own or one.id in there]
        names = {one.id: one.name for one in await self._registry.alliances()}
        return json_of(Map(shown, names, lessons))

    async def _own(self, account: Account, reach: Scope) -> str:
        return await own_school(self._registry, account, reach)

    async def _running(self, schools: list[School]) -> list[Running]:
        by = {name: one.id for one in schools for name in (one.name, one.id)}
        by_name = {one.name: one.id for one in schools}
        found = []
        for card, teacher, room in await running(self._registry, self._rooms):
            now = seen(card, teacher, room)
            rooms = [RoomThere(_home(one.name, by_name), one) for one in now.rooms]
            found.append(
                Running(
                    *(now.id, now.title, now.subject, now.teacher, by.get(now.school, "")),
                    *(now.teaches, now.stage, now.calls, rooms),
                )
            )
        return sorted(found, key=lambda one: (one.stage is not Stage.INCLASS, one.title, one.id))

    async def _note_sitting(self, account: Account) -> None:
        """Whoever asks every few seconds sits before one map."""
        now, last = time.time(), self._looked.get(account.name, 0.0)
        self._looked[account.name] = now
        if now - last > SITTING:
            await self._registry.note(now, account.name, "map.look", account.school)


def _home(name: str, by_name: dict[str, str]) -> str:
    """The school whose name a classroom's begins with; the longest of several."""
    beginnings = (name[:n] for n in range(len(name), 0, -1))
    return next((by_name[one] for one in beginnings if one in by_name), "")


def _of(own: str, one: Running) -> Running:
    """Of another school's lesson, one's own rooms."""
    if own and one.school != own:
        one.rooms = [room for room in one.rooms if room.school == own]
    return one


def _place(school: School) -> Place:
    where = school.latitude, school.longitude
    return Place(school.id, school.name, school.alliance, *where)
