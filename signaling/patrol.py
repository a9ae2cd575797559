"""The patrol's wall: all lessons that run now in the schools somebody looks after, at one look.

Nothing of it is told to a lesson: who looks at the wall is in no lesson, and who enters one from
here is seen by its staff alone.  Each sitting before the wall and each visit is in the audit log.
"""

import time
from typing import TypeVar

from aiohttp import web
from msgspec import Struct

from synclass import wire
from synclass.channel import Channel
from synclass.errors import Refused
from synclass.inclass.aside import Aside
from synclass.inclass.attendance import Attendance, silent_since
from synclass.inclass.board import Board
from synclass.inclass.bookmarks import Bookmarks
from synclass.inclass.pages import Pages
from synclass.inclass.roll import Roll, count_here
from synclass.inclass.stage import OnStage
from synclass.permissions import Scope
from synclass.ports import Account, LessonCard, Registry
from synclass.words import LessonId, ParticipantId, Role, Stage

from .api import json_of
from .doors import door
from .login import Logins
from .room import Room
from .rooms import Rooms

SITTING = 600.0  # seconds between two looks that are two sittings before the wall
REMARKS = 3  # the last of each lesson
Part = TypeVar("Part", bound=Channel)


class RoomSeen(Struct):
    id: ParticipantId
    name: str
    here: bool
    """Its line holds."""
    loss: int | None
    """Percent; None where it says nothing."""
    rtt: int | None
    hears: bool
    sees: bool
    late: int
    """Facts that it has not seen yet."""
    on_stage: bool
    pupils: int | None
    """How many are there, where the roll was called."""
    silent: float | None
    """Seconds since it spoke or was looked at; None on stage, and before the bell."""


class Remark(Struct):
    at: float
    name: str
    text: str
    kind: str


class LessonSeen(Struct):
    id: LessonId
    title: str
    subject: str
    teacher: str
    school: str
    teaches: bool
    """The teacher's line holds."""
    stage: Stage
    now: float
    """Lesson seconds."""
    since: float | None
    """When the class began."""
    seq: int
    page: int
    """Which one is shown, by its place, from 1."""
    pages: int
    speaking: list[str]
    """Names, the loudest first."""
    rooms: list[RoomSeen]
    calls: int
    """Rooms that call for help."""
    remarks: list[Remark]


class Wall(Struct):
    lessons: list[LessonSeen]


class Patrol:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry = registry
        self._logins = logins
        self._rooms = rooms
        self._looked: dict[str, float] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/patrol", self.wall),
            web.get("/api/lessons/{lesson}/page", self.page),
        ]

    @door(login="patrol.look", gives=Wall)
    async def wall(self, request: web.Request) -> web.Response:
        """The lessons that run now, of the schools one looks after; with a room in need first."""
        account, reach = await self._logins.require(request, "patrol.look")
        await self._note_sitting(account)
        found = []
        for card, teacher, room in await running(self._registry, self._rooms):
            near = teacher is not None and teacher.school == account.school
            if near or reach is Scope.ALL:
                found.append(seen(card, teacher, room))
        found.sort(key=lambda one: (one.stage is not Stage.INCLASS, -one.calls, one.title, one.id))
        return json_of(Wall(found))

    @door(login="patrol.look", gives="application/msgpack", refuses=("no-page",))
    async def page(self, request: web.Request) -> web.Response:
        """The page that is on the board now: (its number, its paper, its marks), as in a lesson."""
        _, card = await self._logins.for_lesson(request, "patrol.look")
        room = self._rooms.live.get(card.id)
        if room is None:
            raise Refused("no-page", "this lesson does not run")
        pages, board = channel(room, Pages), channel(room, Board)
        number = pages.current
        body = wire.encode((number, pages.papers[number], board.pages.get(number)))
        return web.Response(body=body, content_type="application/msgpack")

    async def _note_sitting(self, account: Account) -> None:
        """Whoever asks every few seconds sits before one wall."""
        now, last = time.time(), self._looked.get(account.name, 0.0)
        self._looked[account.name] = now
        if now - last > SITTING:
            await self._registry.note(now, account.name, "patrol.look", account.school)


async def running(
    registry: Registry, rooms: Rooms
) -> list[tuple[LessonCard, Account | None, Room]]:
    """The lessons that run now, with their teachers: two questions, however many there are."""
    live = dict(rooms.live)
    cards = await registry.lessons_named(live.keys())
    held = [(card, live[card.id]) for card in cards.values() if not card.ended_at]
    teachers = await registry.accounts_named({card.teacher for card, _ in held})
    return [(card, teachers.get(card.teacher), room) for card, room in held]


def channel(room: Room, kind: type[Part]) -> Part:
    """A part of a lesson."""
    return next(one for one in room.lesson.channels if isinstance(one, kind))


def seen(card: LessonCard, teacher: Account | None, room: Room) -> LessonSeen:
    """A lesson as it looks now."""
    conduct, pages, now = room.lesson.conduct, channel(room, Pages), room.now()
    names = {who: person.name for who, person in conduct.present.items()}
    marks = sorted(channel(room, Bookmarks).marks, key=lambda mark: mark.at)[-REMARKS:]
    stage = channel(room, OnStage)
    heard = {*stage.teachers, *stage.on}
    rooms = [who for who, one in conduct.present.items() if one.role is Role.CLASSROOM]
    return LessonSeen(
        id=card.id,
        title=card.title,
        subject=card.subject,
        teacher=teacher.shown if teacher else card.teacher,
        school=teacher.school if teacher else "",
        teaches=conduct.teacher_is_here(),
        stage=conduct.stage,
        now=round(now, 3),
        since=conduct.began_at,
        seq=room.lesson.seq,
        page=pages.order.index(pages.current) + 1,
        pages=len(pages.order),
        speaking=[names[who] for who in room.signs.speaking(now) if who in heard and who in names],
        rooms=[_room(room, who, now) for who in rooms],
        calls=len(channel(room, Aside).help),
        remarks=[Remark(mark.at, mark.name, mark.text, mark.kind) for mark in marks],
    )


def _room(room: Room, who: ParticipantId, now: float) -> RoomSeen:
    conduct, line = room.lesson.conduct, room.signs.line(who, now)
    roster = channel(room, Roll).rosters.get(who)
    since = silent_since(channel(room, Attendance), who, conduct.began_at)
    return RoomSeen(
        id=who,
        name=conduct.present[who].name,
        here=who not in conduct.away,
        loss=line.loss if line else None,
        rtt=line.rtt if line else None,
        hears=line is not None and line.hears,
        sees=line is not None and line.sees,
        late=max(0, room.lesson.seq - line.seq) if line else 0,
        on_stage=who in channel(room, OnStage).on,
        pupils=count_here(roster) if roster and roster.taken_at is not None else None,
        silent=None if since is None else max(0.0, round(now - since, 1)),
    )
