"""The main paths by keyboard alone: no mouse is touched, and one sees where the keyboard is."""

from typing import Any

from playwright.async_api import Page, expect

from ..waiting import until
from .classroom import PASSWORD, SUBJECT, Class, state
from .keys import at, enter, log_in, tab_to

TITLE = "分数的初步认识"
SCHOOL = "草兴小学"


async def test_a_lesson_is_made_taught_ended_and_watched_again_without_a_mouse(
    lesson: Class,
) -> None:
    """By a teacher, a village's room that counts hands and calls for help, and an admin."""
    teacher = await make(lesson)
    room = await come_in(lesson)
    await enter(teacher, "开始上课")
    await until(lambda: lesson.stage(teacher, "inclass"))
    await write_and_turn(lesson, teacher, room)
    await ask_and_count(lesson, teacher, room)
    await stand_on_stage(lesson, teacher, room)
    await call_for_help(lesson, teacher, room)
    await enter(teacher, "结束上课", "Shift+Tab")
    await at(teacher, "继续上")
    await teacher.keyboard.press("Escape")
    await at(teacher, "结束上课")
    await teacher.keyboard.press("Enter")
    await at(teacher, "继续上")
    await enter(teacher, "下课")
    await room.get_by_text("下课了").wait_for()
    await watch_again(lesson)
    lesson.check()


async def make(lesson: Class) -> Page:
    """She logs in and makes a lesson of it."""
    teacher = await lesson.window("teacher")
    await log_in(teacher, lesson.server.url, "wang", PASSWORD)
    await teacher.get_by_label("课名", exact=True).wait_for()
    await tab_to(teacher, "课名")
    await teacher.keyboard.type(TITLE)
    await tab_to(teacher, "学科")
    await teacher.keyboard.type(SUBJECT)
    await teacher.keyboard.press("Enter")
    await teacher.wait_for_url("**/teach/*")
    lesson.lesson = teacher.url.rsplit("/", 1)[1]
    lesson.code = await lesson._code(teacher)
    await teacher.get_by_role("button", name="开始上课").wait_for()
    return teacher


async def come_in(lesson: Class) -> Page:
    """The digits are typed where the keyboard is when the door opens."""
    room = await lesson.window("village", "wall")
    await room.goto("/")
    await at(room, "六位课堂号")
    await room.keyboard.type(lesson.code)
    await tab_to(room, "本教室的名称")
    await room.keyboard.type(SCHOOL)
    await room.keyboard.press("Enter")
    await room.wait_for_url("**/room/*")
    return room


async def write_and_turn(lesson: Class, teacher: Page, room: Page) -> None:
    """Words stand where the arrows led, and the next below them; a new page, and back."""
    await enter(teacher, "文字")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        await teacher.keyboard.press(key)
    await teacher.keyboard.type("三分之二")
    await lesson.picture(teacher, "keyboard-words")
    await teacher.keyboard.press("Escape")
    await at(teacher, "文字")
    await teacher.keyboard.press("Enter")
    await teacher.keyboard.type("六分之四")
    await teacher.keyboard.press("Escape")
    await until(lambda: written(room, ["三分之二", "六分之四"]))
    first, second = [one["box"] for one in await words(room)]
    assert first[0] - second[0] == 2 * 40 * 4, "two presses to the right, in quarter pixels"
    assert second[1] > first[1] + first[3]
    await enter(teacher, "新的一页")
    await until(lambda: on_page(room, 2))
    await teacher.keyboard.press("PageUp")
    await until(lambda: on_page(room, 1))


async def words(page: Page) -> list[dict[str, Any]]:
    marks = (await state(page))["board"]["pages"]["1"]["marks"].values()
    return [mark["body"] for mark in marks]


async def written(page: Page, said: list[str]) -> bool:
    return [one["text"] for one in await words(page)] == said


async def on_page(page: Page, number: int) -> bool:
    return bool((await state(page))["pages"]["current"] == number)


async def ask_and_count(lesson: Class, teacher: Page, room: Page) -> None:
    await enter(teacher, "小测", "Shift+Tab")
    await enter(teacher, "发题")
    await room.locator(".quiz-up").wait_for()
    await enter(room, "数举手")
    await tab_to(room, "A 举手人数", "Shift+Tab")
    await room.keyboard.type("17")
    await room.keyboard.press("Tab")
    await lesson.picture(room, "keyboard-tally")
    await teacher.get_by_text("作答中，已有 17 人").wait_for()
    await enter(teacher, "公布")
    await room.locator(".quiz-bar").first.wait_for()
    await lesson.picture(teacher, "keyboard-shown")
    await enter(teacher, "收起")
    await teacher.get_by_role("button", name="发题").wait_for()
    await teacher.keyboard.press("Escape")
    await at(teacher, "小测")


async def stand_on_stage(lesson: Class, teacher: Page, room: Page) -> None:
    await enter(room, "举手")
    await teacher.locator(".queue").get_by_role("button", name="请上台").wait_for()
    await enter(teacher, "请上台", "Shift+Tab")
    await room.get_by_text("你们在台上").wait_for()
    await lesson.picture(room, "keyboard-on-stage")
    await teacher.get_by_role("button", name="请下台").wait_for()
    await enter(teacher, "请下台")
    await room.get_by_role("button", name="举手").wait_for()


async def call_for_help(lesson: Class, teacher: Page, room: Page) -> None:
    await enter(room, "辅教")
    await room.locator(".aide:focus").wait_for()
    await enter(room, "辅教")
    await tab_to(room, "请求支援")
    await lesson.picture(room, "keyboard-help")
    await room.keyboard.press("Enter")
    await teacher.get_by_text("求助").wait_for()
    await room.keyboard.press("Escape")
    await at(room, "辅教")


async def watch_again(lesson: Class) -> None:
    """An admin looks for the lesson, plays it, leaps about in it and goes home."""
    admin = await lesson.window("teacher")
    await log_in(admin, lesson.server.url, "admin", PASSWORD)
    await admin.get_by_label("查找课名").wait_for()
    await tab_to(admin, "查找课名")
    await admin.keyboard.type("初步")
    await admin.get_by_role("link", name="回放").wait_for()
    await enter(admin, "回放")
    await admin.get_by_role("button", name="播放").wait_for()
    await enter(admin, "播放")
    await admin.get_by_role("button", name="暂停").wait_for()
    await admin.keyboard.press("Enter")
    await admin.get_by_role("button", name="播放").wait_for()
    await enter(admin, "2×")
    await expect(admin.get_by_role("button", name="2×")).to_have_attribute("aria-pressed", "true")
    await admin.keyboard.press("/")
    await at(admin, "在这节课里查找")
    await admin.keyboard.type("六分之四")
    await admin.get_by_role("option").first.wait_for()
    await lesson.picture(admin, "keyboard-found")
    await admin.keyboard.press("Enter")
    found = await now(admin)
    await admin.keyboard.press("Escape")
    await enter(admin, "上课")
    assert await now(admin) < found
    await tab_to(admin, "进度")
    await admin.keyboard.press("ArrowRight")
    assert await now(admin) > 0
    await enter(admin, "返回", "Shift+Tab")
    await admin.wait_for_url("**/home")


async def now(admin: Page) -> float:
    return float(await admin.evaluate("window.synclass.now()"))
