"""One WebSocket: hello, ticket, resume, asks, and a writer that nobody waits for."""

import asyncio
import struct
import time
import zlib
from collections import deque
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import WSMsgType, web
from msgspec import structs

from synclass import wire
from synclass.channel import Command
from synclass.errors import Malformed, Refused, Unavailable
from synclass.strokes import AddInk, BeginStroke
from synclass.tickets import Ticket
from synclass.words import Participant, ParticipantId

from .limits import Limiter
from .pace import FASTEST
from .room import Room

log = structlog.get_logger()

HELLO_WITHIN = 10.0  # seconds from the connection to the first message
SILENCE = 8.0  # seconds without a message, of which a client sends one every two: the line is gone
STUCK = 20.0  # seconds one frame may take to leave: longer, and reconnecting is faster
MOST_WAITING = 256  # messages beside facts; beyond it the client is let go and comes back
A_SECOND, AT_ONCE = 100.0, 300.0  # messages; ink is 20 a second, a resend after a cut is a burst
WEIGHT = 1024  # bytes of a message that count as one more: what is large is more work for all
FETCH = 8  # messages that a fetched page is worth: it is packed for one client alone
MOST_HELD = 4500  # messages in a row that came too soon: a page keeps 4000 without a line
LONGEST_SDP = 256 * 1024  # bytes, inflated: 29 sections are 124 KB (measured)

Enter = Callable[[wire.Hello], Awaitable[tuple[Room, Ticket]]]
Invite = Callable[[Room, Participant, str], Awaitable[str]]
Relays = Callable[[ParticipantId], list[wire.IceServer]]
Ride = Callable[[Room, Participant, bool], None]


