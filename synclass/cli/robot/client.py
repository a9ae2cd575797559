"""A client of a lesson: keeps a folded copy, asks, and comes back by itself after every cut."""

import asyncio
import zlib
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import structlog
from aiohttp import WSMsgType
from msgspec import Raw, Struct, structs

from ... import wire
from ...channel import Command, Fact, Glimpse
from ...errors import Malformed, Refused, Unavailable
from ...inclass.board import Board
from ...inclass.pages import Pages
from ...lesson import Entry, Lesson
from ...strokes import AddInk, BeginStroke, InkAdded, StrokeBegun
from ...toolbox import new_lesson
from ...words import ParticipantId
from .messages import Down, Welcome, down, lesson_of, own_ask

log = structlog.get_logger()

BEAT = 2.0  # seconds
SILENCE = 6.0  # seconds without a message: the line is broken
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds before the next try
FIRST_OFFER = 1_000_000_000  # offers count from here, so that a refusal's n says which kind it is
ANSWER = 15.0  # seconds the server has for an offer
MOST_PENDING = 2000  # asks without an answer; more are refused here with Unavailable("offline")
FINAL = frozenset(
    ("bad-ticket", "ticket-expired", "schema", "elsewhere", "full", "ended", "malformed")
)
"""Goodbyes after which the same ticket would be told the same again."""


class _Pending(Struct):
    command: Command
    answer: asyncio.Future[None] | None = None
    taken: bool = False
    """Answered in a welcome: not to be sent again, but its fact may still come as a number."""


