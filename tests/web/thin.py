"""A thin line to a server: what comes down it stands in one queue, until it is cut."""

import asyncio
from contextlib import suppress
from typing import Self

PACKET = 1400  # bytes


class ThinLine:
    """Used by ``async with``; its queue is as long as a bad router's: nothing is dropped."""

    def __init__(self, server: int, rate: float) -> None:
        self._server, self._rate = server, rate  # bytes a second
        self._queue: asyncio.Queue[tuple[asyncio.StreamWriter, bytes]] = asyncio.Queue()
        self._ends: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self.brought = 0
        """Bytes that have come down."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """What is on its way is lost, and nobody gets through."""
        self._is_cut = True
        while not self._queue.empty():
            self._queue.get_nowait()
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        self._is_cut = False

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self._bringing = asyncio.create_task(self._bring())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._bringing.cancel()
        self._listening.close()
        self.cut()
        await asyncio.gather(self._bringing, return_exceptions=True)

    async def _bring(self) -> None:
        loop = asyncio.get_running_loop()
        free = loop.time()
        while True:
            writer, data = await self._queue.get()
            free = max(free, loop.time()) + len(data) / self._rate
            await asyncio.sleep(free - loop.time())
            if not writer.transport.is_closing():
                self.brought += len(data)
                writer.write(data)

    async def _carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if self._is_cut:
            return back.transport.abort()
        there, on = await asyncio.open_connection("127.0.0.1", self._server)
        self._ends |= {back, on}
        down = asyncio.create_task(self._come_down(there, back))
        with suppress(ConnectionError):
            while data := await here.read(PACKET):
                on.write(data)
        down.cancel()
        self._ends -= {back, on}
        for end in (back, on):
            end.transport.abort()

    async def _come_down(self, there: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await there.read(PACKET):
                self._queue.put_nowait((back, data))
