"""A village classroom's screen is paired once, goes in at the bell by itself, and comes back."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest_asyncio
from msgspec import structs
from playwright.async_api import Browser, Page, Playwright, expect

from signaling.app import STATIC
from signaling.opener import Opener
from synclass.cli import demo
from synclass.conduct import Begin, End, Join
from synclass.ports import Account
from synclass.school.places import Bell
from synclass.school.timetable import Slot
from synclass.words import LessonId, Role

from ..conftest import TEACHER
from ..signaling.server import HASH, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_district import log_in


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """The demo's district, with one lesson today: in two hours."""
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        now, registry = datetime.now().astimezone(), town.registry
        await demo.settle(registry, now.date())
        for slot in await registry.slots("term"):
            await registry.remove(Slot, slot.id, slot.version)
        await bell(town, now + timedelta(hours=2))
        day = (now + timedelta(hours=2)).isoweekday()
        lesson = Slot("m", "term", "town", "分数的意义", "数学", "t-wang", "town-1", day, 1)
        await registry.take_in([structs.replace(lesson, listeners=["caoxing-1"])])
        await registry.save_account(Account("liang", "梁校长", Role.ADMIN, "草兴小学", HASH))
        yield town


async def bell(town: School, when: datetime) -> None:
    """The town's first lesson begins then, and lasts 40 minutes of that day."""
    start = min(when.hour * 60 + when.minute, 24 * 60 - 1)
    place = await town.registry.school("town")
    bells = [Bell(start, min(start + 40, 24 * 60))]
    await town.registry.put(structs.replace(place, bells=bells))


async def test_a_screen_is_paired_goes_in_at_the_bell_and_comes_back(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    screen = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await screen.goto(town.url)
    await screen.get_by_role("link", name="把这台设备固定给教室").click()
    await screen.get_by_role("button", name="显示配对码").click()
    code = await screen.locator(".code").inner_text()
    await screen.screenshot(path=PICTURES / "pairing-code.png")
    admin = await paired(browser, town, code)
    await expect(screen.locator("header strong")).to_have_text("草兴小学 · 五年级")
    await expect(screen.locator(".what")).to_contain_text("分数的意义")
    await screen.screenshot(path=PICTURES / "paired-next.png")
    lesson = await rings(town)
    await screen.goto(town.url)  # as a machine that was switched on in the morning
    await expect(screen).to_have_url(f"{town.url}/room/{lesson}", timeout=15_000)
    await expect(screen.get_by_role("heading", level=1)).to_contain_text("分数的意义")
    await screen.screenshot(path=PICTURES / "paired-inside.png")
    room = await town.app.rooms.open(lesson)
    for command in (Join(), Begin(), End()):
        room.ask(TEACHER, command)
    await expect(screen).to_have_url(f"{town.url}/classroom", timeout=30_000)
    await revoked(admin)
    await expect(screen.get_by_role("button", name="显示配对码")).to_be_visible(timeout=15_000)
    await browser.close()


async def paired(browser: Browser, town: School, code: str) -> Page:
    """The school's admin types what the screen shows."""
    context = await browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await log_in(page, town, "liang")
    await page.get_by_role("tab", name="教室设备").click()
    await page.get_by_label("配对码").fill("000 000")
    await page.locator(".devices select").select_option("caoxing-1")
    await page.get_by_role("button", name="配对", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("没有屏幕显示")
    await page.get_by_label("配对码").fill(code)
    await page.get_by_role("button", name="配对", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("已配对：五年级")
    await page.screenshot(path=PICTURES / "paired-devices.png")
    return page


async def rings(town: School) -> LessonId:
    """It becomes ten minutes past the lesson's bell, and the timetable opens it."""
    now = datetime.now().astimezone()
    await bell(town, now - timedelta(minutes=min(10, now.hour * 60 + now.minute)))
    lesson = await town.registry.slot("m")
    assert lesson
    await town.registry.put(structs.replace(lesson, weekday=now.isoweekday()))
    await Opener(town.registry).look(now)
    return (await town.registry.opened(now.date()))["m"]


async def revoked(page: Page) -> None:
    await page.get_by_role("button", name="取消配对").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="取消配对").click()
    await expect(page.get_by_role("status")).to_contain_text("已取消配对")
