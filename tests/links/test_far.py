"""A village whose whole line is bad: page, board and voice share it."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from ..cli.server import Server
from ..journeys.classroom import employ, state, write
from ..journeys.conftest import CHROMIUM, FLAGS
from ..waiting import until
from . import meter, tunlink
from .classroom import Lines
from .conftest import LONG, own_address
from .profiles import MBIT, PROFILES, Profile, Way
from .tunlink import FarRoom

pytestmark = pytest.mark.skipif(not tunlink.possible(), reason="no networks can be made here")
GOOD = Profile(Way(4 * MBIT, delay=0.03), Way(2 * MBIT, delay=0.03))
ADAPTS = 4.0  # seconds until what is sent fits the line
STAYS = 60.0 if LONG else 5.0
STROKE = [(0.2 + 0.01 * n, 0.3) for n in range(20)]
INK_WITHIN = 10.0  # seconds until a stroke is seen, by TCP over a line that loses
VOICE_GAP = 1.0  # seconds
CONCEALED = 0.05


@asynccontextmanager
async def village(
    server: Server, film: list[str], tmp_path: Path
) -> AsyncIterator[tuple[Lines, FarRoom]]:
    """A teacher's browser here, a room's in a network of its own."""
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
            yield lines, far
        for browser in browsers:
            await browser.close()


async def marks(page: Page) -> int:
    pages = (await state(page))["board"]["pages"]
    return sum(len(each["marks"]) for each in pages.values())


@pytest.mark.parametrize("name", list(PROFILES) if LONG else ["floor-100"])
async def test_a_village_hears_and_reads_over_its_one_bad_line(
    name: str, film: list[str], tmp_path: Path
) -> None:
    with Server(tmp_path / "data", "--media-ip", own_address()) as server:
        async with village(server, film, tmp_path) as (lines, far):
            teacher = await lines.teacher()
            room = await lines.measured("草兴小学")
            await lines.begin(teacher)
            far.turn(PROFILES[name])
            await asyncio.sleep(ADAPTS)
            began = await meter.clock(room)
            for number in range(1, 4):
                await write(teacher, STROKE)
                await reads(room, number)
            await asyncio.sleep(STAYS)
            heard = await meter.since(room, began)
            print(f"\n  {name}: {heard}")
            away = max((out.length for out in PROFILES[name].down.outages), default=0.0)
            assert heard.voice_gap < VOICE_GAP + away, str(heard)
            assert heard.concealed < CONCEALED + 2 * away / heard.seconds, str(heard)
            lines.check()


async def reads(room: Page, count: int) -> None:
    async def there() -> bool:
        return await marks(room) >= count

    await until(there, within=INK_WITHIN)
