"""A village whose whole line is bad: page, board and voice share it."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from ..journeys.classroom import state, write
from ..waiting import until
from . import meter
from .conftest import LONG
from .profiles import KBIT, PROFILES, Profile, Way
from .tunlink import FarRoom, needs_networks
from .village import village

pytestmark = needs_networks
ADAPTS = 4.0  # seconds until what is sent fits the line
STAYS = 60.0 if LONG else 5.0
STROKE = [(0.2 + 0.01 * n, 0.3) for n in range(20)]
INK_WITHIN = 10.0  # seconds until a stroke is seen, by TCP over a line that loses
VOICE_GAP = 1.0  # seconds
CONCEALED = 0.05
THIN = Profile(Way(64 * KBIT, delay=0.08, buffer=1.0), Way(64 * KBIT, delay=0.08))
DEAD = Profile(Way(loss=1.0), Way(loss=1.0))
STILL = 3.0  # seconds in which nothing was dropped: what is sent fits
CUT = 12.0  # seconds; a page takes six to notice
BACK_WITHIN = 20.0  # seconds; it took 50 while a picture for the teacher's wall filled the way up


async def marks(page: Page) -> int:
    pages = (await state(page))["board"]["pages"]
    return sum(len(each["marks"]) for each in pages.values())


@pytest.mark.parametrize("name", list(PROFILES) if LONG else ["floor-100"])
async def test_a_village_hears_and_reads_over_its_one_bad_line(
    name: str, film: list[str], tmp_path: Path
) -> None:
    async with village(film, tmp_path) as (_, far, teacher, room):
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


async def reads(room: Page, count: int, *, within: float = INK_WITHIN) -> None:
    async def there() -> bool:
        return await marks(room) >= count

    await until(there, within=within)


async def test_a_line_of_64_kbit_that_comes_back_is_for_the_board_first(
    film: list[str], tmp_path: Path
) -> None:
    async with village(film, tmp_path) as (lines, far, teacher, room):
        far.turn(THIN)
        await settles(far)
        far.turn(DEAD)
        await room.get_by_text("线路中断").wait_for(timeout=30_000)
        await write(teacher, STROKE)
        await asyncio.sleep(CUT)
        far.turn(THIN)
        await reads(room, 1, within=BACK_WITHIN)
        await lines.picture(room, "room-back-thin")


async def settles(far: FarRoom) -> None:
    async def fits() -> bool:
        full = far.down.full
        await asyncio.sleep(STILL)
        return far.down.full == full

    await until(fits, within=60)
