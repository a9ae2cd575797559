"""Before class: a room checks in at its door, warms up and reads; the wall shows it, live."""

import re
from datetime import date

from playwright.async_api import Locator, Page, expect

from synclass.adapters.registry import SqlRegistry
from synclass.words import LessonId

from ..adapters.registry.villages import MATHS, settle
from ..waiting import until
from .classroom import Class

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" '
    'height="720" fill="#fdfcf8"/><circle cx="640" cy="360" r="300" fill="#0b7a75"/></svg>'
)
LARGE = 40  # pixels: a digit of it is read from eight metres


async def seconds(row: Locator) -> int:
    """How long ago the room was seen, as the wall says it."""
    said = re.search(r"(\d+) 秒前", await row.inner_text())
    return int(said[1]) if said else 0


async def later(row: Locator, begun: int) -> bool:
    return await seconds(row) > begun + 2


async def test_a_room_checks_in_warms_up_and_reads_and_the_wall_shows_it(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await set_tasks(teacher)
    room = await lesson.room("草兴小学")
    await teacher.get_by_role("button", name="准备墙").click()
    wall = teacher.locator(".ready-wall")
    await expect(wall.locator("tbody tr")).to_contain_text("还没检查", timeout=20_000)
    await checked_in(lesson, room)
    await answered(lesson, room)
    row = wall.locator("tbody tr", has_text="草兴小学")
    await expect(row.locator(".grade")).to_have_text("A", timeout=20_000)
    for words in ("热身 1/1", "阅读 1/1", "1/1", "在线"):
        await expect(row).to_contain_text(words, timeout=20_000)
    await expect(row.locator("meter")).to_have_count(1)
    await lesson.picture(teacher, "before-wall")
    await seen_by_admin(lesson)
    await room.context.close()
    await expect(row).to_contain_text("秒前", timeout=20_000)
    begun = await seconds(row)
    await until(lambda: later(row, begun))  # it goes on counting
    await lesson.picture(teacher, "before-wall-gone")
    other = await lesson.room("双庙中心校")
    await lesson.begin(teacher)
    for screen in (teacher, other):
        result = screen.locator(".warmup-result")
        await expect(result).to_contain_text("22 人", timeout=20_000)
    await lesson.picture(other, "before-warmup-result")
    await teacher.get_by_role("button", name="收起", exact=True).click()
    await expect(other.locator(".warmup-result")).to_have_count(0)
    lesson.check()


async def test_a_room_of_the_timetable_is_missed_and_one_that_hears_nothing_is_seen(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    registry = await SqlRegistry.open(lesson.server.data / "synclass.sqlite")
    await settle(registry)
    await registry.note_opening(MATHS, date(2026, 9, 7), LessonId(lesson.lesson))
    await registry.close()
    await teacher.reload()
    wall = teacher.locator(".ready-wall")  # by itself: the timetable expects somebody
    await expect(wall.locator("h2")).to_contain_text("到了 0 / 1 间教室", timeout=20_000)
    await expect(wall.locator("tbody tr")).to_contain_text("还没进来")
    await lesson.picture(teacher, "before-wall-missing")
    room = await lesson.room("草兴小学 三年级")
    await expect(wall.locator("h2")).to_contain_text("到了 1 / 1 间教室", timeout=20_000)
    await room.get_by_role("button", name="门口检查").click()
    await room.get_by_role("button", name="开始检查").click()
    await room.get_by_role("button", name="没听到").click()
    await expect(room.locator(".check-result")).to_contain_text("还上不了课", timeout=60_000)
    row = wall.locator("tbody tr")
    await expect(row).to_contain_text("没听到，请检查音量和连线", timeout=20_000)
    await expect(row.locator(".grade")).to_have_text("D")
    await lesson.picture(teacher, "before-wall-deaf")
    await room.reload()
    await expect(room.get_by_role("button", name="门口检查 D 级")).to_be_visible(timeout=20_000)
    lesson.check()


async def set_tasks(teacher: Page) -> None:
    """A page of courseware, a warm-up question, and that page to be read."""
    await teacher.locator(".door-panel .close").click()
    await teacher.get_by_role("button", name="课件").click()
    file = {"name": "圆.svg", "mimeType": "image/svg+xml", "buffer": PICTURE.encode()}
    await teacher.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    await expect(teacher.locator(".handout")).to_contain_text("圆", timeout=60_000)
    await teacher.get_by_role("button", name="课前").click()
    await teacher.get_by_label("热身题").fill("一半是几分之几？")
    await teacher.get_by_label("选项 1").fill("1/2")
    await teacher.get_by_label("选项 2").fill("<b>1/3</b>")
    await teacher.get_by_role("button", name="加上这道题").click()
    await expect(teacher.locator(".before-drawer")).to_contain_text("<b>1/3</b>")
    await teacher.get_by_label("读什么").fill("看图")
    await teacher.get_by_label("内容或要求").fill("这是什么图形？")
    await teacher.get_by_label("课件", exact=True).select_option(label="圆")
    await teacher.get_by_label("第几页到第几页").fill("1")
    await teacher.get_by_role("button", name="布置阅读").click()
    await expect(teacher.locator(".before-drawer")).to_contain_text("课件 1 页")


async def seen_by_admin(lesson: Class) -> None:
    """Whoever looks after the school sees the same wall, unseen, in English here."""
    page = await lesson.window("teacher")
    await lesson.known(page, "admin")
    await page.goto(f"/watch/{lesson.lesson}?lang=en")
    await page.get_by_role("button", name="Readiness").click()
    row = page.locator(".ready-wall tbody tr", has_text="草兴小学")
    await expect(row).to_contain_text("warm-up 1/1", timeout=20_000)
    await expect(row.locator(".grade")).to_have_text("A")
    await expect(row.locator("meter")).to_have_count(1)
    await lesson.picture(page, "before-wall-admin")
    await page.context.close()


async def checked_in(lesson: Class, room: Page) -> None:
    await room.get_by_role("button", name="门口检查").click()
    await room.get_by_role("button", name="开始检查").click()
    await room.get_by_text("请对着话筒说话").wait_for()
    await lesson.picture(room, "before-check-speak")
    await room.get_by_role("button", name="听到了").click()
    grade = room.locator(".check-result > .grade")
    await expect(grade).to_have_text("A", timeout=60_000)
    await lesson.picture(room, "before-check-grade")
    assert await pixels(grade) >= 5 * LARGE
    assert await pixels(room.locator(".check-result strong")) >= LARGE


async def pixels(locator: object) -> float:
    size = await locator.evaluate("one => getComputedStyle(one).fontSize")  # type: ignore[attr-defined]
    return float(re.sub("px$", "", str(size)))


async def answered(lesson: Class, room: Page) -> None:
    await room.get_by_role("button", name="热身题：还有 1 道").click()
    for _ in range(2):
        await room.get_by_role("button", name="1/2：多十位").click()
        await room.get_by_role("button", name="1/2：多一位").click()
    await lesson.picture(room, "before-warmup")
    await room.get_by_role("button", name="交给老师").click()
    await room.get_by_role("button", name="热身题已交").wait_for()
    await room.get_by_role("button", name="阅读：还有 1 篇").click()
    await expect(room.locator("img.reading-page")).to_have_js_property(
        "naturalWidth", 1280, timeout=20_000
    )
    await lesson.picture(room, "before-reading")
    await room.get_by_role("button", name="读完了").click()
    await room.get_by_role("button", name="阅读已读完").wait_for()
