"""A class comes into a lesson from its school's books, when its own co-teacher says so.

A room only says whose it is; a co-teacher has an account.  So the names of a class are brought by
one who may see them anyway, and who stands in the room that will show them.
"""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.inclass.roll import Roll
from synclass.ports import Account, Registry
from synclass.school.places import Classroom
from synclass.words import SYSTEM, LessonId, ParticipantId

from .api import body_of, json_of
from .doors import Nothing, door
from .login import Logins
from .rooms import Rooms
from .seating import pupils_of, seated


class Known(Struct):
    """A class of one's own school."""

    id: str
    name: str
    pupils: int
    rows: int
    columns: int
    due: bool
    """It listens to this lesson by the timetable."""


class Classes(Struct):
    classes: list[Known]


class Seated(Struct):
    room: ParticipantId
    """Of the lesson: a classroom that came in by the door."""
    classroom: str
    """Of the district: an id."""


class Rosters:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry = registry
        self._logins = logins
        self._rooms = rooms

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/classes", self.classes),
            web.post("/api/lessons/{lesson}/roster", self.seat),
        ]

    @door(login="roster.take", gives=Classes)
    async def classes(self, request: web.Request) -> web.Response:
        """The classes of one's own school, those that have this lesson first; names of no pupil."""
        account, card = await self._logins.for_lesson(request, "roster.take")
        due = await self._due(card.id)
        found = []
        for room in await self._own_rooms(account):
            pupils = await pupils_of(self._registry, room.id)
            size = room.rows, room.columns
            found.append(Known(room.id, room.name, len(pupils), *size, room.id in due))
        found.sort(key=lambda one: not one.due)
        return json_of(Classes(found))

    @door(
        login="roster.take",
        takes=Seated,
        gives=Nothing,
        refuses=("no-classroom", "no-room", "not-yours", "bad-roster", "not-now", "held-elsewhere"),
    )
    async def seat(self, request: web.Request) -> web.Response:
        """Seat a class of one's own school in its room of this lesson; all are here."""
        account, card = await self._logins.for_lesson(request, "roster.take")
        asked = await body_of(request, Seated)
        rooms = {room.id: room for room in await self._own_rooms(account)}
        if asked.classroom not in rooms:
            raise Refused("no-classroom", "your school has no such classroom")
        room = await self._rooms.open(card.id)
        roll = room.lesson.channel("roll")
        assert isinstance(roll, Roll)
        if asked.room not in roll.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        if roll.schools[asked.room] != account.school:
            raise Refused("not-yours", "this is a classroom of another school")
        classroom = rooms[asked.classroom]
        pupils = await pupils_of(self._registry, classroom.id)
        room.ask(SYSTEM, seated(asked.room, classroom, pupils))
        what = f"{card.id} {classroom.id}"
        await self._registry.note(time.time(), account.name, "roster.take", what)
        return json_of(Nothing())

    async def _own_rooms(self, account: Account) -> list[Classroom]:
        schools = [s for s in await self._registry.schools() if account.school in (s.id, s.name)]
        if not account.school or not schools:
            return []
        return await self._registry.classrooms(school=schools[0].id)

    async def _due(self, lesson: LessonId) -> list[str]:
        slot = await self._registry.slot_of(lesson)
        return slot.rooms if slot else []
