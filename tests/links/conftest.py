"""A server, a teacher's browser and the rooms' browser, and lines to be put before them."""

import asyncio
import os
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from ..cli.server import Server
from ..journeys.classroom import employ
from ..journeys.conftest import launch
from .classroom import Lines

LONG = os.environ.get("SYNCLASS_PROOF") == "1"
SLOW = 30.0  # seconds until a whole class is there, on a busy machine
SPOKEN = "Today we learn what a fraction is. One half. Two quarters. Three sixths. And so on."


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Chromium's flags for a camera large enough for three sizes, and a microphone."""
    folder = tmp_path_factory.mktemp("film")
    camera, voice = folder / "teacher.y4m", folder / "teacher.wav"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=960x540:r=15", "-t", "4", "-pix_fmt", "yuv420p"]
    for command in (["ffmpeg", *picture, str(camera)], ["espeak-ng", "-w", str(voice), SPOKEN]):
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return [
        f"--use-file-for-fake-video-capture={camera}",
        f"--use-file-for-fake-audio-capture={voice}",
    ]


@pytest.fixture
async def lines(tmp_path: Path, film: list[str]) -> AsyncIterator[Lines]:
    """The server says one address only, so that no client finds a way around its bad line."""
    server = Server(tmp_path / "data", "--media-ip", own_address())
    server.start()
    try:
        async with async_playwright() as playwright:
            up = asyncio.create_task(asyncio.to_thread(server.until_up))
            browsers = [await launch(playwright, each) for each in (film, [])]
            await up
            employ(server)
            async with Lines(server, *browsers) as lines:
                yield lines
            await asyncio.gather(*(browser.close() for browser in browsers))
    finally:
        await asyncio.to_thread(server.__exit__)


def own_address() -> str:
    """That of the way out; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.99.0.2", 9))
        return str(probe.getsockname()[0])
