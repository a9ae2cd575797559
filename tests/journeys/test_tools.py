"""What a hand can do at the board beside writing, with real pointers and keys."""

from typing import Any

from playwright.async_api import Page

from ..waiting import until
from .classroom import Class, board_hash, state, write

Point = tuple[float, float]
KINDS = ("直线", "箭头", "长方形", "圆", "三角形", "直角三角形", "坐标系", "第一象限")


async def bodies(page: Page) -> list[list[str]]:
    """Every mark of the board in front, as its kind; of shapes which."""
    marks = (await marks_of(page)).values()
    return [[m["body"]["t"], m["body"].get("kind", "")] for m in marks]


async def marks_of(page: Page) -> dict[str, Any]:
    whole = await state(page)
    marks: dict[str, Any] = whole["board"]["pages"][str(whole["pages"]["current"])]["marks"]
    return marks


async def count(page: Page, wanted: int) -> bool:
    return len(await marks_of(page)) == wanted


async def same(*pages: Page) -> None:
    """The same pixels everywhere, once nothing moves any more."""

    async def agreed() -> bool:
        return len({await board_hash(page) for page in pages}) == 1

    await until(agreed)


async def take(page: Page, tool: str, option: str = "") -> None:
    """In a classroom what a tool offers is shown when it is pressed once more."""
    button = page.get_by_role("button", name=tool, exact=True)
    await button.click()
    if option:
        if await button.get_attribute("aria-expanded") == "false":
            await button.click()
        await page.get_by_role("button", name=option, exact=True).click()


