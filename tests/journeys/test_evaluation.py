"""A patrol and the teacher evaluate one lesson in its replay, and read it side by side."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, expect

from signaling.app import STATIC
from synclass.conduct import Begin, End, Join
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Role

from ..conftest import TEACHER
from ..signaling.server import HASH, PASSWORD, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES

POINTS = {"wang": (13, 18, 16, 12, 12, 8), "zhao": (15, 18, 20, 16, 12, 9)}


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        for name, shown, role in (("wang", "王老师", "teacher"), ("zhao", "赵督导", "patrol")):
            await town.registry.save_account(Account(name, shown, Role(role), "", HASH))
        now = time.time()
        card = LessonCard(LessonId("m1"), "分数的意义", "五年级数学", "wang", "", now, now, now + 1)
        await town.registry.save_lesson(card)
        room = await town.app.rooms.open(card.id)
        for command in (Join(), Begin(), End()):
            room.ask(TEACHER, command)
        yield town


async def replay(browser: Browser, town: School, name: str) -> Page:
    context = await browser.new_context(
        locale="zh-CN", viewport={"width": 1366, "height": 768}, base_url=town.url
    )
    page = await context.new_page()
    await page.goto("/login?next=/replay/m1")
    await page.locator("input").first.fill(name)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("tab", name="评课").click()
    return page


async def evaluate(page: Page, points: tuple[int, ...], remark: str) -> None:
    await page.get_by_role("button", name="我来评这节课").click()
    for field, n in zip(await page.locator(".criterion input").all(), points, strict=True):
        await field.fill(f"{n}")
    await page.get_by_label("这一刻怎么样？写一句").fill(remark)
    await page.get_by_role("button", name="记在").click()
    await page.get_by_label("总的评价").fill("环节清楚。")
    await page.screenshot(path=PICTURES / "evaluation-form.png")
    await page.get_by_role("button", name="保存评价").click()
    await expect(page.get_by_role("button", name="修改我的评价")).to_be_visible()


async def test_mine_stands_beside_the_patrols_on_the_replay(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    patrol = await replay(browser, town, "zhao")
    await evaluate(patrol, POINTS["zhao"], "提问面向两个村小，很好")
    teacher = await replay(browser, town, "wang")
    await expect(teacher.get_by_text("提问面向两个村小，很好")).to_be_visible()
    await evaluate(teacher, POINTS["wang"], "这里讲得太快")
    sums = teacher.get_by_role("row", name="合计").get_by_role("cell")
    await expect(sums).to_have_text(["合计", "90", "79", "84.5"])
    await expect(teacher.locator(".remark-on.mine")).to_contain_text("这里讲得太快")
    await teacher.screenshot(path=PICTURES / "evaluation-both.png")
    await teacher.locator(".remark-on").first.get_by_role("button").click()
    await browser.close()
