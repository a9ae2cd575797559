"""The pages of a board: turned, moved, deleted, brought back, and the same in every classroom."""

from functools import partial
from typing import Any

from playwright.async_api import Page

from ..waiting import until
from .classroom import Class, board_hash, state, write
from .test_lesson import CURVE, line, strokes

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
    await until(lambda: turned_to(room, [3, 2, 3, 1]))
    await teacher.get_by_role("button", name="第 3 页", exact=True).focus()
    await teacher.keyboard.press("Alt+ArrowLeft")
    await until(lambda: turned_to(room, [3, 2, 1, 3]))
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
