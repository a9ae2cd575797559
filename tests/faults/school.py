"""A class in a whole server: a teacher with voice and camera, rooms that hear and see them."""

import asyncio
import json
import os
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiohttp

from recorder.shelf import FileShelf
from synclass import wire
from synclass.channel import Channel
from synclass.cli.robot import network, picture, sound
from synclass.cli.robot.call import Call
from synclass.cli.robot.client import Client
from synclass.cli.robot.door import Door
from synclass.conduct import Begin
from synclass.lesson import Entry, Lesson
from synclass.ports import LessonCard, TrackFile
from synclass.toolbox import new_lesson
from synclass.words import LessonId, Participant

from ..cli.server import Server
from ..waiting import until
from .watcher import Watcher

LONG = os.environ.get("SYNCLASS_PROOF") == "1"
PASSWORD = "correct-horse"
GIVEN = "until-wang-comes"
FPS = 10
SLOW = 30.0  # seconds a fact may take while other tests share the machine
Kind = TypeVar("Kind", bound=Channel)


class School:
    """One lesson of a running server.  What it starts ends with it."""

    def __init__(self, server: Server, door: Door, card: LessonCard) -> None:
        self.server = server
        self.door = door
        self.card = card
        self.teacher: Client
        self.call: Call
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def journal(self) -> Path:
        return self.server.data / "lessons" / self.card.id / "log"

    def entries(self) -> list[Entry]:
        """What is on disk now."""
        records = FileShelf(self.server.data).read(LessonId(self.card.id))
        return [entry for record in records for entry in wire.entries(record)]

    def fold(self) -> Lesson:
        """The lesson as its journal tells it."""
        lesson = new_lesson()
        lesson.apply(self.entries())
        return lesson

    def tracks(self) -> list[TrackFile]:
        return FileShelf(self.server.data).tracks(LessonId(self.card.id))

    def at(self, moment: float) -> float:
        """Lesson seconds of a moment of the machine's monotonic clock."""
        return moment - float(self.fold().conduct.origin.rpartition(":")[2])

    def start(self, *work: "asyncio.Task[None]") -> None:
        self._tasks += work

    async def teach(self, *, media: bool = True) -> None:
        """The teacher comes in, begins the lesson and is on the air."""
        entrance = await self.door.ticket(self.card.id)
        self.teacher = await self._enter(entrance.ticket)
        self.call = Call(self.teacher, self._tracks)
        if media:
            self.start(asyncio.create_task(self.call.run()))
            await until(lambda: self.call.connected, within=SLOW)
        await self.teacher.ask(Begin())

    async def room(self, name: str) -> Client:
        """A village comes in by the code."""
        entrance = await self.door.knock(self.card.code, name)
        return await self._enter(entrance.ticket)

    async def watch(self, room: Client) -> Watcher:
        """The village turns its screen on, and hears and sees the teacher."""
        watcher = Watcher(room)
        self.start(asyncio.create_task(watcher.run()))
        await until(lambda: bool(watcher.heard and watcher.seen), within=SLOW)
        return watcher

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        done = await asyncio.gather(*self._tasks, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError | None) for end in done), done

    async def _enter(self, ticket: str) -> Client:
        client = Client(self.door.http, self.server.url, ticket)
        self.start(asyncio.create_task(client.run()))
        await asyncio.wait_for(client.entered(), SLOW)
        return client

    def _tracks(self) -> list[sound.Voice | picture.Camera]:
        on = asyncio.Event()
        on.set()
        draw = picture.teacher(on.is_set)
        return [
            sound.Voice(sound.melody(), on),
            picture.Camera(draw, self.teacher.now, FPS),
        ]


def channel(lesson: Lesson, kind: type[Kind]) -> Kind:
    found = lesson.channel(kind.name)
    assert isinstance(found, kind)
    return found


def same(room: Client, school: School) -> bool:
    """Whether the room's folded copy is what the journal tells; only where both are as far."""
    lesson = school.fold()
    if room.lesson.seq != lesson.seq:
        return False
    viewer = viewer_of(lesson, room)
    for name, state in lesson.facing(viewer).items():
        theirs = room.lesson.channel(name)
        assert wire.encode(theirs) == wire.encode(state), f"{name}: {theirs} is not {state}"
    return True


def viewer_of(lesson: Lesson, client: Client) -> Participant:
    return lesson.conduct.present[client.me]


def healthy(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=1) as answer:
            return all(json.load(answer)["media"])
    except OSError:
        return False


@asynccontextmanager
async def school(server: Server) -> AsyncIterator[School]:
    """A new lesson of its own in this server."""
    network.prepare(server.url)
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as http:
        door = Door(http, server.url)
        await door.login("admin", server.password())
        account = {"name": "wang", "shown": "王老师", "role": "teacher", "school": "中心校"}
        account["password"] = GIVEN
        async with http.post(server.url + "/api/accounts", json=account) as answer:
            told = await answer.text()
            assert answer.status == 200 or "name-taken" in told, told
        if "name-taken" not in told:
            await door.login("wang", GIVEN)
            change = {"old": GIVEN, "new": PASSWORD}
            async with http.post(server.url + "/api/password", json=change) as answer:
                assert answer.status == 200, await answer.text()
        await door.login("wang", PASSWORD)
        here = School(server, door, await door.make_lesson("分数的意义", "数学"))
        try:
            yield here
        finally:
            await here.close()


def serve(data: Path, *options: str) -> Iterator[Server]:
    with Server(data, "--media-ip", "127.0.0.1", *options) as server:
        yield server
