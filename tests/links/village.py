"""A village whose whole line is bad, in a network of its own: page, board and voice share it."""

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Page, async_playwright

from ..cli.server import Server
from ..journeys.classroom import employ
from ..journeys.conftest import CHROMIUM, FLAGS
from .classroom import Lines
from .conftest import own_address
from .profiles import MBIT, Profile, Way
from .tunlink import FarRoom

GOOD = Profile(Way(4 * MBIT, delay=0.03), Way(2 * MBIT, delay=0.03))


class Village(NamedTuple):
    lines: Lines
    far: FarRoom
    teacher: Page
    room: Page


@asynccontextmanager
async def village(film: list[str], tmp_path: Path) -> AsyncIterator[Village]:
    """A lesson that has begun: a teacher's browser here, and a room's on a line still good."""
    with Server(tmp_path / "data", "--media-ip", own_address()) as server:
        async with FarRoom(GOOD) as far, async_playwright() as playwright:
            await far.relay(server.port)
            employ(server)
            inside = tmp_path / "chromium"
            inside.write_text(f'#!/bin/sh\nexec {" ".join(far.enter())} {CHROMIUM} "$@"\n')
            inside.chmod(inside.stat().st_mode | stat.S_IXUSR)
            browsers = [
                await playwright.chromium.launch(
                    executable_path=path, args=flags, ignore_default_args=["--mute-audio"]
                )
                for path, flags in ((CHROMIUM, [*FLAGS, *film]), (inside, FLAGS))
            ]
            async with Lines(server, *browsers) as lines:
                teacher = await lines.teacher()
                room = await lines.measured("草兴小学")
                await lines.begin(teacher)
                yield Village(lines, far, teacher, room)
                lines.check()
            for browser in browsers:
                await browser.close()
