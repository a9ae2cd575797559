"""Signaling's side of one media worker: asks it things, hears its events, and comes back to it."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import structlog

from synclass.errors import Malformed, Refused, Unavailable
from synclass.framing import Deframer, frame

from .sfu.orders import (
    Declined,
    Event,
    Invite,
    Invited,
    Order,
    Restart,
    Survey,
    Surveyed,
    Way,
    encode,
    read_event,
)

ANSWER = 10.0  # seconds a worker has to answer
FIRST_WAIT, LONGEST_WAIT = 0.1, 1.0  # seconds between attempts to connect
UNREAD = 4 * 1024 * 1024  # bytes of orders a worker may leave unread until we hang up
T = TypeVar("T")
log = structlog.get_logger("signaling.worker")


class Worker:
    """The worker outlives us and we outlive it: whoever is back first waits for the other.

    Orders are dropped while it is away.  Then ``on_up(True)`` is called, and its owner says again
    how everything should be (orders are idempotent) after a ``survey``.
    """

    def __init__(
        self,
        socket_path: str,
        on_event: Callable[[Event], None],
        on_up: Callable[[bool], None],
    ) -> None:
        """``on_event`` hears all but answers; neither callback may raise or await."""
        self._path = socket_path
        self._on_event = on_event
        self._on_up = on_up
        self._writer: asyncio.StreamWriter | None = None
        self._n = 0
        self._invites: dict[int, asyncio.Future[Invited | Declined]] = {}
        self._surveys: list[asyncio.Future[Surveyed]] = []

    @property
    def up(self) -> bool:
        return self._writer is not None

    async def invite(self, lesson: str, who: str, sdp: str, way: Way = "") -> str:
        """Bring a client's offer to the worker; returns the answer.

        Raises Refused with the worker's code (sdp-nonsense, no-codec, no-lesson, ...), and
        Unavailable("media-down") where it is not there or says nothing for ANSWER seconds.
        """
        return await self._agree(lambda n: Invite(n, lesson, who, sdp, way))

    async def restart(self, lesson: str, who: str, ufrag: str) -> str:
        """A client begins ICE anew; returns our side of it as a fragment.  Raises as invite."""
        return await self._agree(lambda n: Restart(n, lesson, who, ufrag))

    async def survey(self) -> dict[str, list[str]]:
        """Who is connected, by lesson; raises Unavailable("media-down")."""
        reply: asyncio.Future[Surveyed] = asyncio.get_running_loop().create_future()
        self._surveys.append(reply)
        try:
            return (await self._ask(Survey(), reply)).lessons
        finally:
            if reply in self._surveys:
                self._surveys.remove(reply)

    def order(self, order: Order) -> None:
        """Send an order that has no answer; dropped while the worker is away."""
        writer = self._writer
        if writer is None:
            return
        writer.write(frame(encode(order)))
        if writer.transport.get_write_buffer_size() > UNREAD:
            log.warning("the worker reads too slowly", path=self._path)
            writer.transport.abort()

    async def run(self) -> None:
        """Connect, listen, and connect again, until cancelled."""
        wait = FIRST_WAIT
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(self._path)
            except OSError:
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            await self._attend(reader, writer)

    def close(self) -> None:
        """Hang up; ``run`` would connect again, so cancel it first."""
        if self._writer is not None:
            self._writer.transport.abort()
        self._down()

    async def _agree(self, order: Callable[[int], Order]) -> str:
        self._n += 1
        n = self._n
        reply: asyncio.Future[Invited | Declined] = asyncio.get_running_loop().create_future()
        self._invites[n] = reply
        try:
            answer = await self._ask(order(n), reply)
        finally:
            del self._invites[n]
        if isinstance(answer, Declined):
            raise Refused(answer.code, answer.message)
        return answer.sdp

    async def _ask(self, order: Order, reply: "asyncio.Future[T]") -> T:
        if self._writer is None:
            raise Unavailable("media-down", "the media worker is not there")
        self.order(order)
        try:
            async with asyncio.timeout(ANSWER):  # wait_for swallows a cancel that meets the answer
                return await reply
        except TimeoutError as error:
            raise Unavailable("media-down", "the media worker does not answer") from error

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._on_up(True)
        try:
            await self._listen(reader)
        except (Malformed, ConnectionError) as error:
            log.warning("the worker was let go", path=self._path, why=str(error))
        finally:
            writer.transport.abort()
            self._down()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        deframer = Deframer()
        while data := await reader.read(65536):
            for message in deframer.feed(data):
                self._hear(read_event(message))

    def _hear(self, event: Event) -> None:
        match event:
            case Invited(n) | Declined(n):
                reply = self._invites.get(n)
                if reply is not None and not reply.done():
                    reply.set_result(event)
            case Surveyed():
                waiting, self._surveys = self._surveys, []
                for survey in waiting:
                    if not survey.done():
                        survey.set_result(event)
            case _:
                self._on_event(event)

    def _down(self) -> None:
        """It went away: nobody need wait for its answers."""
        if self._writer is None:
            return
        self._writer = None
        gone = Unavailable("media-down", "the media worker went away")
        waiting: list[asyncio.Future[Any]] = [*self._invites.values(), *self._surveys]
        for reply in waiting:
            if not reply.done():
                reply.set_exception(gone)
        self._on_up(False)
