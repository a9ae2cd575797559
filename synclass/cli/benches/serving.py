"""A server for a bench: the real one, in this process, with one lesson and nobody in it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from ssl import SSLContext

from aiohttp import web

from recorder.eraser import FileEraser
from recorder.film.studio import FilmStudio
from recorder.paper.press import FilePress
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from signaling.app import App, Outside, Settings

from ...adapters.memory import MemoryDirectory
from ...adapters.registry import SqlRegistry
from ...ports import LessonCard
from ...tickets import LIFETIME, Ticket, sign
from ...words import LessonId, Participant

LESSON = LessonId("bench")
KEY = bytes(32)


def ticket(who: Participant) -> str:
    return sign(Ticket(LESSON, who, time.time() + LIFETIME), KEY)


@asynccontextmanager
async def serving(data: Path, ssl: SSLContext | None = None) -> AsyncIterator[tuple[App, int]]:
    """The server, and the port it listens at on loopback."""
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    card = LessonCard(LESSON, "分数的意义", "数学", "wang", "123456", time.time())
    await registry.save_lesson(card)
    app = App(
        Settings("127.0.0.1", 0, "bench", KEY, KEY, [str(data / "no-media.sock")]),
        Outside(
            shelf=FileShelf(data),
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
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=ssl).start()
    work = asyncio.create_task(app.run())
    try:
        yield app, runner.addresses[0][1]
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await app.rooms.close()
        await runner.cleanup()
        await registry.close()
