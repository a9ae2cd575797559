"""What a hand can put on the board beside ink, with real pointers and keys."""

import io
import random
from collections.abc import Iterable
from typing import Any

from PIL import Image
from playwright.async_api import FilePayload, Page, expect

from synclass.outlines import read

from ..waiting import until
from .classroom import Class, board_hash, state, write
from .touch import (
    bodies,
    changed,
    compose,
    count,
    let_everyone,
    marks_of,
    off,
    rests,
    same,
    take,
    texts,
    unchanged,
)

SETTERS = """performance.getEntriesByType('resource').map(({ name }) => name)
  .filter(name => /setter/.test(name)).length"""
KINDS = ("直线", "箭头", "长方形", "圆", "三角形", "直角三角形", "坐标系", "第一象限")


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
    await let_everyone(teacher)
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
    await expect(field).to_have_value("想一想：哪个更大？")  # as it was typed
    await field.fill("比一比")
    await teacher.keyboard.press("Control+Enter")
    await until(lambda: changed(room, before))
    await same(room, other)
    await lesson.picture(room, "classroom-words")
    await teacher.keyboard.press("Control+z")
    await until(lambda: unchanged(room, before))
    lesson.check()


async def test_a_formula_is_typed_with_buttons_set_the_same_in_every_room_and_written_anew(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    empty = await board_hash(room)
    await take(teacher, "文字", "公式")
    await take(teacher, "大字", "颜色 3")
    await write(teacher, [(0.1, 0.2)])
    await teacher.get_by_role("button", name="分数", exact=True).click()
    await teacher.keyboard.type("1")
    for _ in range(2):
        await teacher.keyboard.press("ArrowRight")
    await teacher.keyboard.type("2")
    await teacher.keyboard.press("End")
    await teacher.keyboard.type(r"+\left(\begin{array}{c}a\\b\\c\\d\end{array}\right)=")
    await teacher.get_by_role("button", name="根号", exact=True).click()
    await teacher.keyboard.type(r"x^2+\text{米}")
    await teacher.get_by_label("希腊").select_option("pi")
    field = teacher.get_by_label("公式（LaTeX）")
    latex = (
        r"\frac{1}{2}+\left(\begin{array}{c}a\\b\\c\\d\end{array}\right)=\sqrt{x^2+\text{米}\pi }"
    )
    await expect(field).to_have_value(latex)
    await lesson.picture(teacher, "console-formula")
    await teacher.get_by_role("button", name="完成").click()
    await until(lambda: count(room, 1))
    await until(lambda: rests(room, empty))
    await same(room, other)
    first = await board_hash(room)
    [mark] = (await marks_of(room)).values()
    assert len(read(bytes(mark["body"]["outline"])).parts) > 15
    await write(teacher, [(0.12, 0.25)])
    await field.fill(r"\frac{1}{2")
    await teacher.keyboard.press("Enter")
    await teacher.get_by_text("公式还不完整").wait_for()
    await field.fill(r"\frac{2}{4}<\sum_{n=1}^{\infty}\frac{1}{n^2}")
    await teacher.keyboard.press("Enter")
    await until(lambda: changed(room, first))
    await same(room, other)
    await lesson.picture(room, "classroom-formula")
    assert not await room.evaluate(SETTERS), "a classroom need not know how a formula is set"
    await teacher.keyboard.press("Control+z")
    await until(lambda: unchanged(room, first))
    await let_everyone(teacher)
    await take(room, "文字", "公式")
    await write(room, [(0.3, 0.7)])
    await room.get_by_label("公式（LaTeX）").fill(r"\frac{3}{4}")
    await lesson.picture(room, "classroom-types-formula")
    await room.get_by_role("button", name="完成").click()
    await until(lambda: count(other, 2))
    await same(room, other)
    assert not await other.evaluate(SETTERS)
    lesson.check()


PASTE = """async () => {
  const canvas = new OffscreenCanvas(200, 100);
  canvas.getContext('2d').fillRect(50, 25, 100, 50);
  const given = new DataTransfer();
  given.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
  dispatchEvent(new ClipboardEvent('paste', { clipboardData: given }));
}"""


DRAWN_ON_LAYER = """(() => {
  const [, layer] = document.querySelectorAll('.room-board .sheet canvas');
  const middle = [layer.width / 2, layer.height / 2, 1, 1].map(Math.round);
  return layer.getContext('2d').getImageData(...middle).data[3] === 255;
})()"""


async def test_a_picture_that_is_pasted_lies_on_the_board_in_every_room(lesson: Class) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    empty = await board_hash(room)
    await teacher.evaluate(PASTE)
    await until(lambda: count(room, 1), within=30)
    [mark] = (await marks_of(room)).values()
    assert mark["body"]["t"] == "picture"
    _, _, width, height = mark["body"]["box"]
    assert width == 2 * height
    await until(lambda: rests(room, empty))
    await same(room, other)
    await lesson.picture(room, "classroom-picture")
    await room.evaluate(PASTE)
    assert await board_hash(room) == await board_hash(other), "the board is not open to it"
    await teacher.get_by_role("button", name="谁来写").click()
    await teacher.get_by_role("button", name="画一个框").first.click()
    await write(teacher, [(0.1, 0.1), (0.15, 0.2), (0.2, 0.3)])
    await room.get_by_text("我们的框").wait_for()
    await room.evaluate(PASTE)
    await until(lambda: count(other, 2), within=30)
    assert lies_within((await marks_of(other)).values(), 0.1, 0.1, 0.2, 0.3)
    await teacher.get_by_role("button", name="让各教室写").click()
    await room.get_by_text("你们写在自己的图层上").wait_for()
    photo = photograph()
    exercise = FilePayload(name="作业.jpg", mimeType="image/jpeg", buffer=photo)
    async with room.expect_request(lambda one: "/pictures?" in one.url) as sent:
        await room.locator(".room-tools input[type=file]").set_input_files(exercise)
    length = int((await (await sent.value).all_headers())["content-length"])
    assert 0 < length < len(photo) / 2, "it is made lighter before it is sent"
    await until(lambda: on_layer(teacher), within=30)
    await until(lambda: room.evaluate(DRAWN_ON_LAYER))
    await lesson.picture(room, "classroom-picture-layer")
    lesson.check()


async def on_layer(teacher: Page) -> bool:
    layers: list[dict[str, Any]] = (await state(teacher))["layers"]["own"]
    marks = [mark for one in layers for mark in one["marks"]]
    boxes: list[list[int]] = [mark["body"]["box"] for mark in marks]
    return boxes == [[480 * 4, 180 * 4, 960 * 4, 720 * 4]]


def photograph() -> bytes:
    """Twice as large as a board has room for, and as heavy as they are."""
    grain = Image.frombytes("RGB", (250, 188), random.Random(1).randbytes(250 * 188 * 3))
    out = io.BytesIO()
    grain.resize((2560, 1920)).save(out, "JPEG", quality=92)
    return out.getvalue()


def lies_within(
    marks: Iterable[dict[str, Any]], left: float, top: float, right: float, bottom: float
) -> bool:
    """The last of these, in shares of the board."""
    x, y, width, height = list(marks)[-1]["body"]["box"]
    fits = left * 7680 - 8 <= x and x + width <= right * 7680 + 8
    return bool(fits and top * 4320 - 8 <= y and y + height <= bottom * 4320 + 8)


async def test_every_control_has_a_name_of_its_own_and_can_be_reached_by_keyboard(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    groups = teacher.locator(".rail button:enabled")
    for n in range(await groups.count()):
        await groups.nth(n).click()
        unnamed = await teacher.evaluate(
            """[...document.querySelectorAll('.rail button, .offers button, .offers input')]
                 .filter(one => !one.getAttribute('aria-label') && !one.textContent.trim())
                 .filter(one => !one.labels?.length)
                 .map(one => one.outerHTML)"""
        )
        assert unnamed == []
        names = await teacher.evaluate(
            """[...document.querySelectorAll('.rail button, .offers button')]
                 .map(one => one.getAttribute('aria-label') || one.textContent.trim())"""
        )
        assert len(set(names)) == len(names), names
        small = await teacher.evaluate(
            """[...document.querySelectorAll('.rail button, .offers .opt')]
                 .filter(one => one.getBoundingClientRect().height < 48)
                 .map(one => one.outerHTML)"""
        )
        assert small == []
    await groups.first.focus()
    await teacher.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement).outlineStyle"
    assert await teacher.evaluate(focused) == "solid", "one sees where one is"
    lesson.check()
