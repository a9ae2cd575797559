"""A real signaling server on loopback, and clients that speak to it message by message."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiohttp
from aiohttp import web
from msgspec import Raw

from recorder.eraser import FileEraser
from recorder.film.studio import FilmStudio
from recorder.paper.press import FilePress
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from signaling.app import App, Outside, Settings
from synclass import wire
from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.registry import SqlRegistry
from synclass.channel import Command, Fact
from synclass.cli.robot.messages import Down, Welcome, down, lesson_of, own_ask
from synclass.lesson import Entry, Lesson
from synclass.ports import LessonCard, Shelf
from synclass.tickets import Ticket, sign
from synclass.words import LessonId, Participant, ParticipantId

from ..founded import founded
from ..waiting import PATIENCE

KEY = bytes(range(32))
LESSON = LessonId("lesson")
CODE = "123456"
Kind = TypeVar("Kind", bound=Down)


def ticket(who: Participant, *, lesson: LessonId = LESSON, lasts: float = 60.0) -> str:
    return sign(Ticket(lesson, who, time.time() + lasts), KEY)


class Desk:
    """A client's end of a socket: hears one message at a time and folds what it hears."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.n = 0
        self.lines: list[tuple[int, Fact | Raw | int]] = []
        """(seq, fact), or (seq, n) for ink of one's own."""
        self.lesson: Lesson
        self.welcome: Welcome

    async def hello(self, text: str, resume: tuple[int, int] | None = None) -> "Desk":
        await self.say(wire.Hello(wire.SCHEMA, text, resume))
        self.welcome = await self.hear(Welcome)
        self.n = self.welcome.asked
        return self

    async def say(self, message: wire.Up) -> None:
        await self.ws.send_bytes(wire.encode(message))

    async def ask(self, command: Command, *, n: int = 0) -> int:
        self.n = n or self.n + 1
        await self.say(wire.Ask(self.n, Raw(wire.encode(command))))
        return self.n

    async def hear(self, kind: type[Kind]) -> Kind:
        """The next message of this kind; facts on the way to it are folded."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = down(await self.ws.receive_bytes())
                if isinstance(message, Welcome) and message.states is not None:
                    self.lesson, self.welcome = lesson_of(message), message
                if isinstance(message, wire.Entries):
                    self._fold(message)
                if isinstance(message, kind):
                    return message

    async def hear_fact(self, kind: type[Fact]) -> Fact:
        """The next fact of this kind that has not been heard yet."""
        heard = len(self.lines)
        while True:
            for _, fact in self.lines[heard:]:
                if isinstance(fact, kind):
                    return fact
            heard = len(self.lines)
            await self.hear(wire.Entries)

    async def done(self, command: Command) -> None:
        """Ask, and wait until everything asked so far is answered."""
        n = await self.ask(command)
        while (await self.hear(wire.Done)).n < n:
            pass

    async def closed(self) -> int | None:
        """The code the server closes with; what it says before is read."""
        async with asyncio.timeout(PATIENCE):
            while not self.ws.closed:
                await self.ws.receive()
        return self.ws.close_code

    def facts(self, kind: type[Fact]) -> list[Fact]:
        return [fact for _, fact in self.lines if isinstance(fact, kind)]

    def cut(self) -> None:
        """The line breaks without a word."""
        self._transport().abort()

    def look_away(self) -> None:
        """Read nothing more, as a machine does that has hung."""
        self._transport().pause_reading()

    def look_again(self) -> None:
        self._transport().resume_reading()

    def _transport(self) -> asyncio.Transport:
        connection = self.ws._response.connection
        assert connection is not None and isinstance(connection.transport, asyncio.Transport)
        return connection.transport

    def _fold(self, frame: wire.Entries) -> None:
        for line in frame.lines:
            seq, own = frame.seq + line.seq, own_ask(line.fact)
            fact = wire.fact(line.fact) if own is None else own
            self.lines.append((seq, fact))
            if not isinstance(fact, int) and hasattr(self, "lesson"):
                self.lesson.apply([Entry(seq, frame.ms + line.ms, ParticipantId(""), 0, fact)])


class School:
    """A server in this process, and the way to its door."""

    def __init__(self, app: App, registry: SqlRegistry, port: int) -> None:
        self.app = app
        self.registry = registry
        self.url = f"http://127.0.0.1:{port}"
        self.http = aiohttp.ClientSession()
        self.narrow = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=_narrow_socket)
        )

    async def desk(self, *, narrow: bool = False, origin: str | None = None) -> Desk:
        """A connection that has said nothing yet."""
        http = self.narrow if narrow else self.http
        return Desk(await http.ws_connect(self.url + "/ws", origin=origin, max_msg_size=0))

    async def enter(
        self, who: Participant, resume: tuple[int, int] | None = None, *, narrow: bool = False
    ) -> Desk:
        return await (await self.desk(narrow=narrow)).hello(ticket(who), resume)

    def lesson(self) -> Lesson:
        """The server's own, to compare with."""
        return self.app.rooms.live[LESSON].lesson


@asynccontextmanager
async def school(
    data: Path, *, shelf: Shelf | None = None, media: str = ""
) -> AsyncIterator[School]:
    """A server over a data folder, with a lesson whose door is open.

    ``media`` is the socket of a worker, where there is one.
    """
    registry = await founded(data / "synclass.sqlite")
    if await registry.lesson(LESSON) is None:
        card = LessonCard(LESSON, "分数的意义", "数学", "wang", CODE, time.time())
        await registry.save_lesson(card)
    settings = Settings(
        *("127.0.0.1", 0, "node", KEY, KEY, [media or str(data / "no-media.sock")]),
        turn_urls=["turn:turn.example:443?transport=tcp"],
        turn_secret="secret",
    )
    app = App(
        settings,
        Outside(
            shelf=shelf or FileShelf(data),
            registry=registry,
            directory=MemoryDirectory(),
            press=FilePress(data),
            porter=FilePorter(data, data / "packed.html"),
            films=FilmStudio(data),
            eraser=FileEraser(data),
        ),
    )
    runner = web.AppRunner(app.http(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    work = asyncio.create_task(app.run())
    here = School(app, registry, runner.addresses[0][1])
    try:
        yield here
    finally:
        await _close(here.http, here.narrow)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await app.rooms.close()
        await runner.cleanup()
        await registry.close()


async def _close(*sessions: aiohttp.ClientSession) -> None:
    for session in sessions:
        await session.close()


def _narrow_socket(address: "aiohttp.AddrInfoType") -> socket.socket:
    """One whose kernel takes in little that nobody reads."""
    made = socket.socket(address[0], address[1], address[2])
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
    made.setblocking(False)
    return made


def seqs(lines: Iterable[tuple[int, object]]) -> list[int]:
    return [seq for seq, _ in lines]
