"""A school's administrator at her desk: a roster with bad lines, a pupil's seat, a clash."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from msgspec import structs
from playwright.async_api import Page, Playwright, expect

from signaling.app import STATIC
from synclass.cli import demo
from synclass.ports import Account
from synclass.school.people import Part
from synclass.words import Role

from ..signaling.server import HASH, PASSWORD, School, school
from . import keys
from .conftest import CHROMIUM, FLAGS, PICTURES
from .keys import enter, tab_to

NAME = "<b>小红</b> & “=1+1”"
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
    await erase(page, "<b>小红</b>")
    await page.context.clear_cookies()
    await log_in(page, town, "admin")
    await clash(page)
    await subscribe(page)
    await browser.close()


async def test_by_keyboard_alone_somebody_is_added_changed_taken_off_and_put_back(
    town: School, chromium: Playwright
) -> None:
    """Her number is another's at first, and another admin changes her row at the same time."""
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await keys.log_in(page, town.url, "liang", PASSWORD)
    await page.get_by_role("button", name="学校与课表").wait_for()
    await enter(page, "学校与课表")
    await page.get_by_role("tab", name="师生").wait_for()
    await enter(page, "师生")
    (other,) = await town.registry.people(school="caoxing", part=Part.PUPIL, limit=1)
    await page.get_by_role("button", name="添加一人").wait_for()
    await enter(page, "添加一人")
    await page.locator("form input:focus").wait_for()
    await page.keyboard.type(NAME)
    await tab_to(page, "学号")
    await page.keyboard.type(other.number)
    await page.keyboard.press("Enter")
    taken = f"没有保存：学号 {other.number} 已经是{other.name}的"
    await expect(page.get_by_role("alert")).to_contain_text(taken)
    await page.screenshot(path=PICTURES / "district-number-taken.png")
    await page.keyboard.type("X")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text(f"已保存：{NAME}。")
    await two_change_it(page, town)
    await tab_to(page, "按姓名", "Shift+Tab")
    await enter(page, f"修改“{NAME}”")
    await page.locator("form input:focus").wait_for()
    await enter(page, "移除…")
    await page.locator("[role=alertdialog] button:focus").wait_for()
    await expect(page.get_by_role("alertdialog")).to_contain_text(f"把{NAME}移出名单？")
    await enter(page, "移除", "Shift+Tab")
    await expect(page.get_by_role("status")).to_contain_text(f"已把{NAME}移出名单。")
    assert await town.registry.people(school="caoxing", text=NAME) == []
    await enter(page, "撤销")
    await expect(page.get_by_role("status")).to_have_text(f"{NAME}又在名单里了。")
    (back,) = await town.registry.people(school="caoxing", text=NAME)
    assert back.number == f"{other.number}Y"
    await browser.close()


async def two_change_it(page: Page, town: School) -> None:
    """Another admin is faster: both are shown, and hers is kept when she has seen theirs."""
    (mine,) = await town.registry.people(school="caoxing", text=NAME)
    await tab_to(page, "按姓名", "Shift+Tab")
    await page.keyboard.type(mine.number)
    await enter(page, f"修改“{NAME}”")
    await page.locator("form input:focus").wait_for()
    await town.registry.put(structs.replace(mine, number=f"{mine.number}Z", account=""))
    await tab_to(page, "学号")
    await page.keyboard.press("End")
    await page.keyboard.press("Backspace")
    await page.keyboard.type("Y")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text(f"{mine.number}Z")
    await page.locator("[role=alert] button:focus").wait_for()
    await page.screenshot(path=PICTURES / "district-two-change.png")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text(f"已保存：{NAME}。")


async def test_a_district_has_a_new_school_with_its_bells_a_classroom_and_a_term(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await log_in(page, town, "admin")
    await page.get_by_role("button", name="新学校").click()
    await page.get_by_label("校名").fill("龙潭 <i>小学</i>")
    await page.get_by_label("第 2 节上课").fill("08:30")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("alert")).to_contain_text("第 2 节的时间不对")
    await page.screenshot(path=PICTURES / "district-bells.png")
    await page.get_by_label("第 2 节上课").fill("09:05")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("heading", name="龙潭 <i>小学</i>")).to_be_visible()
    await page.get_by_role("tab", name="教室与座位").click()
    await page.get_by_role("button", name="新教室").click()
    await page.get_by_label("教室名").fill("一年级")
    await page.get_by_role("button", name="保存").click()
    await expect(page.locator(".seat.free")).to_have_count(48)
    await page.get_by_role("tab", name="学校与作息").click()
    await page.get_by_role("button", name="新学期").click()
    form = page.get_by_role("form", name="新学期")
    await form.get_by_label("学期名").fill("2027 春")
    await form.get_by_label("第一天").fill("2027-02-22")
    await form.get_by_label("最后一天").fill("2027-02-01")
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("alert")).to_contain_text("学期要先开始后结束")
    await form.get_by_label("最后一天").fill("2027-07-02")
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("status")).to_have_text("已保存：2027 春。")
    await page.screenshot(path=PICTURES / "district-school.png")
    names = {school.name: school for school in await town.registry.schools()}
    assert names["龙潭 <i>小学</i>"].bells[1].starts == 9 * 60 + 5
    assert "2027 春" in [term.name for term in await town.registry.terms()]
    await browser.close()


async def erase(page: Page, name: str) -> None:
    """She looks at all that is kept of a pupil, and erases it by typing the name."""
    await page.locator(".seat").last.click()
    await page.get_by_role("button", name=f"查看 {name} 的全部资料").click()
    await expect(page.get_by_role("heading", name=f"{name} 的全部资料")).to_be_visible()
    await page.get_by_role("button", name="彻底删除这个学生").click()
    sure = page.get_by_role("button", name="彻底删除", exact=True)
    await expect(sure).to_be_disabled()
    await page.get_by_label("请输入学生的姓名").fill(name)
    await page.locator(".pupil").screenshot(path=PICTURES / "district-pupil.png")
    await sure.click()
    await expect(page.get_by_role("status").first).to_contain_text("已删除")
    await page.get_by_role("button", name="关闭").click()
    await expect(page.locator(".seat.free")).to_have_count(1)


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


async def late(page: Page) -> None:
    """The service after school gets a bell of its own, and its lesson goes there."""
    await page.get_by_role("tab", name="学校与作息").click()
    await page.get_by_role("button", name="课后服务加一节").click()
    await page.get_by_label("课后服务第 1 节上课").fill("16:50")
    await page.get_by_label("课后服务第 1 节下课").fill("17:40")
    await page.screenshot(path=PICTURES / "district-after-bells.png", full_page=True)
    await page.get_by_role("button", name="保存", exact=True).first.click()
    await expect(page.get_by_role("status")).to_contain_text("中心小学")
    await page.get_by_role("tab", name="课后服务").click()
    await expect(page.locator(".week tbody tr")).to_have_count(1)
    await expect(page.locator(".week tbody tr")).to_contain_text("16:50–17:40")
    await page.screenshot(path=PICTURES / "district-after.png")


async def subscribe(page: Page) -> None:
    """A lesson is cancelled on a day, and the school's calendar says so to a telephone."""
    await page.get_by_label("哪一天停课").fill("2026-12-02")
    await expect(page.get_by_text("那天是周三，这节课在周一。")).to_be_visible()
    await page.get_by_role("button", name="关闭").click()
    await late(page)
    await expect(page.locator(".slot")).to_have_count(1)
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
