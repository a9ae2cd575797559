"""A site of somebody else's on this machine, whose page uses our doors and says how it went."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from .stock import Lesson

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCRIPTS = ("page", "knock", "restart")
LARGEST = 8 * 1024 * 1024  # bytes a page may say: a picture


class Site:
    def __init__(self) -> None:
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.port = 0
        self.heard: list[dict[str, Any]] = []

    async def said(self, key: str, *, within: float = 60.0) -> dict[str, Any]:
        """Wait until the page says this; it fails with what the page says in its place."""
        try:
            async with asyncio.timeout(within):
                while key not in (what := await self._said.get()):
                    self.heard.append(what)
                    assert "failed" not in what, what
                return what
        except TimeoutError as error:
            raise AssertionError(f"the page never said {key}: {self.heard[-3:]}") from error

    def page(self, lesson: Lesson, client: str) -> str:
        """The address of the page: it publishes as wang and watches as zhao."""
        asked = {
            "client": client,
            "whip": lesson.door("whip"),
            "whep": lesson.door("whep"),
            "publishes": lesson.tickets["wang"],
            "watches": lesson.tickets["zhao"],
        }
        return f"http://localhost:{self.port}/?{urlencode(asked)}"

    async def take(self, request: web.Request) -> web.Response:
        self._said.put_nowait(json.loads(await request.read()))
        return web.Response()


def bundled(folder: Path) -> Path:
    """Eyevinn's clients as one script for a page."""
    bundle = folder / "eyevinn.js"
    pack = [str(ROOT / "web/node_modules/.bin/rolldown"), str(HERE / "programs/eyevinn.js")]
    options = ["--file", str(bundle), "--format", "iife", "--platform", "browser"]
    subprocess.run([*pack, *options], check=True, capture_output=True)
    return bundle


@asynccontextmanager
async def site(bundle: Path) -> AsyncIterator[Site]:
    """Serve the page on a port of its own."""
    here = Site()
    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [
            web.get("/", _file(HERE / "programs/page.html")),
            *(web.get(f"/{name}.js", _file(HERE / f"programs/{name}.js")) for name in SCRIPTS),
            web.get("/eyevinn.js", _file(bundle)),
            web.post("/said", here.take),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0).start()
    here.port = runner.addresses[0][1]
    try:
        yield here
    finally:
        await runner.cleanup()


def _file(path: Path) -> Callable[[web.Request], Awaitable[web.FileResponse]]:
    async def serve(_: web.Request) -> web.FileResponse:
        return web.FileResponse(path)

    return serve
