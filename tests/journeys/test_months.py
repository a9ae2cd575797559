"""The region's administrator reads the month: what was held where, and which lessons those were."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, Playwright, expect

from signaling.app import STATIC
from synclass.cli import demo
from synclass.ports import LessonCard
from synclass.postclass.reports import RoomResult
from synclass.words import LessonId

from ..signaling.server import School, school
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults
from .test_district import log_in

DAYS = [date(2026, 11, day) for day in (2, 3, 4, 9, 10, 16, 24)]


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        await demo.settle(town.registry, date(2026, 11, 26))
        await hold(town, DAYS)
        yield town


async def hold(town: School, days: list[date]) -> None:
    """A month of lessons, as their bells left them."""
    (term,) = await town.registry.terms()
    slots = await town.registry.slots(term.id)
    for n, day in enumerate(days):
        lesson, began = LessonId(f"m{n}"), datetime(day.year, day.month, day.day, 9).timestamp()
        slot = slots[n % 3]
        await town.registry.note_opening(slot, day, lesson)
        card = LessonCard(lesson, slot.title, slot.subject, "wang", "", began, began, began + 2400)
        await town.registry.save_lesson(card)
        rooms = [
            RoomResult(lesson, name, began, 40.0 - n, 2.0, 30, 29 - n % 3, 2 + k, 1, 28, 20)
            for k, name in enumerate(("草兴小学", "东风小学"))
        ]
        await town.registry.keep_results(lesson, rooms, [], minutes=40.0)


async def test_the_regions_administrator_reads_the_month(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await log_in(page, town, "admin")
    await page.get_by_role("tab", name="月报").click()
    await page.get_by_label("月份").fill("2026-11")
    row = page.get_by_role("row", name="中心小学")
    await expect(row.get_by_role("cell").first).to_have_text("7")
    await expect(page.get_by_role("img", name="每天上了几节课")).to_be_visible()
    await page.screenshot(path=PICTURES / "district-month.png")
    await page.set_viewport_size({"width": 768, "height": 1024})
    await page.screenshot(path=PICTURES / "district-month-768.png")
    await page.set_viewport_size({"width": 1366, "height": 768})
    await row.get_by_role("button").click()
    await expect(page.get_by_role("cell", name="2026-11-24")).to_be_visible()
    await page.screenshot(path=PICTURES / "district-month-lessons.png")
    await page.get_by_role("button", name="返回").last.click()
    await page.get_by_label("月份").fill("2026-10")
    await expect(page.get_by_text("这个月还没有上过课。")).to_be_visible()
    await drill(page, town)
    await browser.close()


async def drill(page: Page, town: School) -> None:
    """From the region to an alliance, to a school, to its lessons, and back by where one is."""
    await page.goto(f"{town.url}/figures")
    await page.get_by_label("月份").fill("2026-11")
    await page.get_by_role("button", name="均衡").click()
    await expect(page.get_by_role("img", name="每天：均衡")).to_be_visible()
    await page.screenshot(path=PICTURES / "figures-region.png", full_page=True)
    await page.get_by_role("row", name="青山教育联盟").get_by_role("button").click()
    await expect(page.get_by_role("heading", name="青山教育联盟")).to_be_visible()
    await page.screenshot(path=PICTURES / "figures-alliance.png", full_page=True)
    await page.get_by_role("row", name="中心小学").get_by_role("button").click()
    await expect(page.get_by_role("cell", name="2026-11-24")).to_be_visible()
    await page.set_viewport_size({"width": 768, "height": 1024})
    await page.screenshot(path=PICTURES / "figures-school.png", full_page=True)
    assert await faults(page) == []
    await page.get_by_role("button", name="全区").click()
    await expect(page.get_by_role("heading", name="全区")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="中心小学")).to_be_visible()
