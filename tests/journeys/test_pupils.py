"""Thirty pupils without devices: whoever stands in their room speaks for them."""

import asyncio

from playwright.async_api import Browser, Page

from ..cli.server import Server
from ..waiting import until
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
    await count_hands(lesson, helper, teacher, other)
    await be_picked(lesson, teacher, room, other)
    await call_for_help(lesson, helper, teacher, other)
    lesson.check()


async def call_the_roll(lesson: Class, helper: Page, teacher: Page) -> None:
    await helper.get_by_role("button", name="辅教").click()
    await helper.get_by_role("button", name="自己填名单").click()
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


async def count_hands(lesson: Class, helper: Page, teacher: Page, other: Page) -> None:
    """28 pupils raise their hands; another village has one device that answers."""
    await teacher.get_by_role("button", name="小测").click()
    await lesson.picture(teacher, "quiz-ask")
    await teacher.get_by_role("button", name="发题", exact=True).click()
    await helper.get_by_label("A 举手人数").fill("17")
    await helper.get_by_label("A 举手人数").press("Tab")
    await helper.get_by_text("共 17 / 28 人").wait_for()
    for n in range(18, 21):
        await helper.get_by_role("button", name="B 多一人").click()
        await helper.get_by_text(f"共 {n} / 28 人").wait_for()
    await helper.get_by_label("C 举手人数").fill("30")
    await helper.get_by_label("C 举手人数").press("Tab")
    await helper.get_by_text("共 28 / 28 人").wait_for()
    assert await helper.get_by_role("button", name="D 多一人").is_disabled()
    await other.get_by_role("button", name="A", exact=True).click()
    await teacher.get_by_text("作答中，已有 29 人").wait_for()
    await until(lambda: answered(other))
    assert len((await state(other))["quiz"]["answers"]) == 1, "another village's are not sent"
    await lesson.picture(helper, "quiz-tally")
    await lesson.picture(other, "quiz-room")
    await lesson.picture(teacher, "console-quiz")
    await teacher.locator("button.quiz-bar").first.click()
    await teacher.get_by_role("button", name="公布").click()
    await other.locator(".quiz-bar.right").get_by_text("18").wait_for()
    await lesson.picture(other, "quiz-shown")
    await teacher.locator(".drawers").get_by_role("button", name="小测").click()


async def answered(page: Page) -> bool:
    return bool((await state(page))["quiz"]["answers"])


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
    await teacher.get_by_role("button", name="放大给大家").click()
    await other.locator(".room.enlarged .picture.first").wait_for()
    await lesson.picture(other, "enlarged")
    await teacher.get_by_role("button", name="缩回").click()


async def call_for_help(lesson: Class, helper: Page, teacher: Page, other: Page) -> None:
    """She calls, pauses her room, and says why to the teacher alone."""
    await helper.get_by_role("button", name="辅教").click()
    await helper.get_by_role("tab", name="辅教").click()
    await helper.get_by_label("哪里不对").fill("没有声音")
    await helper.get_by_role("button", name="请求支援").click()
    await helper.get_by_role("button", name="本教室暂停").click()
    await helper.get_by_label("写给对方").fill("王芳不舒服")
    await helper.get_by_role("button", name="发送").click()
    await teacher.get_by_text("求助：草兴小学").wait_for()
    await teacher.get_by_text("暂停中").wait_for()
    await lesson.picture(teacher, "console-help")
    await teacher.locator(".drawers").get_by_role("button", name="辅教").click()
    await teacher.get_by_text("王芳不舒服").wait_for()
    await lesson.picture(helper, "aside")
    await lesson.picture(teacher, "console-aside")
    assert not (await state(other))["aside"]["words"] and not (await state(other))["aside"]["help"]
    await teacher.get_by_role("button", name="知道了").click()
    await helper.get_by_role("button", name="请求支援").wait_for()
