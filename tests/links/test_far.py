"""A village whose whole line is bad: page, board and voice share it."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from ..journeys.classroom import state, write
from ..waiting import until
from . import meter
from .conftest import LONG
from .profiles import PROFILES
from .tunlink import needs_networks
from .village import village

pytestmark = needs_networks
ADAPTS = 4.0  # seconds until what is sent fits the line
STAYS = 60.0 if LONG else 5.0
STROKE = [(0.2 + 0.01 * n, 0.3) for n in range(20)]
INK_WITHIN = 10.0  # seconds until a stroke is seen, by TCP over a line that loses
VOICE_GAP = 1.0  # seconds
CONCEALED = 0.05


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


async def reads(room: Page, count: int) -> None:
    async def there() -> bool:
        return await marks(room) >= count

    await until(there, within=INK_WITHIN)
