"""Voice on lines that lose packets, as Chromium hears it; and ink that comes inside it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from ..journeys.conftest import CHROMIUM, FLAGS
from ..signaling.sfu.speech import spoken
from ..waiting import until
from . import meter
from .conftest import LONG, own_address
from .profiles import Profile, Way
from .proxy import Link
from .studio import hear, sound, speaking

SETTLED = 15.0  # seconds: reports of sound come each five or so, and its buffer grows by need
MEASURED = 60.0 if LONG else 20.0
WINDOWS = 3


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


@pytest.mark.parametrize(
    ("share", "red", "most"),
    [(0.0, True, 0.005), (0.1, True, 0.01), (0.3, True, 0.05), (0.3, False, 0.05)],
    ids=["clean", "10 %", "30 %", "30 %, without RED"],
)
async def test_a_room_hears_nearly_every_word_whatever_its_line_loses(
    browser: Browser, share: float, most: float, *, red: bool
) -> None:
    """Without RED, and without resends, as in Firefox: the same packets come again.

    A window that misses is measured again, twice at the most: a busy machine is late for packets.
    """
    host = own_address()
    async with (
        speaking(host, spoken()) as studio,
        Link(losing(share), studio.address, host=host, seed=7) as link,
    ):
        page = await hear(browser, studio, link, red=red, nack=red)
        await meter.start(page)
        await asyncio.sleep(SETTLED)
        windows = []
        for _ in range(WINDOWS):
            since, before, studio.late = await meter.clock(page), link.down.octets, 0.0
            await asyncio.sleep(MEASURED)
            measured = (await meter.read(page)).since(since)
            kbps = (link.down.octets - before) * 8 / measured.seconds / 1000
            windows.append((measured.concealed, kbps, studio.late, studio.listening.plan))
            if measured.concealed <= most and kbps < 100:
                return
        raise AssertionError(windows)


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
        await studio.draw(400)
        await until(lambda: all_ridden(page, 400), within=5)
        ridden = await page.evaluate("window.ridden")
        assert sorted(n for n, _ in ridden) == list(range(400))


async def heard(page: Page) -> bool:
    """Has the first word come?"""
    return bool((await sound(page)).get("packetsReceived"))


async def all_ridden(page: Page, count: int) -> bool:
    return bool(await page.evaluate(f"window.ridden.length >= {count}"))
