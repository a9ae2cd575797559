"""Voice on lines that lose packets, as Chromium hears it; and ink that comes inside it."""

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, Page, async_playwright

from signaling.sfu.voiceplan import Plan

from ..journeys.conftest import CHROMIUM, FLAGS
from ..signaling.sfu.speech import spoken
from ..waiting import until
from . import meter
from .conftest import LONG, own_address
from .profiles import Profile, Way
from .proxy import Link
from .studio import Studio, hear, speaking

SETTLED = 15.0  # seconds: reports of sound come each five or so, and its buffer grows by need
MEASURED = 60.0 if LONG else 20.0
WINDOWS = 3
KBPS = 100
LATE = 0.02  # seconds
BATCHES = 400  # of ink, twenty a second


class Line(NamedTuple):
    """What it loses either way, and how much of the voice may be missing then."""

    loss: float
    most: float
    red: bool = True
    """Without it, and without resends, the same packets come again, as in Firefox."""


class Window(NamedTuple):
    """So many seconds of it."""

    concealed: float
    kbps: float
    late: float
    """Seconds that the teacher's own packets were late at most: by the machine's fault."""
    plan: Plan


LINES = [Line(0.0, 0.005), Line(0.1, 0.01), Line(0.3, 0.05), Line(0.3, 0.05, red=False)]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, ignore_default_args=["--mute-audio"]
        )
        yield made
        await made.close()


def losing(share: float) -> Profile:
    """80 ms there and back, and this share lost either way."""
    return Profile(Way(delay=0.04, loss=share), Way(delay=0.04, loss=share))


async def test_a_room_hears_nearly_every_word_whatever_its_line_loses(browser: Browser) -> None:
    """Each room has a teacher of its own, and all are heard at the same time."""
    heard = await asyncio.gather(*(measured(browser, line) for line in LINES))
    for line, windows in zip(LINES, heard, strict=True):
        print(f"\n  {line}: {windows}")
    for line, windows in zip(LINES, heard, strict=True):
        assert good(line, windows), (line, windows)


async def measured(browser: Browser, line: Line) -> list[Window]:
    """What misses is measured on, twice as long again at the most."""
    host = own_address()
    async with (
        speaking(host, spoken()) as studio,
        Link(losing(line.loss), studio.address, host=host, seed=7) as link,
    ):
        page = await hear(browser, studio, link, red=line.red, nack=line.red)
        await meter.start(page)
        await asyncio.sleep(SETTLED)
        windows: list[Window] = []
        while not windows or (len(windows) < WINDOWS and not good(line, windows)):
            windows.append(await window(page, studio, link))
        return windows


async def window(page: Page, studio: Studio, link: Link) -> Window:
    since, before, studio.late = await meter.clock(page), link.down.octets, 0.0
    await asyncio.sleep(MEASURED)
    heard = await meter.since(page, since)
    kbps = (link.down.octets - before) * 8 / heard.seconds / 1000
    return Window(heard.concealed, kbps, studio.late, studio.listening.plan)


def good(line: Line, windows: list[Window]) -> bool:
    """On the whole; what a busy machine was late for tells nothing, unless it always was."""
    told = [window for window in windows if window.late < LATE] or windows
    concealed = sum(window.concealed for window in told) / len(told)
    return concealed <= line.most and sum(window.kbps for window in told) < KBPS * len(told)


async def test_ink_in_voice_arrives_though_every_tenth_packet_is_lost(browser: Browser) -> None:
    host = own_address()
    async with (
        speaking(host, spoken()) as studio,
        Link(losing(0.1), studio.address, host=host, seed=7) as link,
    ):
        page = await hear(browser, studio, link, ink=True)
        await meter.start(page)
        studio.ride()
        await until(lambda: page.evaluate("connections[0].connectionState === 'connected'"))
        await until(lambda: heard(page), within=20)
        await studio.draw(BATCHES)
        await until(lambda: all_ridden(page, BATCHES), within=5)
        ridden = await page.evaluate("window.ridden")
        assert sorted(n for n, _ in ridden) == list(range(BATCHES))


async def heard(page: Page) -> bool:
    """Has the first word come?"""
    return await meter.looked(page) and (await meter.lately(page, 1.0)).moments[-1].heard > 0


async def all_ridden(page: Page, count: int) -> bool:
    return bool(await page.evaluate(f"window.ridden.length >= {count}"))
