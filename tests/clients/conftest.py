"""A whole server, a lesson for each client, and tickets for clients that nobody here wrote."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from click.testing import CliRunner

from synclass.cli import admin

from ..cli.server import Server
from .stock import Lesson, Publisher, Viewer

PASSWORD = "correct-horse-battery"
PICTURES = Path(os.environ.get("SYNCLASS_PICTURES", "build/pictures")) / "clients"
PEOPLE = {"wang": "teacher", "zhao": "patrol"}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("clients") / "data") as server:
        for name, role in PEOPLE.items():
            _admin(server, "add", name, "--shown", name, "--role", role, "--password", PASSWORD)
        yield server


@pytest_asyncio.fixture
async def lesson(server: Server) -> Lesson:
    """A lesson that wang has made; its door is open."""
    async with aiohttp.ClientSession(server.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as page:
        await page.post("/api/login", json={"name": "wang", "password": PASSWORD})
        made = await (await page.post("/api/lessons", json={"title": "分数的意义"})).json()
    tickets = {name: _admin(server, "ticket", name, made["id"]) for name in PEOPLE}
    return Lesson(server.url, made["id"], made["code"], tickets)


@pytest_asyncio.fixture
async def viewer(lesson: Lesson) -> AsyncIterator[Viewer]:
    """A player that decodes what it gets."""
    async with aiohttp.ClientSession() as http:
        viewer = Viewer(lesson, http)
        yield viewer
        await viewer.close()


@pytest_asyncio.fixture
async def publisher(lesson: Lesson) -> AsyncIterator[Publisher]:
    """Stock aiortc as the teacher's encoder, already sending."""
    async with aiohttp.ClientSession() as http:
        publisher = Publisher(lesson, http)
        await publisher.start()
        yield publisher
        await publisher.close()


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[bytes], Path]:
    """Keeps a PNG under the test's name, to be looked at."""

    def save(picture: bytes) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{request.node.name}.png"
        path.write_bytes(picture)
        return path

    return save


def _admin(server: Server, *words: str) -> str:
    with ThreadPoolExecutor(1) as aside:  # it has a loop of its own
        to = [*words, "--data", str(server.data)]
        done = aside.submit(CliRunner().invoke, admin.command, to, catch_exceptions=False).result()
    assert done.exit_code == 0, done.output
    return done.output.strip()
