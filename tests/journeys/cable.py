"""A cable before the server: all that a page says to it goes through, until it is pulled."""

import asyncio
from typing import Self


class Cable:
    """Used by ``async with``; pages are given ``port``."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._out = asyncio.Event()
        self._out.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._listening: asyncio.Server

    @property
    def port(self) -> int:
        return int(self._listening.sockets[0].getsockname()[1])

    def pull(self) -> None:
        """Nothing passes any more, and nobody is told so."""
        self._out.clear()

    def plug_in(self) -> None:
        """New connections pass; the old ones are gone, as a router forgets them."""
        for end in self._ends:
            end.transport.abort()
        self._out.set()

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        for end in self._ends:
            end.transport.abort()

    async def _carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if not self._out.is_set():
            back.transport.abort()
            return
        there, on = await asyncio.open_connection("localhost", self._server)
        self._ends |= {back, on}
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._pour(here, on))
                ways.create_task(self._pour(there, back))
        except* (ConnectionError, OSError):
            pass
        finally:
            self._ends -= {back, on}
            back.transport.abort()
            on.transport.abort()

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(64 * 1024):
            await self._out.wait()
            writer.write(data)
            await writer.drain()
        raise ConnectionError("one end has hung up")
