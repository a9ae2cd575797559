"""The pages of a board: turned, moved, deleted, brought back, and the same in every classroom."""

from functools import partial
from typing import Any

from playwright.async_api import Page

from recorder.shelf import FileShelf
from synclass import wire
from synclass.inclass.gaze import Curtain, Seen
from synclass.ink import decode_stroke
from synclass.words import LessonId

from ..waiting import until
from .classroom import Class, board_box, board_hash, state, write
from .test_lesson import CURVE, line, strokes
from .touch import pixel, take

PAPERS = ("grid", "tian", "mi", "lines", "staff", "axes")


async def order(page: Page) -> list[int]:
    pages = (await state(page))["pages"]
    return [pages["current"], *pages["order"]]


async def same_pages(*screens: Page) -> bool:
    first, *others = [await order(screen) for screen in screens]
    return all(other == first for other in others)


async def thumb(page: Page, place: int) -> dict[str, Any]:
    """Where a small page lies on the screen, counted from 1."""
    leaf = page.get_by_role("button", name=f"第 {place} 页", exact=True)
    await leaf.scroll_into_view_if_needed()
    box = await leaf.bounding_box()
    assert box
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


async def test_pages_are_moved_deleted_and_brought_back_for_everyone(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await write(teacher, CURVE)
    for _ in range(2):
        await teacher.get_by_role("button", name="新的一页").click()
    await until(lambda: turned_to(room, [3, 1, 2, 3]))
    await write(teacher, line(2))
    await teacher.get_by_role("button", name="板书页").click()
    first, last = await thumb(teacher, 1), await thumb(teacher, 3)
    await teacher.mouse.move(first["x"], first["y"])
    await teacher.mouse.down()
    await teacher.mouse.move(last["x"], last["y"], steps=8)
    await lesson.picture(teacher, "pages-dragged")
    await teacher.mouse.up()
    for screen in (room, teacher):
        await until(partial(turned_to, screen, [3, 2, 3, 1]))
    await teacher.get_by_role("button", name="第 3 页", exact=True).focus()
    await teacher.keyboard.press("Alt+ArrowLeft")
    for screen in (room, teacher):
        await until(partial(turned_to, screen, [3, 2, 1, 3]))
    await teacher.get_by_role("button", name="删除此页").click()
    await until(lambda: turned_to(room, [1, 2, 1]))
    await teacher.get_by_role("button", name="恢复", exact=True).click()
    await until(lambda: turned_to(room, [3, 2, 1, 3]))
    await until(lambda: same_pages(teacher, room))
    assert await strokes(room, 2), "what was written on it is there as before"
    await teacher.keyboard.press("PageUp")
    await until(lambda: turned_to(room, [1, 2, 1, 3]))
    lesson.check()


async def turned_to(page: Page, wanted: list[int]) -> bool:
    return await order(page) == wanted


async def test_every_paper_is_laid_under_what_is_written(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学", size="desk")
    await lesson.begin(teacher)
    await write(teacher, CURVE)
    await until(lambda: strokes(room, 1))
    seen = {await board_hash(room)}
    for number, kind in enumerate(PAPERS):
        await teacher.get_by_label("这一页的纸").select_option(kind)
        await until(partial(laid, room, kind))
        seen.add(await board_hash(room))
        assert len(seen) == number + 2, f"{kind} looks like another"
        await lesson.picture(room, f"paper-{kind}")
    assert await strokes(room, 1)
    lesson.check()


async def laid(page: Page, kind: str) -> bool:
    return bool((await state(page))["pages"]["papers"]["1"]["background"] == kind)


async def test_a_room_follows_the_teachers_zoom_until_it_looks_about_freely(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await write(teacher, CURVE)
    await teacher.get_by_role("button", name="新的一页").click()
    await write(teacher, line(3))
    await until(lambda: strokes(room, 2))
    whole = await board_hash(room)
    box = await board_box(teacher)
    await teacher.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.4)
    await teacher.keyboard.down("Control")
    for _ in range(4):
        await teacher.mouse.wheel(0, -100)
    await teacher.keyboard.up("Control")
    await until(lambda: sees_less(room, than=7680))
    assert (await view(room))["x"] > 0, "it grows where the mouse is"
    await until(lambda: differs(room, whole))
    await lesson.picture(teacher, "console-zoomed")
    await lesson.picture(room, "classroom-zoomed")
    await write(teacher, [(0.5, 0.5), (0.6, 0.6), (0.7, 0.5)])
    await until(lambda: strokes(room, 3))
    await room.get_by_role("button", name="自己翻看").click()
    await room.get_by_role("button", name="上一页").click()
    await room.get_by_text("你们在自己看第 1 页，老师在第 2 页").wait_for()
    await lesson.picture(room, "classroom-browsing")
    assert (await state(room))["pages"]["current"] == 2, "no page was turned for anybody"
    await room.get_by_role("button", name="回到老师").click()
    await until(lambda: differs(room, whole))
    await teacher.get_by_role("button", name="看整页").click()
    await until(lambda: sees_all(room))
    lesson.check()


async def view(page: Page) -> dict[str, int]:
    seen: dict[str, int] = (await state(page))["gaze"]["view"]
    return seen


async def sees_less(page: Page, *, than: int) -> bool:
    return (await view(page))["width"] < than


async def sees_all(page: Page) -> bool:
    return (await view(page))["width"] == 7680


async def differs(page: Page, pixels: str) -> bool:
    return await board_hash(page) != pixels


async def test_two_fingers_zoom_and_write_nothing(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    box = await board_box(teacher)
    touch = await teacher.context.new_cdp_session(teacher)
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for kind, apart in (("touchStart", 40), ("touchMove", 90), ("touchMove", 160)):
        points = [{"x": middle[0] + side * apart, "y": middle[1], "id": side} for side in (-1, 1)]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await until(lambda: sees_less(teacher, than=4000))
    assert not await strokes(teacher, 1)
    lesson.check()


async def test_the_curtain_and_the_spotlight_are_seen_and_are_in_the_replay(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await write(teacher, CURVE)
    await teacher.get_by_role("button", name="幕布").click()
    handle = teacher.get_by_role("button", name="拉动幕布")
    grip = await handle.bounding_box()
    assert grip
    await teacher.mouse.move(grip["x"] + 20, grip["y"] + 20)
    await teacher.mouse.down()
    await teacher.mouse.move(grip["x"] + 20, grip["y"] + 260, steps=12)
    await teacher.mouse.up()
    await until(lambda: covered(room, 500, 3500))
    await lesson.picture(teacher, "console-curtain")
    await lesson.picture(room, "classroom-curtain")
    late = await lesson.room("双庙中心校", size="desk")
    assert await covered(late, 500, 3500), "who comes late sees it as well"
    await teacher.get_by_role("button", name="幕布", exact=True).click()
    await teacher.get_by_role("button", name="聚光灯", exact=True).click()
    await room.locator(".sights .spot").wait_for()
    await until(lambda: lit(room))
    await lesson.picture(teacher, "console-spot")
    await lesson.picture(room, "classroom-spot")
    await end(lesson, teacher)
    await replayed(lesson)
    lesson.check()


async def covered(page: Page, least: int, most: int) -> bool:
    reach = (await state(page))["gaze"]["curtain"]["reach"]
    return bool(least < reach < most)


async def lit(page: Page) -> bool:
    return bool((await state(page))["gaze"]["spot"]["radius"])


async def end(lesson: Class, teacher: Page) -> None:
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await until(lambda: lesson.stage(teacher, "postclass"))


async def replayed(lesson: Class) -> None:
    """An admin sees the curtain where it hung, and it is drawn there."""
    records = FileShelf(lesson.server.data).read(LessonId(lesson.lesson))
    entries = [entry for record in records for entry in wire.entries(record)]
    hung = [e for e in entries if isinstance(e.fact, Seen) and isinstance(e.fact.sight, Curtain)]
    assert 1 < len(hung) < 12, "kept at a low rate"
    admin = await lesson.window("teacher")
    await lesson.known(admin, "admin")
    await admin.goto(f"/replay/{lesson.lesson}")
    await admin.get_by_role("button", name="播放").wait_for()
    await admin.evaluate("at => window.synclass.seek(at)", hung[-2].ms / 1000 + 0.05)
    await admin.locator(".sights .curtain").wait_for()
    await lesson.picture(admin, "replay-curtain")


async def test_each_classroom_writes_on_its_own_layer_and_the_teacher_shows_one(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    village, other = [await lesson.room(name) for name in ("草兴小学", "双庙中心校")]
    await lesson.begin(teacher)
    await teacher.get_by_role("button", name="谁来写").click()
    await teacher.get_by_role("button", name="让各教室写").click()
    await village.get_by_text("你们写在自己的图层上").wait_for()
    before = await board_hash(other)
    await write(village, CURVE)
    await write(other, line(8))
    await until(lambda: layered(teacher, 2))
    await lesson.picture(village, "classroom-layer")
    await lesson.picture(teacher, "console-layers")
    assert not await strokes(teacher, 1), "nothing lies on the board"
    assert await layered(other, 1), "nobody but the teacher has what another wrote"
    await teacher.get_by_role("button", name="给大家看：草兴小学").click()
    await until(lambda: shown(other, 1))
    await other.get_by_text("大家在看：草兴小学").wait_for()
    await lesson.picture(other, "classroom-shown")
    card = teacher.get_by_role("listitem", name="草兴小学")
    await card.get_by_role("button", name="放到板书上").click()
    await until(lambda: strokes(other, 1))
    await until(lambda: shown(other, 0))
    await teacher.get_by_role("button", name="擦掉：双庙中心校").click()
    await until(lambda: layered(teacher, 0))
    await teacher.get_by_role("button", name="停止书写").click()
    await until(lambda: same_boards(teacher, village, other))
    assert await board_hash(other) != before
    lesson.check()


async def layered(page: Page, count: int) -> bool:
    own = (await state(page))["layers"]["own"]
    return sum(len(layer["marks"]) for layer in own) == count


async def shown(page: Page, count: int) -> bool:
    return len((await state(page))["layers"]["shown"]) == count


async def same_boards(*screens: Page) -> bool:
    pages = [(await state(screen))["board"]["pages"] for screen in screens]
    return all(one == pages[0] for one in pages)


async def test_a_classroom_draws_on_its_layer_rubs_out_takes_back_and_does_again(
    lesson: Class,
) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await teacher.get_by_role("button", name="谁来写").click()
    await teacher.get_by_role("button", name="让各教室写").click()
    await room.get_by_text("你们写在自己的图层上").wait_for()
    blank = await board_hash(room)
    for number in range(3):
        await write(room, line(number))
    await until(lambda: layered(teacher, 3))
    await take(room, "图形", "箭头")
    await write(room, [(0.5, 0.5), (0.7, 0.7)])
    await until(lambda: layered(teacher, 4))
    whole = await board_hash(room)
    await take(room, "橡皮")
    await write(room, [(0.2, 0.15), (0.2, 0.22)])
    await until(lambda: layered(teacher, 3))
    await room.reload()
    await room.get_by_text("你们写在自己的图层上").wait_for()
    undo, redo = (room.get_by_role("button", name=name) for name in ("撤销", "重做"))
    await undo.click()
    await until(lambda: layered(teacher, 4))
    await until(lambda: same_pixels(room, whole))
    for left in (3, 2, 1, 0):
        await undo.click()
        await until(partial(layered, teacher, left))
    await until(lambda: same_pixels(room, blank))
    assert await undo.is_disabled()
    await room.reload()
    for count in (1, 2, 3, 4):
        await redo.click()
        await until(partial(layered, teacher, count))
    await until(lambda: same_pixels(room, whole))
    await take(room, "量具", "直尺")
    await lesson.picture(room, "classroom-layer-tools")
    await write(room, [pixel(600 + 30 * n, 580 + (n % 3) * 9) for n in range(12)])
    await until(lambda: layered(teacher, 5))
    [layer] = (await state(teacher))["layers"]["own"]
    along = decode_stroke(bytes(layer["marks"][-1]["body"]["ink"]))
    assert {y for _, y, _ in along} == {(640 - 46) * 4}, "as straight as its edge"
    lesson.check()


async def same_pixels(page: Page, pixels: str) -> bool:
    return await board_hash(page) == pixels


async def test_a_box_lets_one_classroom_write_and_holds_its_pen(lesson: Class) -> None:
    teacher = await lesson.teacher()
    village, other = [await lesson.room(name) for name in ("草兴小学", "双庙中心校")]
    await lesson.begin(teacher)
    await teacher.get_by_role("button", name="谁来写").click()
    await teacher.get_by_role("button", name="画一个框").click()
    await write(teacher, [(0.1, 0.1), (0.3, 0.3), (0.5, 0.5)])
    await village.get_by_text("我们的框").wait_for()
    await other.locator(".box", has_text="草兴小学").wait_for()
    assert not await strokes(teacher, 1), "a box is no stroke"
    await write(village, [(0.3, 0.3), (0.4, 0.4), (0.9, 0.4), (0.4, 0.45)])
    await until(lambda: strokes(other, 1))
    await lesson.picture(village, "classroom-box")
    await lesson.picture(teacher, "console-box")
    await write(village, [(0.7, 0.7), (0.8, 0.8)])
    await village.get_by_text("只能写在你们的框里").wait_for()
    await write(other, [(0.3, 0.3), (0.4, 0.4)])
    assert not await strokes(other, 2), "the box is another's"
    await teacher.get_by_role("button", name="收回").click()
    await until(lambda: boxes(village, 0))
    lesson.check()


async def boxes(page: Page, count: int) -> bool:
    return len((await state(page))["board"]["boxes"]) == count
