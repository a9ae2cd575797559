"""A whole server with one lesson, and tickets for clients that nobody here wrote."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from ..cli.server import Server
from .stock import Lesson, Publisher, Viewer

PASSWORD = "correct-horse-battery"
PICTURES = Path(os.environ.get("SYNCLASS_PICTURES", "build/pictures")) / "clients"
PEOPLE = {"wang": "teacher", "zhao": "patrol"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as server:
        yield server


@pytest_asyncio.fixture
async def lesson(server: Server) -> Lesson:
    """A lesson that wang has made; its door is open."""
    for name, role in PEOPLE.items():
        _admin(server, "add", name, "--shown", name, "--role", role, "--password", PASSWORD)
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
    command = [sys.executable, "-m", "synclass", "admin", *words, "--data", str(server.data)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()
