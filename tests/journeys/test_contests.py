"""A contest as its people hold it: announced, entered, judged, closed, and its places read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, expect

from signaling.app import STATIC

from ..signaling.server import School
from ..signaling.studio import OVER
from ..signaling.unions import unions
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults
from .test_alliance import known

TITLE = "秋季课堂大比武"


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with unions(tmp_path) as town:
        await town.registry.save_lesson(OVER)
        yield town


async def test_a_lesson_is_entered_judged_and_stands_on_its_place(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    admin = await known(browser, town, "admin", at="contests")
    await announce(admin)
    teacher = await enter(browser, town)
    await judge(browser, town)
    await close(admin)
    await teacher.reload()
    entry = teacher.get_by_role("listitem").filter(has_text=OVER.title)
    await expect(entry).to_contain_text("第 1 名")
    await expect(entry).to_contain_text("80 分")
    await expect(entry).to_contain_text("追问得好")
    await expect(entry).not_to_contain_text("钱老师")
    await teacher.screenshot(path=PICTURES / "contest-places.png")
    assert await faults(teacher) == []
    await browser.close()


async def announce(admin: Page) -> None:
    await admin.get_by_role("button", name="发起大比武").click()
    await admin.get_by_label("名称", exact=True).fill(TITLE)
    await admin.get_by_label("评价项目，一行一项，行尾写满分").fill("教学目标 40\n师生互动 60")
    await admin.get_by_label("评价表名称").fill("大比武评价表")
    await admin.get_by_label("按姓名或学校找评委").fill("钱")
    await admin.get_by_role("button", name="钱老师").click()
    await expect(admin.get_by_role("button", name="不请 钱老师")).to_be_visible()
    await admin.screenshot(path=PICTURES / "contest-form.png", full_page=True)
    assert await faults(admin) == []
    await admin.get_by_role("button", name="发起", exact=True).click()
    await admin.wait_for_url("**/contests/*")
    await expect(admin.get_by_role("heading", name=TITLE)).to_be_visible()


async def enter(browser: Browser, town: School) -> Page:
    teacher = await known(browser, town, "wang", at="contests")
    await teacher.get_by_role("link", name="打开").click()
    await teacher.get_by_role("button", name=OVER.title).click()
    await expect(teacher.get_by_text(f"您报了《{OVER.title}》")).to_be_visible()
    await teacher.screenshot(path=PICTURES / "contest-entered.png")
    return teacher


async def judge(browser: Browser, town: School) -> None:
    judge = await known(browser, town, "qian", at="contests")
    await expect(judge.get_by_text("请您评课：已评 0 / 1")).to_be_visible()
    await judge.get_by_role("link", name="打开").click()
    await judge.get_by_role("button", name="打分").click()
    await judge.get_by_label("教学目标").fill("30")
    await judge.get_by_label("师生互动").fill("50")
    await judge.get_by_label("评语（结束后公布，不署名）").fill("追问得好")
    await judge.screenshot(path=PICTURES / "contest-judge.png")
    assert await faults(judge) == []
    await judge.get_by_role("button", name="提交").click()
    await expect(judge.get_by_text("您给了 80 / 100")).to_be_visible()


async def close(admin: Page) -> None:
    await admin.reload()
    await expect(admin.get_by_text("已评 1 / 1")).to_be_visible()
    await admin.screenshot(path=PICTURES / "contest-admin.png")
    await admin.get_by_role("button", name="结束评分，公布名次").click()
    await admin.get_by_role("button", name="真的结束？结束后不能再打分").click()
    await expect(admin.get_by_text("第 1 名")).to_be_visible()
