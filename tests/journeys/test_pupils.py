"""Thirty pupils without devices: whoever stands in their room speaks for them."""

import asyncio

from playwright.async_api import Browser, Page

from ..cli.server import Server
from .classroom import Class, employ, state

SCHOOL = "草兴小学"
NAMES = ["李小明", "王芳", *(f"学生{n}" for n in range(3, 31))]


async def co_teacher(lesson: Class) -> Page:
    """She looks on by her account, and stands in her school's room."""
    page = await lesson.window("village")
    await lesson.known(page, "li")
    await page.goto(f"/watch/{lesson.lesson}")
    return page


async def test_a_co_teacher_calls_the_roll_tallies_a_quiz_and_a_pupil_is_picked(
    lesson: Class, school: tuple[Server, Browser, Browser]
) -> None:
    await asyncio.to_thread(employ, school[0], [("li", "李老师", "co-teacher")], school=SCHOOL)
    teacher = await lesson.teacher()
    room, other = await lesson.room(SCHOOL), await lesson.room("双庙中心校")
    helper = await co_teacher(lesson)
    await lesson.begin(teacher)
    await call_the_roll(lesson, helper, teacher)
    await be_picked(lesson, teacher, room, other)
    lesson.check()


async def call_the_roll(lesson: Class, helper: Page, teacher: Page) -> None:
    await helper.get_by_role("button", name="辅教").click()
    await lesson.picture(helper, "roll-list")
    await helper.get_by_label("学生姓名").fill("\n".join(NAMES))
    await helper.get_by_role("button", name="开始点名").click()
    for name in ("王芳", "学生7"):
        await helper.get_by_role("button", name=name, exact=False).first.click()
    await helper.get_by_text("缺 2 人").wait_for()
    await helper.get_by_role("button", name="点名完毕").click()
    await helper.get_by_role("button", name="已点名").wait_for()
    await teacher.get_by_text("到 28/30 人").wait_for()
    await lesson.picture(helper, "roll-call")
    await lesson.picture(teacher, "console-roll")
    await helper.get_by_role("button", name="关闭").click()


async def be_picked(lesson: Class, teacher: Page, room: Page, other: Page) -> None:
    await teacher.get_by_role("button", name=f"抽一人 {SCHOOL}").click()
    await room.get_by_text("回答").wait_for()
    pick = (await state(room))["roll"]["pick"]
    assert pick["name"] in NAMES
    await other.get_by_text(f"请 {SCHOOL} 回答").wait_for()
    theirs = (await state(other))["roll"]
    assert not theirs["rosters"] and not theirs["pick"]["name"], "another village sees no name"
    await lesson.picture(room, "picked")
    await lesson.picture(other, "picked-other")
    await lesson.picture(teacher, "console-picked")
    await teacher.locator(".pick").get_by_role("button", name="请上台").click()
    await room.get_by_text("你们在台上").wait_for()
