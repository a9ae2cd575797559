"""Where signaling comes in: a Unix socket with framed orders and events."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import structlog

from synclass.errors import Malformed
from synclass.framing import Deframer, frame

from .orders import Event, Order, encode, read_order

UNREAD = 4 * 1024 * 1024  # bytes of events signaling may leave unread until we hang up
log = structlog.get_logger("sfu.door")


class SignalingDoor:
    """One signaling process at a time; a newer one takes the place of the older.

    While none is there events are dropped: it asks with Survey when it comes back.  One that reads
    too slowly is hung up on, for the same reason.
    """

    def __init__(self, path: str) -> None:
        """Raises OSError where the path cannot be had."""
        self._listening = _bind(path)
        self.on_order: Callable[[Order], None] = lambda order: None
        self._writer: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        """Listen until cancelled."""
        server = await asyncio.start_unix_server(self._serve, sock=self._listening)
        try:
            async with server:
                await server.serve_forever()
        finally:
            if self._writer is not None:
                self._hang_up(self._writer)

    def tell(self, event: Event) -> None:
        writer = self._writer
        if writer is None:
            return
        writer.write(frame(encode(event)))
        if writer.transport.get_write_buffer_size() > UNREAD:
            log.warning("signaling reads too slowly")
            self._hang_up(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._writer is not None:
            self._hang_up(self._writer)
        self._writer = writer
        log.info("signaling is here")
        try:
            await self._listen(reader)
        except (Malformed, ConnectionError) as error:
            log.warning("signaling was let go", why=str(error))
        finally:
            self._hang_up(writer)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        deframer = Deframer()
        while data := await reader.read(65536):
            for message in deframer.feed(data):
                self.on_order(read_order(message))

    def _hang_up(self, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()
        if self._writer is writer:
            self._writer = None


def _bind(path: str) -> socket.socket:
    """Take the path over from a worker that died; nobody else may connect."""
    Path(path).unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(path)
    Path(path).chmod(0o600)
    return listening
