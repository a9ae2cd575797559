"""What the teacher writes is seen in a far village soon after the pen went down."""

import asyncio
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.async_api import Page

from ..journeys.classroom import board_box
from ..waiting import until
from .conftest import LONG
from .profiles import PROFILES
from .tunlink import needs_networks
from .village import village

pytestmark = needs_networks
STROKES = 100 if LONG else 30
SETTLED = 20.0  # seconds: pictures make room, and reports of sound come each five or so
APART = 0.5  # seconds between two pens down
MORE = 0.1  # seconds beside the line's delay and the tick: two pages that paint, and the server
TICK = {"floor-100": 0.2, "geo-sat": 0.4}
"""Seconds between two frames of ink on such a line (signaling/pace.py)."""
PEN = """() => {
  window.pens = [];
  addEventListener('pointerdown', ({ timeStamp }) =>
    window.pens.push(performance.timeOrigin + timeStamp), true);
}"""
EYE = """spots => {
  window.seen = [];
  const look = () => {
    const layers = [...document.querySelectorAll('.sheet canvas')];
    const next = spots[window.seen.length];
    const inked = next && layers.some(layer => {
      const at = [next[0] * layer.width - 2, next[1] * layer.height - 2].map(Math.round);
      const { data } = layer.getContext('2d').getImageData(...at, 5, 5);
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 99 && data[i] < 128) return true;
      return false;
    });
    if (inked) window.seen.push(performance.timeOrigin + performance.now());
    requestAnimationFrame(look);
  };
  look();
}"""


def spots() -> list[tuple[float, float]]:
    """Places for strokes, as shares of the board."""
    return [(0.05 + 0.09 * (n % 10), 0.1 + 0.08 * (n // 10)) for n in range(STROKES)]


@pytest.mark.parametrize("name", list(TICK))
async def test_a_pen_that_goes_down_is_seen_far_away(
    name: str, film: list[str], tmp_path: Path
) -> None:
    async with village(film, tmp_path) as (_, far, teacher, room):
        far.turn(PROFILES[name])
        await asyncio.sleep(SETTLED)
        seconds = await written(teacher, room)
        late = sorted(seconds)[len(seconds) * 95 // 100]
        print([round(s, 2) for s in seconds])
        print(f"\n  {name}: {median(seconds):.3f} s, 95 of 100 within {late:.3f} s")
        assert late < PROFILES[name].down.delay + TICK[name] + MORE


async def written(teacher: Page, room: Page) -> list[float]:
    """Seconds from each pen down to its first pixel in the room."""
    await teacher.evaluate(PEN)
    await room.evaluate(EYE, spots())
    box = await board_box(teacher)
    for x, y in spots():
        at = box["x"] + x * box["width"], box["y"] + y * box["height"]
        await teacher.mouse.move(*at)
        await teacher.mouse.down()
        for step in range(1, 6):
            await teacher.mouse.move(at[0] + 4 * step, at[1])
            await asyncio.sleep(0.02)
        await teacher.mouse.up()
        await asyncio.sleep(APART)
    await until(lambda: all_seen(room), within=20)
    downs: list[float] = await teacher.evaluate("window.pens")
    seen: list[float] = await room.evaluate("window.seen")
    return [(there - here) / 1000 for here, there in zip(downs, seen, strict=True)]


async def all_seen(room: Page) -> Any:
    return await room.evaluate(f"window.seen.length >= {STROKES}")
