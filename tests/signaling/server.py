"""A real signaling app for the tests: real HTTP, real SQLite and journals in a temporary folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher

from recorder.eraser import FileEraser
from recorder.film.studio import FilmStudio
from recorder.paper.press import FilePress
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from signaling.app import App, Outside, Settings
from signaling.provider import Oidc
from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.registry import SqlRegistry
from synclass.ports import Account
from synclass.words import Role

from ..founded import founded

KEY = b"k" * 32
PASSWORD = "correct-horse"
PEOPLE = {"wang": Role.TEACHER, "sun": Role.TEACHER, "li": Role.CO_TEACHER, "zhao": Role.PATROL}
PEOPLE |= {"admin": Role.ADMIN}


class School:
    """A running server, and browsers to use it with."""

    def __init__(self, app: App, server: TestServer, registry: SqlRegistry) -> None:
        self.app = app
        self.registry = registry
        self.server = server
        self.url = f"http://{server.host}:{server.port}"

    @asynccontextmanager
    async def browser(self, name: str = "") -> AsyncIterator[ClientSession]:
        """A browser of its own, logged in where a name is given."""
        async with ClientSession(self.url, cookie_jar=CookieJar(unsafe=True)) as browser:
            if name:
                await browser.post("/api/login", json={"name": name, "password": PASSWORD})
            yield browser


@asynccontextmanager
async def school(
    data: Path,
    *,
    behind_proxy: bool = False,
    work: bool = True,
    oidc: Oidc | None = None,
    shelf: FileShelf | None = None,
) -> AsyncIterator[School]:
    """Serve from this folder; a second call on it is the same school after a restart.

    Without ``work`` nothing is done but what is asked for.
    """
    registry = await founded(data / "synclass.sqlite")
    for name, role in PEOPLE.items():
        if await registry.account(name) is None:
            await registry.save_account(Account(name, name.title(), role, "", HASH))
    settings = Settings(
        *("127.0.0.1", 0, "here", KEY, KEY, [str(data / "no-worker.sock")]),
        behind_proxy=behind_proxy,
        static=data,
        oidc=oidc,
    )
    directory = MemoryDirectory()
    (data / "packed.html").write_bytes(b"<!doctype html><!--packed--><plaintext hidden>")
    app = App(
        settings,
        Outside(
            shelf=shelf or FileShelf(data),
            registry=registry,
            directory=directory,
            press=FilePress(data),
            porter=FilePorter(data, data / "packed.html"),
            films=FilmStudio(data, idle=False),
            eraser=FileEraser(data),
        ),
    )
    server = TestServer(app.http())
    await server.start_server()
    running = asyncio.create_task(app.run() if work else asyncio.sleep(0))
    try:
        yield School(app, server, registry)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.rooms.close()
        await server.close()
        await registry.close()


HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap, for everybody logs in all the time; a hash says itself what it cost."""
