"""Who looks after the region sees which school teaches which now, and which line is in trouble."""

import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Playwright, expect

from signaling.app import STATIC
from signaling.room import Room
from synclass.cli import demo
from synclass.conduct import Begin, Join, Lose
from synclass.inclass.attendance import LinkReport
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..conftest import TEACHER
from ..signaling.server import HASH, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults
from .test_alliance import known

PLACES = {"town": (25.06, 102.70), "caoxing": (25.31, 102.43), "shuangmiao": (24.92, 103.05)}
LINES = {"草兴小学 三年级": 0, "双庙中心校 三年级": 20, "逸夫小学 三年级": 0}


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        await demo.settle(town.registry, date.today())
        await town.registry.save_account(Account("wang", "王老师", Role.TEACHER, "中心小学", HASH))
        yield town


async def teach(town: School) -> Room:
    """A lesson of the town to the three villages, each on a line of its own."""
    card = LessonCard(LessonId("m1"), "分数的意义", "数学", "wang", "123456", time.time())
    await town.registry.save_lesson(card)
    room = await town.app.rooms.open(card.id)
    for command in (Join(), Begin()):
        room.ask(TEACHER, command)
    for n, (name, loss) in enumerate(LINES.items()):
        village = Participant(ParticipantId(f"r{n}"), name, Role.CLASSROOM, name)
        room.ask(village, Join())
        said = LinkReport(hears=True, sees=True, seq=room.lesson.seq, loss=loss, rtt=80)
        room.show(village, said)
    return room


async def test_the_map_shows_each_line_and_follows_it(town: School, chromium: Playwright) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await known(browser, town, "admin", at="map")
    await expect(page.get_by_text("现在没有正在上的课。")).to_be_visible()
    room = await teach(town)
    await expect(page.locator(".way")).to_have_count(3)
    await page.screenshot(path=PICTURES / "map-grid.png")
    room.tell(Lose(ParticipantId("r2")))
    await expect(page.locator(".lessons").get_by_text("线路中断")).to_be_visible()
    for one in await town.registry.schools(ids=[*PLACES]):
        latitude, longitude = PLACES[one.id]
        await town.registry.put(replace(one, latitude=latitude, longitude=longitude))
    await expect(page.locator("svg .box")).to_have_attribute("y", "364")
    await expect(page.locator(".way.lost")).to_have_count(1)
    await page.screenshot(path=PICTURES / "map-places.png")
    assert await faults(page) == []
    await browser.close()