class Client:
    """One participant.  ``run`` it, wait for ``entered``, then ask.

    Like a browser it resumes by (epoch, seq), sends again what was not answered, and folds its
    own ink when its number comes back.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str, ticket: str) -> None:
        self.lesson: Lesson = new_lesson()
        self.me = ParticipantId("")
        self.seat = 0
        self.welcomes = 0
        self.recalls = 0
        """How often the server has asked for a new media connection."""
        self.rtt = 0
        """Milliseconds there and back of the last beat."""
        self.refusals: deque[wire.Refusal] = deque(maxlen=100)
        self._http, self._url, self._ticket = http, url.rstrip("/") + "/ws", ticket
        self._epoch = 0
        self._n = 0
        self._pending: dict[int, _Pending] = {}
        self._offers: dict[int, asyncio.Future[str]] = {}
        self._offered = FIRST_OFFER
        self._out: deque[bytes] = deque()
        self._news, self._changed, self._entered = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._online = False
        self._ahead_ms = 0.0

    @property
    def online(self) -> bool:
        """Whether the line is up and the server has let us in."""
        return self._online

    def now(self) -> float:
        """Lesson time in seconds, as the server's clock tells it."""
        return asyncio.get_running_loop().time() + self._ahead_ms / 1000

    def board(self) -> Board:
        board = self.lesson.channel(Board.name)
        assert isinstance(board, Board)
        return board

    def pages(self) -> Pages:
        pages = self.lesson.channel(Pages.name)
        assert isinstance(pages, Pages)
        return pages

    async def run(self) -> None:
        """Be there until cancelled.  Raises Refused with the code of a goodbye that is final."""
        wait = FIRST_WAIT
        while True:
            before = self.welcomes
            try:
                async with self._http.ws_connect(self._url, max_msg_size=0) as ws:
                    await self._converse(ws)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                log.debug("line broken", who=self.me, why=type(error).__name__)
            finally:
                self._hang_up()
            wait = FIRST_WAIT if self.welcomes > before else min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(wait)

    async def entered(self) -> None:
        """Return once the server has let us in for the first time."""
        await self._entered.wait()

    async def until(self, what: Callable[[], bool]) -> None:
        """Return as soon as ``what`` holds; looked at after everything we hear."""
        while not what():
            self._changed.clear()
            await self._changed.wait()

    def put(self, command: Command) -> int:
        """Ask and go on; a refusal is kept in ``refusals``.  Raises Unavailable("offline")."""
        return self._put(_Pending(command))

    async def ask(self, command: Command) -> None:
        """Ask and wait for the answer; raises Refused, or Unavailable("offline")."""
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._put(_Pending(command, answer))
        await answer

    def show(self, glimpse: Glimpse) -> None:
        """Let a glimpse be seen; it is lost while the line is down."""
        self._send(wire.Show(Raw(wire.encode(glimpse))))

    async def offer(self, sdp: str) -> str:
        """The server's answer to a WebRTC offer.

        Raises Refused with its code, or Unavailable("offline") where none comes.
        """
        if not self._online:
            raise Unavailable("offline", "the line is down")
        self._offered += 1
        n = self._offered
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._offers[n] = answer
        self._send(wire.Offer(n, _deflate(sdp)))
        try:
            async with asyncio.timeout(ANSWER):
                return await answer
        except TimeoutError as error:
            raise Unavailable("offline", "no answer to the offer") from error
        finally:
            del self._offers[n]

    def _put(self, pending: _Pending) -> int:
        if not self._entered.is_set() or len(self._pending) >= MOST_PENDING:
            raise Unavailable("offline", "the line is down")
        self._n += 1
        self._pending[self._n] = pending
        self._send_ask(self._n, pending.command)
        return self._n

    def _send_ask(self, n: int, command: Command) -> None:
        self._send(wire.Ask(n, Raw(wire.encode(command))))

    def _send(self, message: wire.Up) -> None:
        if self._online:
            self._out.append(wire.encode(message))
            self._news.set()

    async def _converse(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        resume = (self._epoch, self.lesson.seq) if self._epoch else None
        await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, self._ticket, resume)))
        tasks = [asyncio.create_task(self._write(ws)), asyncio.create_task(self._beat())]
        try:
            while True:
                message = await ws.receive(timeout=SILENCE)
                if message.type is not WSMsgType.BINARY:
                    return
                self._hear(down(message.data))
                self._changed.set()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _write(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._out:
                await ws.send_bytes(self._out.popleft())

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(BEAT)
            self._send(wire.Beat(round(loop.time() * 1000)))

    def _hang_up(self) -> None:
        self._online = False
        self._out.clear()
        for offer in self._offers.values():
            if not offer.done():
                offer.set_exception(Unavailable("offline", "the line broke"))
        self._changed.set()

    def _hear(self, message: Down) -> None:
        match message:
            case wire.Entries():
                self._fold(message)
            case wire.Done(n):
                for answered in [asked for asked in self._pending if asked <= n]:
                    self._settle(answered)
            case wire.Refusal():
                self._refused(message)
            case wire.Echo(stamp, ms):
                self.rtt = round(asyncio.get_running_loop().time() * 1000) - stamp
                self._tell_time(ms)
            case wire.Answer(n, sdp) if n in self._offers:
                with suppress(asyncio.InvalidStateError):
                    self._offers[n].set_result(zlib.decompress(sdp, -zlib.MAX_WBITS).decode())
            case wire.Recall():
                self.recalls += 1
            case Welcome():
                self._welcome(message)
            case wire.Goodbye(code, text):
                log.info("goodbye", who=self.me, code=code)
                if code in FINAL:
                    raise Refused(code, text)

    def _welcome(self, welcome: Welcome) -> None:
        if welcome.states is not None:
            self.lesson = lesson_of(welcome)
        self.me, self.seat, self._epoch = welcome.you.id, welcome.seat, welcome.epoch
        self._n = max(self._n, welcome.asked)
        for n in [n for n in self._pending if n <= welcome.asked]:
            self._settle(n, keep=welcome.states is None)
        self._ahead_ms = -float("inf")
        self._tell_time(welcome.ms)
        self.welcomes += 1
        self._entered.set()
        if not self._online:
            self._online = True
            for n, pending in self._pending.items():
                if not pending.taken:
                    self._send_ask(n, pending.command)

    def _fold(self, frame: wire.Entries) -> None:
        for line in frame.lines:
            fact = self._fact(line.fact)
            if fact is not None:
                ms = frame.ms + line.ms
                self.lesson.apply([Entry(frame.seq + line.seq, ms, self.me, 0, fact)])
        self._tell_time(self.lesson.ms)

    def _fact(self, raw: Raw) -> Fact | Raw | None:
        """A fact of this frame, our own ink in place of its number; None: we have it already."""
        n = own_ask(raw)
        if n is None:
            return wire.fact(raw)
        pending = self._pending.get(n)
        if pending is None:
            raise Malformed(f"ask {n} is none of mine")
        self._settle(n)
        return _drawn(pending.command)

    def _settle(self, n: int, *, keep: bool = False) -> None:
        pending = self._pending[n]
        if pending.answer is not None and not pending.answer.done():
            pending.answer.set_result(None)
        if keep and isinstance(pending.command, BeginStroke | AddInk):
            pending.taken = True
        else:
            del self._pending[n]

    def _refused(self, refusal: wire.Refusal) -> None:
        error = Refused(refusal.code, refusal.message)
        if offer := self._offers.get(refusal.n):
            if not offer.done():
                offer.set_exception(error)
        elif pending := self._pending.pop(refusal.n, None):
            if pending.answer is None:
                self.refusals.append(refusal)
            elif not pending.answer.done():
                pending.answer.set_exception(error)

    def _tell_time(self, ms: int) -> None:
        """What came with the smallest delay is nearest to the truth."""
        here = asyncio.get_running_loop().time() * 1000
        self._ahead_ms = max(self._ahead_ms, ms - here)


def _drawn(command: Command) -> Fact | None:
    match command:
        case BeginStroke():
            return StrokeBegun(*structs.astuple(command))
        case AddInk():
            return InkAdded(*structs.astuple(command))
    return None


def _deflate(text: str) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(text.encode()) + deflater.flush()
