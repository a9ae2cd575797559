"""A teacher reads her lesson's report, sees a room over time, and takes the sheet along."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, Playwright, expect

from signaling.app import STATIC
from synclass.conduct import Begin, End, Join
from synclass.inclass.hands import LowerHand, RaiseHand
from synclass.inclass.quiz import AskQuiz, ShowQuiz, TallyQuiz
from synclass.inclass.roll import ListPupils, MarkPupil
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..conftest import TEACHER
from ..signaling.server import HASH, PASSWORD, School, school
from ..waiting import until
from .conftest import CHROMIUM, FLAGS, PICTURES

ROOMS = [
    Participant(ParticipantId(f"r{n}"), name, Role.CLASSROOM, name)
    for n, name in enumerate(("草兴小学", "双庙中心校", "溪口小学", "逸夫小学"))
]


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        await town.registry.save_account(Account("wang", "王老师", Role.TEACHER, "", HASH))
        for n in range(3):
            await taught(town, n)
        yield town


async def taught(town: School, n: int) -> None:
    title = ("分数的意义", "通分", "约分")[n]
    card = LessonCard(LessonId(f"m{n}"), title, "五年级数学", "wang", f"{n}" * 6, 1.0)
    await town.registry.save_lesson(card)
    room = await town.app.rooms.open(card.id)
    for who in (TEACHER, *ROOMS):
        room.ask(who, Join())
    room.ask(TEACHER, Begin())
    for count, who in enumerate(ROOMS):
        for _ in range((5 - count) * (n + 1)):
            room.ask(who, RaiseHand())
            room.ask(who, LowerHand(who.id))
    one = ROOMS[0]
    room.ask(one, ListPupils(one.id, ["李小明", "王芳", "赵强"], 6))
    room.ask(one, MarkPupil(one.id, 2, False))
    room.ask(TEACHER, AskQuiz("choice", "三分之二是哪一个？", ["", "", ""], 1))
    for count, who in enumerate(ROOMS[:3]):
        room.ask(who, TallyQuiz(1, who.id, {"A": 2 - (count > 1), "B": count}))
    for command in (ShowQuiz(["A"]), End()):
        room.ask(TEACHER, command)

    async def kept() -> bool:
        return len(await town.registry.results_of_room(one.name)) == n + 1

    await until(kept)


async def test_a_teacher_reads_what_her_lesson_came_to(town: School, chromium: Playwright) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    context = await browser.new_context(
        locale="zh-CN", viewport={"width": 1366, "height": 1000}, base_url=town.url
    )
    page = await context.new_page()
    await page.goto("/login?next=/after/m2")
    await page.locator("input").first.fill("wang")
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("tab", name="报告").click()
    row = page.get_by_role("row", name="草兴小学").first
    await expect(row).to_contain_text("15")
    await expect(row).to_contain_text("2/3")
    await drawn(page)
    await page.screenshot(path=PICTURES / "report.png", full_page=True)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="存为 CSV 表格").click()
    sheet = await (await download.value).path()
    assert "三分之二是哪一个" in sheet.read_text("utf-8-sig")
    await row.get_by_role("button", name="草兴小学").click()
    await expect(page.get_by_role("row", name="举手")).to_have_count(3)
    await drawn(page)
    await page.screenshot(path=PICTURES / "report-room.png")
    await page.get_by_role("button", name="返回").click()
    await page.get_by_role("button", name="王芳").click()
    await expect(page.get_by_text("点过名的课 3 节，到了 0 节。")).to_be_visible()
    await browser.close()


async def drawn(page: Page) -> None:
    """The plot has pixels of its own."""
    await page.wait_for_function(
        """() => { const c = document.querySelector('.plot canvas');
        if (!c || !c.width) return false;
        return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v); }"""
    )
