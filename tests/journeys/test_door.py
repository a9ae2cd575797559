"""The way in: by six digits, by keyboard alone, on a telephone, and for those who are not seen."""

from playwright.async_api import Page

from ..waiting import until
from .classroom import PASSWORD, Class, state

FIRST_LOAD = 60_000  # bytes on the line: 7.5 s at 64 kbit/s


async def test_the_first_load_is_small_and_the_door_needs_no_mouse(lesson: Class) -> None:
    await lesson.teacher()
    room = await lesson.window("village", "phone")
    await room.goto("/")
    await room.get_by_label("六位课堂号").wait_for()
    loaded = await room.evaluate(
        """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
             .reduce((sum, one) => sum + one.transferSize, 0)"""
    )
    assert 0 < loaded < FIRST_LOAD, loaded
    await lesson.picture(room, "door-phone")
    await room.get_by_label("六位课堂号").focus()
    await room.keyboard.type(lesson.code)
    await room.keyboard.press("Tab")
    await room.keyboard.type("草兴小学")
    await room.keyboard.press("Enter")
    await room.wait_for_url("**/room/*")
    await lesson.picture(room, "classroom-phone")
    lesson.check()


async def test_a_wrong_code_is_said_in_words(lesson: Class) -> None:
    room = await lesson.window("village", "wall")
    await room.goto("/")
    await lesson.picture(room, "door")
    await room.get_by_label("六位课堂号").fill("000000")
    await room.get_by_label("本教室的名称").fill("草兴小学")
    await room.get_by_role("button", name="进入课堂").click()
    await room.get_by_text("没有这个课堂号").wait_for()
    await room.get_by_label("六位课堂号").fill("12")
    await room.get_by_role("button", name="进入课堂").click()
    await room.get_by_text("还差 4 位").wait_for()
    await lesson.picture(room, "door-wrong")
    lesson.check()


async def test_a_wrong_password_is_said_in_words(lesson: Class) -> None:
    page = await lesson.window("teacher")
    await page.goto("/login")
    await page.get_by_label("用户名").fill("wang")
    await page.get_by_label("密码").fill(PASSWORD + "x")
    await page.get_by_role("button", name="登录", exact=True).click()
    await page.get_by_text("用户名或密码不对").wait_for()
    await lesson.picture(page, "login-wrong")


async def test_a_patrol_sees_the_class_and_is_seen_by_no_room(lesson: Class) -> None:
    teacher, room = await lesson.teacher(by_hand=True), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    patrol = await lesson.window("teacher")
    await lesson.log_in(patrol, "zhao")
    await lesson.picture(patrol, "home-patrol")
    await (
        patrol.get_by_role("link", name="巡课", exact=True)
        .or_(patrol.get_by_role("button", name="巡课", exact=True))
        .first.click()
    )
    await patrol.wait_for_url("**/watch/*")
    await lesson.hears_and_sees(patrol)
    await until(lambda: knows(teacher, "u-zhao"))
    assert not await knows(room, "u-zhao")
    await lesson.picture(patrol, "patrol")
    lesson.check()


async def knows(page: Page, who: str) -> bool:
    return who in (await state(page))["conduct"]["present"]
