"""An administrator holds a lesson, says how long lessons are kept, and erases one."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Locator, Page, Playwright, expect

from recorder.shelf import lesson_folder
from signaling.app import STATIC
from synclass.ports import LessonCard
from synclass.school.retention import MONTH
from synclass.words import LessonId

from ..recorder.test_eraser import taught
from ..signaling.server import PASSWORD, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES

LONG_AGO = time.time() - 30 * MONTH
OLD = LessonCard(
    LessonId("old"), "分数的意义", "数学", "wang", "", LONG_AGO, LONG_AGO, LONG_AGO + 2400
)
SONG = replace(OLD, id=LessonId("song"), title="茉莉花", subject="音乐")
WHY = "教育局来函，申诉期间保留"


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        for card in (OLD, SONG):
            await town.registry.save_lesson(card)
            taught(tmp_path, card.id)
        yield town


async def test_a_held_lesson_stays_and_what_falls_is_announced(
    town: School, chromium: Playwright, tmp_path: Path
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await page.goto(f"{town.url}/login")
    await page.locator("input").first.fill("admin")
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await hold(page)
    await refused(page)
    await rules(page)
    await erase(page)
    assert lesson_folder(tmp_path, OLD.id).exists()
    assert not lesson_folder(tmp_path, SONG.id).exists()
    await page.get_by_role("tab", name="操作记录").click()
    await expect(page.locator("tbody")).to_contain_text(f"分数的意义 {WHY}")
    await browser.close()


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title)


async def hold(page: Page) -> None:
    lesson = row(page, OLD.title)
    await lesson.get_by_role("button", name="封存这节课").click()
    await lesson.get_by_role("textbox").fill(WHY)
    await page.screenshot(path=PICTURES / "keeping-hold.png")
    await lesson.get_by_role("button", name="封存", exact=True).click()
    await lesson.get_by_role("button", name="已封存").click()
    await expect(lesson.get_by_role("alertdialog")).to_contain_text(WHY)
    await page.screenshot(path=PICTURES / "keeping-held.png")
    await lesson.get_by_role("button", name="关闭").click()


async def refused(page: Page) -> None:
    lesson = row(page, OLD.title)
    await lesson.get_by_role("button", name="删除这节课").click()
    await page.screenshot(path=PICTURES / "keeping-erase.png")
    await lesson.get_by_role("button", name="删除", exact=True).click()
    await expect(lesson.get_by_role("alertdialog")).to_contain_text("已被封存")
    await page.screenshot(path=PICTURES / "keeping-refused.png")
    await lesson.get_by_role("button", name="不删").click()


async def rules(page: Page) -> None:
    """Every lesson falls after two years: the held one does not, and the other after its notice."""
    await page.get_by_role("tab", name="保留").click()
    await expect(page.get_by_text("所有录制一直保留")).to_be_visible()
    await page.get_by_role("button", name="保存期限").click()
    await expect(row(page, SONG.title)).to_be_visible()
    await expect(row(page, OLD.title)).to_have_count(0)
    await page.screenshot(path=PICTURES / "keeping-rules.png")
    await page.get_by_role("tab", name="课堂").click()
    await expect(page.get_by_text("有 1 节课到了保留期限")).to_be_visible()
    await page.screenshot(path=PICTURES / "keeping-notice.png")


async def erase(page: Page) -> None:
    lesson = row(page, SONG.title)
    await lesson.get_by_role("button", name="删除这节课").click()
    await lesson.get_by_role("button", name="删除", exact=True).click()
    await expect(lesson).to_have_count(0)