async def test_each_shape_is_drawn_from_corner_to_corner_and_seen_by_all(lesson: Class) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    await take(teacher, "图形")
    await take(teacher, "颜色 3", "填色")
    for n, kind in enumerate(KINDS):
        await take(teacher, kind)
        x, y = 0.05 + 0.24 * (n % 4), 0.1 + 0.45 * (n // 4)
        await write(teacher, [(x, y), (x + 0.1, y + 0.2), (x + 0.18, y + 0.35)])
    await take(teacher, "多边形")
    for corner in ((0.3, 0.45), (0.5, 0.47), (0.6, 0.55), (0.4, 0.58)):
        await write(teacher, [corner])
    await teacher.keyboard.press("Enter")
    await until(lambda: count(room, len(KINDS) + 1))
    kinds = [kind for _, kind in await bodies(room)]
    assert kinds == [
        *("line", "arrow", "rect", "ellipse", "polygon", "polygon", "axes", "quadrant"),
        "polygon",
    ]
    await same(room, other)
    await lesson.picture(teacher, "console-shapes")
    await lesson.picture(room, "classroom-shapes")
    lesson.check()


async def test_what_is_nearly_a_square_is_one_and_the_shift_key_makes_a_circle(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await take(teacher, "图形", "长方形")
    await write(teacher, [(0.1, 0.1), (0.2, 0.28)])  # 192 x 194.4 board pixels
    await take(teacher, "圆")
    await teacher.keyboard.down("Shift")
    await write(teacher, [(0.4, 0.1), (0.7, 0.3)])
    await teacher.keyboard.up("Shift")
    await until(lambda: count(teacher, 2))
    for mark in (await marks_of(teacher)).values():
        left, top, right, bottom = mark["body"]["corners"]
        assert abs((right - left) - (bottom - top)) <= 1
    lesson.check()


async def test_two_people_take_back_and_do_again_each_their_own(lesson: Class) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    undo = teacher.get_by_role("button", name="撤销", exact=True)
    redo = teacher.get_by_role("button", name="重做", exact=True)
    await lesson.begin(teacher)
    assert await undo.is_disabled() and await redo.is_disabled(), "there is nothing yet"
    await teacher.get_by_label("谁能写板书").select_option("everyone")
    await take(room, "图形", "圆")
    await write(room, [(0.5, 0.5), (0.7, 0.8)])
    await write(teacher, [(0.1, 0.2), (0.2, 0.3), (0.3, 0.2)])
    await take(teacher, "图形", "箭头")
    await write(teacher, [(0.1, 0.5), (0.3, 0.7)])
    await until(lambda: count(room, 3))
    await same(room, other)
    whole = await board_hash(room)
    await teacher.keyboard.press("Control+z")
    await undo.click()
    await until(undo.is_disabled)
    assert await redo.is_enabled()
    await room.keyboard.press("Control+z")
    await until(lambda: off(room, 3))
    await same(room, other)
    assert await board_hash(room) != whole
    await teacher.keyboard.press("Control+y")
    await redo.click()
    await room.get_by_role("button", name="重做").click()
    await until(lambda: off(room, 0))
    await same(room, other)
    assert await board_hash(room) == whole, "as if nothing had been taken back"
    await lesson.picture(room, "classroom-tools")
    lesson.check()


async def off(page: Page, wanted: int) -> bool:
    return len((await state(page))["board"]["pages"]["1"]["off"]) == wanted


async def compose(page: Page, letters: str, words: str) -> None:
    """Type as with a Chinese keyboard: letters first, and then what was picked for them."""
    keyboard = await page.context.new_cdp_session(page)
    end = len(letters)
    composition = {"text": letters, "selectionStart": end, "selectionEnd": end}
    await keyboard.send("Input.imeSetComposition", composition)
    await keyboard.send("Input.insertText", {"text": words})


async def texts(page: Page) -> list[str]:
    return [m["body"]["text"] for m in (await marks_of(page)).values() if m["body"]["t"] == "text"]


async def test_chinese_words_and_a_note_are_typed_where_they_stand_and_written_anew(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    await take(teacher, "文字", "颜色 2")
    await write(teacher, [(0.1, 0.2)])
    await compose(teacher, "fen'shu", "分数的意义")
    await teacher.keyboard.press("Enter")
    await compose(teacher, "yi'ban", "一半是二分之一，")
    await compose(teacher, "ye", "也是四分之二，也是六分之三，也是八分之四，也是十分之五。")
    await lesson.picture(teacher, "console-typing")
    await write(teacher, [(0.9, 0.9)])  # beside it: the words are done
    await take(teacher, "便签")
    await write(teacher, [(0.6, 0.5)])
    await compose(teacher, "xiang", "想一想：哪个更大？")
    await teacher.keyboard.press("Escape")
    await until(lambda: count(room, 2))
    assert await texts(room) == [
        "分数的意义\n一半是二分之一，也是四分之二，也是六\u2028分之三，也是八分之四，也是十分之五。",
        "想一想：哪个\u2028更大？",
    ]
    await same(room, other)
    before = await board_hash(room)
    await write(teacher, [(0.65, 0.55)])
    field = teacher.get_by_label("在板书上写字")
    assert await field.input_value() == "想一想：哪个更大？", "as it was typed"
    await field.fill("比一比")
    await teacher.keyboard.press("Control+Enter")
    await until(lambda: changed(room, before))
    await same(room, other)
    await lesson.picture(room, "classroom-words")
    await teacher.keyboard.press("Control+z")
    await until(lambda: unchanged(room, before))
    lesson.check()


async def changed(page: Page, before: str) -> bool:
    return await board_hash(page) != before


async def unchanged(page: Page, before: str) -> bool:
    return await board_hash(page) == before


LOOP = [(0.05, 0.05), (0.5, 0.05), (0.5, 0.5), (0.05, 0.5), (0.05, 0.1)]


async def test_what_a_lasso_holds_is_moved_scaled_coloured_and_copied_and_all_of_it_undone(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    await teacher.get_by_label("谁能写板书").select_option("everyone")
    await write(teacher, [(0.1 + 0.01 * n, 0.2 + 0.02 * (n % 3)) for n in range(20)])
    await take(room, "图形", "圆")
    await write(room, [(0.2, 0.3), (0.3, 0.45)])
    await until(lambda: count(teacher, 2))
    await same(room, other)
    before = await board_hash(room)
    await take(teacher, "选择")
    await write(teacher, LOOP)
    await write(teacher, [(0.2, 0.3), (0.35, 0.4), (0.5, 0.45)])  # moved
    await until(lambda: edited(room, 1))
    await lesson.picture(teacher, "console-selected")
    await take(teacher, "颜色 4")
    await teacher.keyboard.press("ArrowDown")
    await teacher.keyboard.press("ArrowDown")
    await until(lambda: edited(room, 3))
    await teacher.keyboard.press("Control+d")
    await until(lambda: count(room, 4))
    await same(room, other)
    copied = await board_hash(room)
    await teacher.keyboard.press("Delete")
    await until(lambda: changed(room, copied))

    await take(room, "选择")
    await write(room, [(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)])
    await room.keyboard.press("Delete")  # its own circle, and nothing of the teacher's
    await until(lambda: edited(teacher, 4))
    for _ in range(5):
        await teacher.keyboard.press("Control+z")
    await room.keyboard.press("Control+z")
    await until(lambda: unchanged(room, before))
    await until(lambda: unchanged(other, before))
    for _ in range(4):
        await teacher.keyboard.press("Control+Shift+z")
    await until(lambda: unchanged(room, copied))
    await same(room, other)
    lesson.check()


async def edited(page: Page, times: int) -> bool:
    """So many things were done to one of the marks."""
    return max(len(mark["changes"]) for mark in (await marks_of(page)).values()) >= times


async def test_a_corner_of_what_is_selected_scales_it_and_the_corner_across_stays(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await take(teacher, "图形", "长方形")
    await write(teacher, [(0.2, 0.2), (0.3, 0.25), (0.4, 0.3)])
    await take(teacher, "选择")
    await write(teacher, [(0.2, 0.25)])
    await write(teacher, [(0.405, 0.31), (0.5, 0.36), (0.605, 0.41)])
    await until(lambda: edited(teacher, 1))
    [mark] = (await marks_of(teacher)).values()
    a, b, c, d, e, f = mark["changes"][0]["edit"]["by"]
    left, top = mark["body"]["corners"][:2]
    assert a == d and abs(a - 2) < 0.05 and b == c == 0
    assert abs(a * left + e - left) <= 1 and abs(d * top + f - top) <= 1
    lesson.check()
