"""Real Chromium, a whole server, and files as cameras and microphones.

A file of journeys shares one server and its browsers; each journey has a lesson and windows of
its own.
"""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, async_playwright, expect

from synclass.cli.benches.window import BARE

from ..cli.server import Server
from ..waiting import PATIENCE
from .classroom import Class, employ

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
    *("--autoplay-policy=no-user-gesture-required", "--mute-audio"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    *("--disable-backgrounding-occluded-windows", BARE),
]
SPOKEN = {"teacher": "Today we learn what a fraction is. One half. Two quarters. Three sixths."}
SPOKEN |= {"village": "Good morning teacher. One half is more than one third."}
expect.set_options(timeout=PATIENCE * 1000)
PICTURES = Path(os.environ.get("SYNCLASS_PICTURES", "build/pictures"))


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Chromium's flags for a camera and a microphone made of files, one pair for each role.

    Small and slow: most journeys look at the board, and each picture is painted without a GPU.
    """
    folder = tmp_path_factory.mktemp("films")
    return filmed(folder, teacher="testsrc2=s=320x180:r=5", village="rgbtestsrc=s=160x90:r=5")


def filmed(folder: Path, **sources: str) -> dict[str, list[str]]:
    """What FFmpeg makes of each role's source, as flags."""
    flags = {}
    for name, source in sources.items():
        film, voice = folder / f"{name}.y4m", folder / f"{name}.wav"
        _run("ffmpeg", "-f", "lavfi", "-i", source, "-t", "4", "-pix_fmt", "yuv420p", str(film))
        _run("espeak-ng", "-w", str(voice), SPOKEN[name])
        flags[name] = [
            f"--use-file-for-fake-video-capture={film}",
            f"--use-file-for-fake-audio-capture={voice}",
        ]
    return flags


def _run(*command: str) -> None:
    subprocess.run([*command], check=True, capture_output=True, stdin=subprocess.DEVNULL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They run in the loop in which their file's browsers live."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Playwright]:
    async with async_playwright() as playwright:
        yield playwright


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def options() -> list[str]:
    """Of the server; a file of journeys may have others."""
    return ["--webhooks-to", "127.0.0.0/8"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def school(
    tmp_path_factory: pytest.TempPathFactory,
    chromium: Playwright,
    films: dict[str, list[str]],
    options: list[str],
) -> AsyncIterator[tuple[Server, Browser, Browser]]:
    """A server, a teacher's browser and a village's.

    They come up together.  The server's media addresses are what this network has.
    """
    server = Server(tmp_path_factory.mktemp("school") / "data", *options)
    server.start()
    try:
        up = asyncio.create_task(asyncio.to_thread(server.until_up))
        teacher, village = [await launch(chromium, films[role]) for role in ("teacher", "village")]
        await up
        employ(server)
        yield server, teacher, village
        await asyncio.gather(teacher.close(), village.close())
    finally:
        await asyncio.to_thread(server.__exit__)


@pytest_asyncio.fixture(loop_scope="module")
async def lesson(school: tuple[Server, Browser, Browser]) -> AsyncIterator[Class]:
    """A lesson that is made but not begun."""
    here = Class(*school, pictures=PICTURES)
    yield here
    await here.leave()


async def launch(chromium: Playwright, film: list[str]) -> Browser:
    return await chromium.chromium.launch(
        executable_path=CHROMIUM, args=[*FLAGS, *film], ignore_default_args=["--mute-audio"]
    )
