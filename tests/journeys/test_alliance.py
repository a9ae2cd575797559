"""An alliance at work: one school writes, the others read, register and talk."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Browser, Page, Playwright, Route, expect

from signaling.app import STATIC
from signaling.login import COOKIE, proof_of
from synclass.cli import demo
from synclass.ports import Account, PlanVersion
from synclass.preclass.coprep import Plan
from synclass.school.resources import Reach, Resource
from synclass.tickets import Login, sign
from synclass.words import LessonId, Role

from ..adapters.registry.test_evaluations import SAID
from ..signaling.server import HASH, KEY, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults
from .test_months import hold

TODAY = date.today()


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        await demo.settle(town.registry, TODAY)
        for person in (
            Account("zhou", "周校长", Role.ADMIN, "中心小学", HASH),
            Account("wang", "王老师", Role.TEACHER, "中心小学", HASH),
            Account("li", "李老师", Role.CO_TEACHER, "草兴小学", HASH),
        ):
            await town.registry.save_account(person)
        await hold(town, [TODAY - timedelta(days=n) for n in (0, 1, 2, 7, 8, 9, 14)])
        await lessons_left(town)
        yield town


async def lessons_left(town: School) -> None:
    """What lessons leave beside figures: a plan, an evaluation, a lesson that is shared."""
    m0 = LessonId("m0")
    plan = PlanVersion(0, "wang", time.time(), Plan("会读分数", "", "", ""))
    await town.registry.save_plan(m0, 0, plan)
    await town.registry.put(replace(SAID, lesson=m0, id="m0 zhao"))
    tags = ["分数", "五年级"]
    shared = Resource(m0, m0, "中心小学", Reach.ALLIANCE, "wang", "第二课时", tags, "", time.time())
    await town.registry.put(shared)


async def known(browser: Browser, town: School, name: str, *, at: str = "alliance") -> Page:
    """A window of somebody who logged in this morning, at a page."""
    page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    account = await town.registry.account(name)
    assert account
    login = sign(Login(name, proof_of(account), time.time() + 600), KEY)
    await page.context.add_cookies([{"name": COOKIE, "value": login, "url": town.url}])
    await page.goto(f"{town.url}/{at}")
    return page


async def section(page: Page, name: str, picture: str = "") -> None:
    await page.get_by_role("tab", name=name).click()
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    if picture:
        await page.screenshot(path=PICTURES / f"alliance-{picture}.png")


async def test_an_alliances_schools_do_eight_things_in_common(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    region = await known(browser, town, "admin")
    async with region.expect_response("**/api/district/alliances"):
        await region.get_by_label("牵头学校").select_option("中心小学")
    head = await known(browser, town, "zhou")
    await publish(head)
    await train(head)
    village = await known(browser, town, "li")
    await village.get_by_role("button", name="我已阅读").click()
    await village.get_by_text("1/4 所学校已读").click()
    await expect(village.get_by_text("草兴小学：李老师")).to_be_visible()
    await village.screenshot(path=PICTURES / "alliance-policies.png")
    assert await village.get_by_role("button", name="写一份新制度").count() == 0
    await section(village, "师资培训")
    await village.get_by_role("button", name="我要报名").click()
    await expect(village.get_by_text("已报名")).to_be_visible()
    await section(village, "教学研究")
    await village.get_by_role("button", name="说一句").first.click()
    await village.get_by_label("说一句").fill("导入用了八分钟，村小跟不上。")
    await village.get_by_role("button", name="发出").click()
    await expect(village.get_by_text("导入用了八分钟")).to_be_visible()
    await village.screenshot(path=PICTURES / "alliance-research.png")
    assert await faults(village) == []
    await meet(head)
    await look_around(head)
    await browser.close()


async def publish(page: Page) -> None:
    await page.get_by_role("button", name="写一份新制度").click()
    await page.get_by_label("名称").fill("听课制度")
    await page.get_by_label("正文").fill("每位老师每周至少听一节别校的课。\n<b>不是粗体</b>")
    await page.get_by_role("button", name="发布").click()
    await expect(page.get_by_role("heading", name="听课制度")).to_be_visible()
    await page.get_by_role("button", name="修订").click()
    await page.get_by_label("正文").fill("每位老师每周至少听两节别校的课。\n<b>不是粗体</b>")
    await page.get_by_role("button", name="发布").click()
    await expect(page.get_by_text("以前的版本（1）")).to_be_visible()


async def train(page: Page) -> None:
    await section(page, "师资培训")
    await page.get_by_role("button", name="安排一次培训").click()
    await page.get_by_label("名称").fill("怎样带远端教室")
    await page.get_by_label("地点").fill("中心小学三楼")
    await page.get_by_label("名额（0 为不限）").fill("30")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("0 / 30 人报名")).to_be_visible()
    await change_two(page)


async def change_two(page: Page) -> None:
    """Another is changed while one is being kept: each has a form of its own; one is removed."""
    opened = asyncio.Event()

    async def late(route: Route) -> None:
        await opened.wait()
        await route.continue_()

    await page.get_by_role("button", name="安排一次培训").click()
    await page.get_by_label("名称").fill("听课笔记怎么写")
    await page.route("**/trainings", late, times=1)
    await page.get_by_role("button", name="保存").click()
    await page.locator("article").filter(has_text="远端教室").get_by_text("修改").click()
    opened.set()
    other = page.locator("article").filter(has_text="听课笔记怎么写")
    await expect(other).to_be_visible()
    await expect(page.get_by_label("名称")).to_have_value("怎样带远端教室")
    await other.get_by_text("修改").click()
    await expect(page.get_by_label("名称")).to_have_value("听课笔记怎么写")
    await page.get_by_role("button", name="取消").click()
    for words in ("删除", "真的"):
        await other.get_by_text(words).click()
    await expect(other).to_have_count(0)


async def meet(page: Page) -> None:
    """Who came is noted; an exchange of two schools' classes in a lesson."""
    await section(page, "学生互动")
    await section(page, "师资培训")
    await page.get_by_label("到场").check()
    await expect(page.get_by_text("1 人到场")).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-trainings.png")
    await section(page, "学生互动")
    await page.get_by_role("button", name="安排一次活动").click()
    await page.get_by_label("名称").fill("两校赛歌")
    await page.get_by_label("中心小学 三年级").check()
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("alert")).to_have_text("请选至少两所学校的班级。")
    await page.get_by_label("草兴小学 三年级").check()
    await page.get_by_label("在哪节课里进行").select_option(index=1)
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("草兴小学：举手 2 次")).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-exchanges.png")
    assert await faults(page) == []


async def look_around(page: Page) -> None:
    """What comes of lessons, timetable and library by itself."""
    await section(page, "教学资源")
    await expect(page.get_by_text("第二课时")).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-resources.png")
    await section(page, "课程计划")
    await expect(page.get_by_text("没有英语").first).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-courses.png")
    await section(page, "质量监测")
    await expect(page.get_by_role("img", name="每天上了几节课")).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-quality.png")
    await section(page, "教学评价")
    await expect(page.get_by_text("90 / 100").first).to_be_visible()
    await page.screenshot(path=PICTURES / "alliance-evaluations.png")
    await page.set_viewport_size({"width": 768, "height": 1024})
    await page.screenshot(path=PICTURES / "alliance-evaluations-768.png")
    assert await faults(page) == []
