"""An administrator holds a lesson, says how long lessons are kept, and erases one."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Locator, Page, Playwright, expect

from recorder.shelf import lesson_folder
from signaling.app import STATIC
from synclass.ports import Account, LessonCard
from synclass.school.quota import Quota
from synclass.school.retention import MONTH
from synclass.words import LessonId, Role

from ..adapters.registry.villages import TOWN, settle
from ..recorder.test_eraser import taught
from ..signaling.server import HASH, PASSWORD, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults

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
        await settle(town.registry)
        await town.registry.save_account(Account("wang", "Wang", Role.TEACHER, TOWN.id, HASH))
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
    await quotas(page, town)
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


async def quotas(page: Page, town: School) -> None:
    """A limit for all, and one for a school that is nearly full by it: that is said at once."""
    await town.registry.put(Quota("", lessons=3))
    await town.registry.weigh(OLD.id, recordings=9 * 10**9, courseware=0, at=time.time() + 3600)
    await page.get_by_role("tab", name="用量").click()
    school = row(page, TOWN.name)
    await expect(school).to_contain_text("0 节，最多 3 节")
    await school.get_by_role("button", name="设定上限：中心小学").click()
    await page.get_by_label("最多多少 GB").fill("10")
    await page.screenshot(path=PICTURES / "quotas-form.png")
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(page.locator(".quotas [role=status]")).to_contain_text("中心小学的上限已保存")
    await expect(school).to_contain_text("快满了")
    await expect(school).to_contain_text("9.0 GB，最多 10.0 GB")
    await expect(page.locator("tbody tr").first).to_contain_text(TOWN.name)
    await page.screenshot(path=PICTURES / "quotas.png")
    assert not await faults(page)
    await page.get_by_role("tab", name="课堂").click()
    await page.get_by_role("button", name="看用量").click()
    await expect(page.get_by_role("heading", name="各校用量")).to_be_visible()
