"""The recorder process: listens for media workers and writes what they hand over."""

import asyncio
import os
import time
from pathlib import Path

import structlog
from msgspec import Struct

from synclass.errors import Malformed, Unavailable
from synclass.framing import Deframer, frame
from synclass.tape import ToWorker, encode, for_recorder

from . import disk
from .mend import mend, unfinished
from .notary import Notary
from .recordings import Recordings
from .room import Room

TICK = 0.05
"""Seconds between looks at what waits to be written."""
CHUNK = 256 * 1024
"""Bytes taken from a worker at once; together with one message (4 MiB) all that waits here.  A
recorder that is too slow does not read, and the worker's own bounded queue drops and counts."""
UNREAD = 64 * 1024
"""Bytes of wishes a worker may leave unread; more are not sent."""

_log = structlog.get_logger()


class RecorderSettings(Struct, frozen=True):
    """Where the recorder listens and where it writes."""

    socket: str
    """Path of the Unix socket to listen on; made anew at every start."""
    data: str
    """The data folder; lessons lie in ``lessons/`` below it."""
    seal: bytes
    """The secret that signs lessons that have ended: 32 bytes (Ed25519)."""
    least_free: int = 0
    """Bytes of the disk that no new recording may touch."""


async def run(settings: RecorderSettings) -> None:
    """Record until cancelled; then every file is finished.

    Files that a killed recorder left open are mended first, and lessons that ended meanwhile are
    signed.  Raises Unavailable("held-elsewhere")
    where another recorder writes to this data folder, and "not-writable".
    """
    data = Path(settings.data)
    disk.make_folder(data / "lessons")
    held = disk.hold(data / "lessons")
    try:
        _forget(settings.socket)
        room, notary = Room(data, settings.least_free), Notary(data, settings.seal, time.time)
        room.tick(time.monotonic())
        fallen = [path for path in unfinished(data) if _mend(path)]
        recordings = Recordings(data, room, over=notary.rang, fallen=fallen)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(notary.run())
            await _listen(settings.socket, recordings)
    finally:
        os.close(held)


async def _listen(socket: str, recordings: Recordings) -> None:
    workers: dict[Worker, asyncio.Task[None]] = {}

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        worker, task = Worker(reader, writer), asyncio.current_task()
        assert task is not None
        workers[worker] = task
        task.add_done_callback(lambda _: workers.pop(worker))
        await worker.serve(recordings)

    server = await asyncio.start_unix_server(connected, socket, limit=CHUNK)
    os.chmod(socket, 0o600)
    try:
        while True:
            await asyncio.sleep(TICK)
            recordings.tick(time.monotonic())
    finally:
        server.close()
        for worker in workers:
            worker.close()
        await asyncio.gather(*workers.values())
        recordings.finish(time.monotonic())


class Worker:
    """The connection of one media worker."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def tell(self, message: ToWorker) -> None:
        transport = self._writer.transport
        if not transport.is_closing() and transport.get_write_buffer_size() < UNREAD:
            self._writer.write(frame(encode(message)))

    def close(self) -> None:
        self._writer.close()

    async def serve(self, recordings: Recordings) -> None:
        """Take messages until the worker goes, or says something that is none."""
        deframer = Deframer()
        try:
            while data := await self._reader.read(CHUNK):
                for message in deframer.feed(data):
                    recordings.take(for_recorder(message), self, time.monotonic())
                await asyncio.sleep(0)  # one busy worker must not keep out the others
        except Malformed as error:
            _log.error("media worker let go", why=str(error))
        except ConnectionError:
            _log.warning("media worker gone")
        finally:
            self.close()


def _forget(socket: str) -> None:
    """Remove the socket a killed recorder left behind."""
    Path(socket).unlink(missing_ok=True)


def _mend(path: Path) -> bool:
    try:
        mend(path)
    except Unavailable as error:
        _log.error("recording not mended", file=path.name, code=error.code)
        return False
    _log.info("recording mended", file=path.name)
    return True
