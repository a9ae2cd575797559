"""A school's administrator at her desk: a roster with bad lines, a pupil's seat, a clash."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, Playwright, expect

from signaling.app import STATIC
from synclass.cli import demo
from synclass.ports import Account
from synclass.words import Role

from ..signaling.server import HASH, PASSWORD, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES

HEAD = "编号,学校,角色,姓名,学号,班级,行,列\n"
GOOD = "x1,caoxing,学生,<b>小红</b>,9001,caoxing-0,4,4\n"
BAD = "x2,nowhere,学生,小丽,9002,,,\nx1,caoxing,学生,小强,9003,,,\nx4,caoxing,学生,,9004,,,\n"


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        await demo.settle(town.registry, date(2026, 11, 26))
        liang = Account("liang", "梁校长", Role.ADMIN, "草兴小学", HASH)
        await town.registry.save_account(liang)
        yield town


async def sent(page: Page, text: str) -> None:
    file = {"name": "名单.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    await page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


async def test_an_administrator_mends_three_bad_lines_moves_a_pupil_and_is_told_of_a_clash(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await log_in(page, town, "liang")
    await expect(page.locator(".schools button")).to_have_text(["草兴小学"])
    await page.get_by_role("tab", name="导入导出").click()
    await sent(page, HEAD + GOOD + BAD)
    await expect(page.locator(".sheets th")).to_have_text(["第 3 行", "第 4 行", "第 5 行"])
    await page.screenshot(path=PICTURES / "district-bad-lines.png")
    await sent(page, HEAD + GOOD)
    await page.get_by_role("button", name="导入这 1 行").click()
    await expect(page.get_by_role("status")).to_have_text("1 行已全部导入。")
    await page.get_by_role("tab", name="教室与座位").click()
    await expect(page.locator(".seat.free")).to_have_count(0)
    await expect(page.locator(".seat").last).to_contain_text("<b>小红</b>")
    await page.screenshot(path=PICTURES / "district-seats.png")
    await page.context.clear_cookies()
    await log_in(page, town, "admin")
    await clash(page)
    await subscribe(page)
    await browser.close()


async def log_in(page: Page, town: School, name: str) -> None:
    await page.goto(f"{town.url}/login")
    await page.locator("input").first.fill(name)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="学校与课表").click()


async def clash(page: Page) -> None:
    """A lesson of the town is put where its teacher has another, and stays where it was."""
    await page.locator(".schools button", has_text="中心小学").click()
    await expect(page.locator(".clashes")).to_contain_text("逸夫小学")
    lesson = page.locator(".slot.teaches", has_text="三年级数学").first
    await lesson.click()
    await page.get_by_label("星期").select_option("1")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("alert")).to_contain_text(
        re.compile("没有保存：王老师这个时间要上“.+”。")
    )
    await page.screenshot(path=PICTURES / "district-clash.png")


async def subscribe(page: Page) -> None:
    """A lesson is cancelled on a day, and the school's calendar says so to a telephone."""
    await page.get_by_label("哪一天停课").fill("2026-12-02")
    await expect(page.get_by_text("那天是周三，这节课在周一。")).to_be_visible()
    await page.get_by_role("button", name="关闭").click()
    await page.locator(".slot.teaches", has_text="课后合唱").click()
    await page.get_by_label("哪一天停课").fill("2026-12-02")
    await page.get_by_role("button", name="这天停课").click()
    await page.get_by_role("button", name="保存").click()
    await expect(page.locator(".slot", has_text="课后合唱")).to_contain_text("2026-12-02 停课")
    await page.get_by_role("button", name="日历订阅").click()
    await page.get_by_role("button", name="取订阅地址").click()
    address = await page.locator(".address").inner_text()
    await page.screenshot(path=PICTURES / "district-calendar.png")
    await page.context.clear_cookies()
    answer = await page.request.get(address)
    (off,) = [one for one in (await answer.text()).split("BEGIN:VEVENT") if "CANCELLED" in one]
    assert "课后合唱" in off and "DTSTART:20261202T" in off
