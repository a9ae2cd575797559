"""Numbers, short words and drawings are answered and stay hidden until shown, in both languages."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from ..waiting import until
from .classroom import Class, board_box, state, write

ENGLISH = "localStorage.setItem('synclass.lang', 'en');"
ZH = {"quiz": "小测", "ask": "发题", "show": "公布", "end": "收起", "answer": "你们的答案"}
ZH |= {"send": "提交", "done": "画好了", "number": "数字", "text": "短答", "drawn": "画图"}
EN = {
    "quiz": "Quiz",
    "ask": "Ask",
    "show": "Show to all",
    "end": "Put away",
    "answer": "Your answer",
}
EN |= {"send": "Send", "done": "Drawn", "number": "Number", "text": "Short text", "drawn": "Drawn"}
SAID = (("number", "３/4", "3/4"), ("text", "<i>三分之二</i>", "<i>三分之二</i>"))


async def quiz(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = (await state(page))["quiz"]
    return found


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
async def test_each_kind_is_answered_and_hidden_until_it_is_shown(
    lesson: Class, words: dict[str, str]
) -> None:
    teacher = await lesson.teacher()
    one, other = await lesson.room("草兴小学"), await lesson.room("双庙中心校")
    await lesson.begin(teacher)
    tongue = "zh" if words is ZH else "en"
    if words is EN:
        for page in (teacher, one, other):
            await page.evaluate(ENGLISH)
            await page.reload()
            await until(lambda page=page: lesson.stage(page, "inclass"))  # type: ignore[misc]
    await teacher.locator(".drawers").get_by_role("button", name=words["quiz"]).click()
    for kind, typed, kept in SAID:
        await ask(teacher, words, kind)
        await answer(one, words, typed)
        await hidden(teacher, one, other, kept)
        await lesson.picture(one, f"quiz-{kind}-{tongue}")
        await show(teacher, other, words, kept)
        await lesson.picture(other, f"quiz-{kind}-shown-{tongue}")
        await teacher.get_by_role("button", name=words["end"], exact=True).click()
    await ask(teacher, words, "drawn")
    await draw(one, words)
    await hidden(teacher, one, other, "done")
    await lesson.picture(one, f"quiz-drawn-{tongue}")
    await lesson.picture(teacher, f"quiz-drawn-console-{tongue}")
    assert (await state(other))["layers"]["own"] == [], "nor what was drawn"
    await show(teacher, other, words, words["done"])
    lesson.check()


async def ask(teacher: Page, words: dict[str, str], kind: str) -> None:
    await (
        teacher.locator(".quiz-drawer .segments")
        .get_by_role("button", name=words[kind], exact=True)
        .first.click()
    )
    await teacher.get_by_role("button", name=words["ask"], exact=True).click()


async def answer(room: Page, words: dict[str, str], typed: str) -> None:
    await room.get_by_label(words["answer"]).fill(typed)
    await room.get_by_role("button", name=words["send"], exact=True).click()


async def draw(room: Page, words: dict[str, str]) -> None:
    """On its own layer, above the card that asks."""
    await room.locator(".on-layer").wait_for()
    await write(room, [(0.1, 0.1), (0.3, 0.2), (0.5, 0.1)])
    await room.locator(".quiz-up").get_by_role("button", name=words["done"]).click()


async def hidden(teacher: Page, one: Page, other: Page, kept: str) -> None:
    """The teacher has it, the room has its own, and nobody else has anything."""

    async def counted() -> bool:
        answers = (await quiz(teacher))["answers"].values()
        return [list(one["counts"]) for one in answers] == [[kept]]

    await until(counted)
    assert len((await quiz(one))["answers"]) == 1
    seen = await quiz(other)
    assert (seen["answers"], seen["now"]["rooms"]) == ({}, {})
    await expect(other.locator(".quiz-bar")).to_have_count(0)


async def show(teacher: Page, other: Page, words: dict[str, str], kept: str) -> None:
    await teacher.get_by_role("button", name=words["show"], exact=True).click()
    await expect(other.locator(".quiz-bar").first).to_contain_text(kept)


async def test_beside_a_large_picture_the_board_keeps_half_of_the_screen(lesson: Class) -> None:
    teacher = await lesson.teacher()
    one, other = await lesson.room("草兴小学"), await lesson.room("双庙中心校", size="desk")
    await lesson.begin(teacher)
    await write(teacher, [(0.2, 0.3), (0.4, 0.6), (0.6, 0.3), (0.8, 0.6)])
    await teacher.get_by_role("button", name="请上台").first.click()
    await one.get_by_text("你们在台上").wait_for()
    await teacher.get_by_role("button", name="放大给大家").click()
    await other.locator(".room.enlarged .picture.first").wait_for()
    assert (await board_box(other))["width"] > 1366 * 0.5
    shown = await other.locator(".picture.first").bounding_box()
    assert shown and shown["width"] > 1366 * 0.4
    await lesson.picture(other, "large-1366")
    await other.set_viewport_size({"width": 1920, "height": 1080})
    await lesson.picture(other, "large-1920")
    lesson.check()
