"""A master's lesson is shared, found by another school's teacher, compared, and forked as hers."""

import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Browser, Page, Playwright, expect

from signaling.app import STATIC
from synclass.cli import demo
from synclass.conduct import Begin, End, Join
from synclass.ink import Chain, encode
from synclass.marks import SEAT, Pen
from synclass.ports import Account, LessonCard
from synclass.strokes import BeginStroke
from synclass.words import LessonId, Role

from ..conftest import TEACHER
from ..signaling.server import HASH, PASSWORD, School, school
from ..waiting import until
from .conftest import CHROMIUM, FLAGS, PICTURES

PEOPLE = (("wang", "王老师", "中心小学"), ("sun", "孙老师", "草兴小学"))
LESSONS = (("m1", "分数的意义"), ("m2", "分数的初步认识"))


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        for name, shown, of in PEOPLE:
            await town.registry.save_account(Account(name, shown, Role.TEACHER, of, HASH))
        for n, (id_, title) in enumerate(LESSONS):
            await taught(town, LessonId(id_), title, n)
        yield town


async def taught(town: School, id_: LessonId, title: str, n: int) -> None:
    now = time.time()
    card = LessonCard(id_, title, "五年级数学", "wang", "", now, now, now + 60)
    await town.registry.save_lesson(card)
    room = await town.app.rooms.open(id_)
    for command in (Join(), Begin()):
        room.ask(TEACHER, command)
    points = [(900 + 90 * k, 900 + (-1) ** k * 400 * (n + 1), 20) for k in range(50)]
    ink = encode(Chain(), points, first=True)
    number = room.lesson.conduct.seats[TEACHER.id] * SEAT
    room.ask(TEACHER, BeginStroke(number, 1, Pen("pen", n + 1, 24), ink, last=True))
    room.ask(TEACHER, End())


async def at(browser: Browser, town: School, name: str, path: str) -> Page:
    context = await browser.new_context(
        locale="zh-CN", viewport={"width": 1366, "height": 768}, base_url=town.url
    )
    page = await context.new_page()
    await page.goto(f"/login?next={path}")
    await page.locator("input").first.fill(name)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    return page


async def share(page: Page, lesson: str) -> None:
    await page.goto(f"/after/{lesson}")
    await page.get_by_role("tab", name="共享").click()
    await page.get_by_role("button", name="全区").click()
    await page.get_by_label("标签，用空格分开").fill("五年级 分数")
    await page.get_by_role("button", name="共享", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("已共享给：全区")


async def test_a_masters_lesson_is_found_compared_and_forked(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    master = await at(browser, town, "wang", "/after/m1")
    await expect(master.get_by_role("tab", name="共享")).to_be_visible()
    for lesson, _ in LESSONS:
        await share(master, lesson)
    await master.screenshot(path=PICTURES / "library-share.png")
    village = await at(browser, town, "sun", "/library")
    await village.get_by_role("button", name="五年级", exact=True).click()
    cards = village.locator("section.card")
    await expect(cards).to_have_count(2)
    for card in await cards.all():
        await card.get_by_role("button", name="选来对比").click()
    await village.screenshot(path=PICTURES / "library.png")
    await village.get_by_role("link", name="并排对比").click()
    await expect(village.get_by_role("heading", name="分数的意义")).to_be_visible()
    await village.wait_for_function(
        "() => [...document.querySelectorAll('.page')].every((one) => one.naturalWidth > 0)"
    )
    await village.screenshot(path=PICTURES / "library-compare.png", full_page=True)
    await village.goto("/library")
    await village.get_by_label("按课名、老师、标签或内容查找").fill("初步")
    await expect(cards).to_have_count(1)
    await village.get_by_role("button", name="复制成我的课").click()
    await village.get_by_role("link", name="打开我的这一课").click(timeout=60_000)
    await village.wait_for_url("**/teach/*")
    mine = [card for card in await town.registry.lessons() if card.teacher == "sun"]
    assert [card.title for card in mine] == ["分数的初步认识"]
    await go_through(browser, town)
    await browser.close()


async def go_through(browser: Browser, town: School) -> None:
    """The master makes a course of them, and a village's class takes the first."""
    await demo.settle(town.registry, date(2026, 11, 26))
    li = await town.registry.account("li")
    assert li
    await town.registry.save_account(replace(li, school="草兴小学"))
    master = await at(browser, town, "wang", "/courses")
    await master.get_by_role("button", name="新建课程").click()
    await master.get_by_label("课程名", exact=True).fill("分数十讲")
    for title in ("分数的初步认识", "分数的意义"):
        await master.get_by_role("button", name=title).click()
    await master.screenshot(path=PICTURES / "course-new.png")
    await master.get_by_role("button", name="保存").click()
    await expect(master.get_by_role("link", name="观看")).to_have_count(2)
    await put_in_order(browser, town, master)
    village = await at(browser, town, "li", "/courses")
    await village.get_by_role("button", name="名校网络课堂").click()
    await village.get_by_role("button", name="打开").click()
    take = village.get_by_role("button", name="学完了")
    await take.click()
    await village.get_by_text("请先打开看过").wait_for()
    await village.locator(".lessons").get_by_role("link", name="观看").first.click()
    await expect(village.locator("canvas").first).to_be_visible()
    await until(lambda: town.registry.watched("li", "m1"))
    await village.go_back()
    await take.click()
    await expect(village.locator(".lessons li").first).to_contain_text("学完")
    await expect(village.locator(".lessons li").last.get_by_role("button")).to_have_text("学完了")
    await village.screenshot(path=PICTURES / "course-taken.png")


async def put_in_order(browser: Browser, town: School, master: Page) -> None:
    """By the keyboard; an administrator who changes it at the same time is shown both."""
    other = await at(browser, town, "admin", master.url.removeprefix(town.url))
    for page in (other, master):
        await page.get_by_role("button", name="修改课程").click()
    await other.get_by_label("年级").fill("五年级")
    await other.get_by_role("button", name="保存").click()
    await other.get_by_text("数学 · 五年级").or_(other.get_by_text("五年级 ·")).first.wait_for()
    up = master.get_by_role("button", name="上移：第 2 节 分数的意义")
    await up.focus()
    await master.keyboard.press("Enter")
    down = master.get_by_role("button", name="下移：第 1 节 分数的意义")
    await expect(down).to_be_focused()
    await master.get_by_role("button", name="保存").click()
    await master.get_by_text("别人刚刚也改了").wait_for()
    await master.screenshot(path=PICTURES / "course-both.png", full_page=True)
    await master.get_by_role("button", name="用我填的保存").click()
    lessons = master.locator(".lessons li")
    await expect(lessons.first).to_contain_text("分数的意义")
    await expect(lessons.last).to_contain_text("分数的初步认识")
    await master.get_by_role("button", name="修改课程").click()
    await master.screenshot(path=PICTURES / "course-edit.png", full_page=True)
    await master.get_by_role("button", name="不改了").click()
    await other.close()