class Session:
    """A member of a room at the far end of a WebSocket."""

    def __init__(
        self,
        ws: web.WebSocketResponse,
        line: asyncio.Transport,
        *,
        enter: Enter,
        invite: Invite,
        ride: Ride,
        relays: Relays = lambda who: [],
    ) -> None:
        self.me: Participant
        self.ticket: Ticket | None = None
        self.seen = 0
        self.tick = FASTEST
        self._ws = ws
        self._line = line
        self._enter = enter
        self._invite = invite
        self._ride = ride
        self._relays = relays
        self._room: Room
        self._news = asyncio.Event()
        self._idle = False
        """The writer waits for news: everything before is at least in the line's buffer."""
        self._waiting: deque[bytes] = deque()
        self._glimpses: dict[str, bytes] = {}
        self._done = 0
        self._bye = False
        self._limiter = Limiter(A_SECOND, AT_ONCE)
        self._held = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve the connection until it ends."""
        try:
            hello = await self._hello()
            self._room, self.ticket = await self._enter(hello)
            self.me = self.ticket.holder
            welcome = self._room.enter(self, hello.resume)
            self._say(structs.replace(welcome, ice=self._relays(self.me.id)))
        except (Refused, Malformed, Unavailable) as error:
            await self._farewell(error.code, str(error))
            return
        writer = asyncio.create_task(self._write())
        try:
            await self._listen()
            for _ in range(2 if self._bye else 0):  # why must be heard, or the client is back at
                await asyncio.wait([writer], timeout=0.5)  # once; a busy machine loses one of them
        finally:
            self._room.leave(self)
            for task in (writer, *self._tasks):
                task.cancel()
            await asyncio.gather(writer, *self._tasks, return_exceptions=True)

    def wake(self) -> None:
        """Send at once where the line is free; else the writer does when it can.

        A frame handed to the transport costs its system call and little else; waking a task for
        it cost as much again (47 us a client and frame, 200 clients).
        """
        if not self._idle or self._news.is_set() or self._line.get_write_buffer_size():
            self._news.set()
        elif not self._line.is_closing() and (frame := self._room.take(self)):
            self._line.write(_framed(frame))

    def glimpse(self, key: str, data: bytes) -> None:
        self._glimpses[key] = data
        self._news.set()

    def recall(self) -> None:
        self._say(wire.Recall())

    def dismiss(self, code: str, message: str) -> None:
        self._bye = True
        self._say(wire.Goodbye(code, message))

    async def _hello(self) -> wire.Hello:
        try:
            first = wire.up(await self._ws.receive_bytes(timeout=HELLO_WITHIN))
        except (TypeError, TimeoutError) as error:
            raise Malformed("the first message is a hello, within ten seconds") from error
        if not isinstance(first, wire.Hello):
            raise Malformed("the first message is a hello")
        if first.schema != wire.SCHEMA:
            raise Refused("schema", "this page is from another version: load it again")
        return first

    async def _listen(self) -> None:
        try:
            await self._read()
        except Malformed as error:
            self.dismiss(error.code, str(error))

    async def _read(self) -> None:
        while not self._bye:
            try:
                message = await self._ws.receive(timeout=SILENCE)
            except TimeoutError:
                return
            if self._bye:
                return
            if message.type is WSMsgType.BINARY:
                said = wire.up(message.data)
                await self._hold_back(said, len(message.data))
                self._answer(said)
            elif message.type is WSMsgType.TEXT:
                raise Malformed("messages are binary")
            else:
                return

    def _answer(self, message: wire.Up) -> None:
        match message:
            case wire.Ask(n, command):
                self._ask(n, wire.command(command))
            case wire.Show(glimpse):
                self._room.show(self.me, wire.glimpse(glimpse))
            case wire.Fetch(channel, key):
                self._fetch(channel, key)
            case wire.Offer(n, sdp):
                self._spawn(self._negotiate(n, sdp))
            case wire.Ride(on):
                self._ride(self._room, self.me, on)
                self._say(wire.Rides(on))
            case wire.Beat(stamp):
                self._say(wire.Echo(stamp, round(self._room.now() * 1000)))
            case wire.Hello():
                raise Malformed("a second hello")

    def _ask(self, n: int, command: Command) -> None:
        try:
            before = self._room.lesson.seq
            self._room.ask(self.me, command, n)
        except (Refused, Unavailable) as error:
            self._say(wire.Refusal(n, error.code, str(error)))
            return
        inked = isinstance(command, BeginStroke | AddInk) and self._room.lesson.seq > before
        if not inked:  # ink is answered by its number in the next frame
            self._done = max(self._done, n)
            self._news.set()

    async def _hold_back(self, message: wire.Up, size: int) -> None:
        """Go on when it is time: what comes too soon waits, and what follows in its own line."""
        cost, held = (FETCH if isinstance(message, wire.Fetch) else 1 + size / WEIGHT), False
        while wait := self._limiter.take("", time.monotonic(), cost=cost):
            held = True
            await asyncio.sleep(wait)
        self._held = self._held + 1 if held else 0
        if self._held > MOST_HELD:
            raise Malformed("a flood of messages")

    def _fetch(self, channel: str, key: int) -> None:
        try:
            part = self._room.fetch(self, channel, key)
        except Refused as error:
            self._say(wire.Refusal(0, error.code, str(error)))
            return
        if frame := self._room.take(self):  # the part holds these facts: they must come before it
            self._put(frame)
        self._put(part)

    async def _negotiate(self, n: int, deflated: bytes) -> None:
        try:
            answer = await self._invite(self._room, self.me, _inflate(deflated))
            self._say(wire.Answer(n, _deflate(answer)))
        except (Refused, Unavailable, Malformed) as error:
            self._say(wire.Refusal(n, error.code, str(error)))

    def _spawn(self, work: Awaitable[None]) -> None:
        if len(self._tasks) >= 4:
            raise Malformed("four offers wait for an answer already")
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _say(self, message: wire.Down) -> None:
        self._put(wire.encode(message))

    def _put(self, data: bytes) -> None:
        self._waiting.append(data)
        if len(self._waiting) > MOST_WAITING:
            self._bye = True
            self._waiting.clear()
            self._waiting.append(wire.encode(wire.Goodbye("slow", "your line is too slow")))
        self._news.set()

    async def _write(self) -> None:
        """Send what there is; while one send waits, only this client waits."""
        try:
            while not self._ws.closed:
                self._idle = True
                await self._news.wait()
                self._idle = False
                self._news.clear()
                async with asyncio.timeout(STUCK):
                    await self._send_all()
                if self._bye and not self._waiting:
                    await self._ws.close()
        except (TimeoutError, ConnectionError) as error:
            log.info("line gone", who=self.me.id, why=type(error).__name__)
            await self._ws.close()

    async def _send_all(self) -> None:
        while self._waiting:
            await self._ws.send_bytes(self._waiting.popleft())
        if frame := self._room.take(self):
            await self._ws.send_bytes(frame)
        if self._done:
            done, self._done = self._done, 0
            await self._ws.send_bytes(wire.encode(wire.Done(done)))
        while self._glimpses:
            await self._ws.send_bytes(self._glimpses.pop(next(iter(self._glimpses))))

    async def _farewell(self, code: str, message: str) -> None:
        if not self._ws.closed:
            await self._ws.send_bytes(wire.encode(wire.Goodbye(code, message)))
            await self._ws.close()


def _framed(data: bytes) -> bytes:
    """A whole binary message as a server sends it: final, unmasked (RFC 6455 §5.2)."""
    size = len(data)
    if size < 126:
        return struct.pack("!BB", 0x82, size) + data
    if size < 1 << 16:
        return struct.pack("!BBH", 0x82, 126, size) + data
    return struct.pack("!BBQ", 0x82, 127, size) + data


def _inflate(data: bytes) -> str:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = inflater.decompress(data, LONGEST_SDP)
        if inflater.unconsumed_tail:
            raise Refused("sdp-too-large", f"an offer of more than {LONGEST_SDP} bytes")
        return text.decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise Malformed("an offer is raw-deflated UTF-8") from error


def _deflate(text: str) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(text.encode()) + deflater.flush()
