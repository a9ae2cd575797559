"""Brings the tape to the recorder, wherever it is just now: connects, and connects again."""

import asyncio
from collections.abc import Callable

import structlog

from synclass import tape
from synclass.errors import Malformed
from synclass.framing import Deframer

from .desk import Desk

EVERY = 0.05  # seconds between two writes; each costs a round of the loop
FIRST_WAIT, LONGEST_WAIT = 0.1, 1.0  # seconds between attempts
log = structlog.get_logger("sfu.reel")


class Reel:
    """The recorder's end of the worker.  What happens when it is full: see Spool."""

    def __init__(self, desk: Desk, path: str, clock: Callable[[], float]) -> None:
        self._desk = desk
        self._path = path
        self._clock = clock
        self._writer: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        """Wind and connect until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wind())
            group.create_task(self._connect())

    async def _wind(self) -> None:
        spool = self._desk.spool
        while True:
            await asyncio.sleep(EVERY)
            self._desk.wind()
            if self._writer is None:
                spool.wait(self._clock())
                continue
            was = spool.taking
            waiting = self._writer.transport.get_write_buffer_size()
            self._writer.write(spool.drain(waiting, self._clock()))
            if spool.taking and not was:
                self._desk.reopen()

    async def _connect(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(self._path)
            except OSError:
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            await self._serve(reader, writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        log.info("the recorder is here")
        whole = self._desk.spool.attach(self._clock())
        self._writer = writer
        if not whole:
            self._desk.reopen()
        try:
            await self._listen(reader)
        except (Malformed, ConnectionError) as error:
            log.warning("the recorder was let go", why=str(error))
        finally:
            self._writer = None
            self._desk.spool.detach()
            self._desk.reopen()  # what is kept for the next one begins with a key frame
            writer.transport.abort()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        deframer = Deframer()
        while data := await reader.read(65536):
            for message in deframer.feed(data):
                self._desk.hear(tape.for_worker(message))
