"""Ink on the board with real pointers: two hands at once, erasers, palms and predicted points."""

import asyncio
from typing import Any

from playwright.async_api import Page

from synclass.ink import Point, decode_stroke

from ..waiting import until
from .cable import Cable
from .classroom import Class, board_box, board_hash, state, write
from .test_cut import enter

ACROSS = [(0.1 + 0.03 * n, 0.3 + 0.002 * (n % 5)) for n in range(25)]
BELOW = [(0.1 + 0.03 * n, 0.6 + 0.002 * (n % 7)) for n in range(25)]
THROUGH = [(0.4, 0.1 + 0.02 * n) for n in range(30)]
MIDDLE = [(0.4 + 0.02 * n, 0.5) for n in range(20)]
REASON = "老师没有开放板书，刚才的没有写上去。"
POINTERS = """([...steps]) => {
  const sheet = document.querySelector('.sheet');
  sheet.setPointerCapture = () => undefined;  // the browser knows no pointer of a test's making
  const box = sheet.getBoundingClientRect();
  const at = ([x, y]) => ({clientX: box.left + x * box.width, clientY: box.top + y * box.height});
  const made = (type, pointerType, pointerId, place, more) => new PointerEvent(type, {
    pointerType, pointerId, bubbles: true, pressure: 0.5, button: 0, width: 20, height: 20,
    ...at(place), ...more,
  });
  for (const [type, kind, id, place, more = {}] of steps) {
    const report = made.bind(null, 'pointermove', kind, id);
    const {ahead = [], ...size} = more;
    const predictedEvents = ahead.map(place => report(place));
    sheet.dispatchEvent(made(type, kind, id, place, {...size, predictedEvents}));
  }
}"""


async def marks(page: Page) -> dict[str, Any]:
    board = (await state(page))["board"]
    found: dict[str, Any] = board["pages"]["1"]["marks"]
    return found


async def lifted(page: Page, count: int) -> bool:
    board = (await state(page))["board"]
    return len(board["pages"]["1"]["marks"]) == count and not board["drawing"]


async def settled(pages: list[Page]) -> list[str]:
    """The pixels of each, once nothing moves any more; their sizes differ with what is beside."""
    seen = list[str]()

    async def still() -> bool:
        before = list(seen)
        await asyncio.sleep(0.2)
        seen[:] = [await board_hash(page) for page in pages]
        return seen == before

    await until(still)
    return seen


async def become(pages: list[Page], wanted: list[str]) -> None:
    async def so() -> bool:
        return [await board_hash(page) for page in pages] == wanted

    await until(so)


async def cuts(page: Page, count: int) -> bool:
    changes = [change for mark in (await marks(page)).values() for change in mark["changes"]]
    return len([change for change in changes if change["edit"]["t"] == "cut"]) == count


async def edited(page: Page, wanted: list[list[str]]) -> bool:
    """Whether this, and no more, was done to each mark."""
    changed = [mark["changes"] for mark in (await marks(page)).values()]
    return [[change["edit"]["t"] for change in one] for one in changed] == wanted


async def off(page: Page, count: int) -> bool:
    return len((await state(page))["board"]["pages"]["1"]["off"]) == count


async def test_two_write_at_once_and_one_erases_through_the_others_stroke_and_both_undo(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    village, other = [await lesson.room(name) for name in ("草兴小学", "逸夫小学")]
    await lesson.begin(teacher)
    await village.get_by_role("button", name="举手").click()
    await teacher.get_by_role("button", name="请上台").first.click()
    await village.get_by_text("你们在台上").wait_for()
    await asyncio.gather(write(teacher, ACROSS), write(village, BELOW))
    await until(lambda: lifted(other, 2))
    pages = [teacher, village, other]
    written = await settled(pages)

    await teacher.get_by_role("button", name="橡皮", exact=True).click()
    await write(teacher, THROUGH)
    await until(lambda: cuts(other, 2))
    erased = await settled(pages)
    late = await lesson.room("双庙小学")
    await become([late], [erased[2]])
    await lesson.picture(other, "classroom-erased-through")

    await asyncio.gather(teacher.keyboard.press("Control+z"), village.keyboard.press("Control+z"))
    await until(lambda: off(other, 2))
    alone = await settled(pages)
    for one, two, three in zip(written, erased, alone, strict=True):
        assert len({one, two, three}) == 3
    await become([late], [alone[2]])
    await village.keyboard.press("Control+Shift+z")
    await become([*pages, late], [*written, written[2]])
    await teacher.keyboard.press("Control+Shift+z")
    await become([*pages, late], [*erased, erased[2]])
    lesson.check()


async def test_the_eraser_for_whole_marks_takes_the_stroke_and_undo_brings_it_back(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await write(teacher, ACROSS)
    await write(teacher, BELOW)
    await until(lambda: lifted(teacher, 2))
    written = await board_hash(teacher)
    await teacher.get_by_role("button", name="橡皮", exact=True).click()
    await teacher.get_by_role("button", name="擦整个").click()
    await write(teacher, THROUGH[:16])
    await until(lambda: edited(teacher, [["hide"], []]))
    assert await board_hash(teacher) != written
    await teacher.keyboard.press("Control+z")
    await become([teacher], [written])
    lesson.check()


async def test_ink_that_the_teacher_no_longer_wants_vanishes_from_its_own_screen_with_a_reason(
    lesson: Class,
) -> None:
    """The board is closed within a stroke, and then while the room's line is down."""
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    async with Cable(lesson.server.port) as cable:
        village, other = await enter(lesson, cable, "草兴小学"), await lesson.room("逸夫小学")
        await let(teacher, "所有教室", village)
        await drag(village, ACROSS[:12])
        await until(lambda: drawing(teacher))
        await let(teacher, "只有老师", village)
        await drag(village, MIDDLE, down=False)
        await village.get_by_text(REASON).wait_for()
        await lesson.picture(village, "classroom-refused")
        await until(lambda: lifted(teacher, 1))
        await village.mouse.up()
        await until(lambda: bare(village, 0.7))
        kept = await settled([village, other])
        assert kept[0] == kept[1]

        await let(teacher, "所有教室", village)
        await village.get_by_text(REASON).wait_for(state="detached")
        cable.pull()
        await write(village, MIDDLE)
        assert await inked(village, 0.7)
        await let(teacher, "只有老师", other)
        cable.plug_in()
        await village.get_by_text(REASON).wait_for(timeout=20_000)
        await until(lambda: bare(village, 0.7))
        assert await settled([village, other]) == kept
        await until(lambda: lifted(village, 1))
    lesson.check()


async def let(teacher: Page, who: str, seen_by: Page) -> None:
    """The teacher says who may write; wait until another screen knows."""
    if not await teacher.get_by_role("button", name=who).is_visible():
        await teacher.get_by_role("button", name="谁来写").click()
    await teacher.get_by_role("button", name=who).click()
    wanted = {"所有教室": "everyone", "只有老师": "nobody"}[who]

    async def known() -> bool:
        return bool((await state(seen_by))["board"]["let"] == wanted)

    await until(known)


async def drag(page: Page, points: list[tuple[float, float]], *, down: bool = True) -> None:
    """A pen that is not lifted."""
    box = await board_box(page)
    for n, (x, y) in enumerate(points):
        await page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if down and n == 0:
            await page.mouse.down()


async def drawing(page: Page) -> bool:
    return bool((await state(page))["board"]["drawing"])


async def test_the_hand_that_holds_a_pen_writes_nothing(lesson: Class) -> None:
    """A palm before the pen, beside it, after it; and a whole fist."""
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    palm, pen = ("touch", 2), ("pen", 1)
    await teacher.evaluate(
        POINTERS,
        [
            ("pointerdown", *palm, (0.6, 0.7)),
            ("pointermove", *palm, (0.62, 0.72)),
            ("pointerdown", *pen, (0.2, 0.2)),
            ("pointermove", *palm, (0.65, 0.75)),
            ("pointermove", *pen, (0.3, 0.25)),
            ("pointerup", *pen, (0.3, 0.25)),
            ("pointerdown", "touch", 3, (0.7, 0.7)),
            ("pointermove", "touch", 3, (0.8, 0.8)),
            ("pointerup", "touch", 3, (0.8, 0.8)),
            ("pointerup", *palm, (0.65, 0.75)),
        ],
    )
    await until(lambda: lifted(teacher, 1))
    await asyncio.sleep(0.8)  # the pen is put away, and then comes a fist
    fist = ("touch", 4, (0.5, 0.5), {"width": 90, "height": 110})
    finger = ("touch", 5, (0.5, 0.8))
    await teacher.evaluate(POINTERS, [("pointerdown", *fist), ("pointerup", *fist)])
    await teacher.evaluate(POINTERS, [("pointerdown", *finger), ("pointerup", *finger)])
    await until(lambda: lifted(teacher, 2))
    inks = [await decoded(teacher, number) for number in await marks(teacher)]
    assert all(x < 0.35 * 7680 and y < 0.3 * 4320 for x, y, _ in inks[0]), "the pen's"
    assert [(round(x, -1), round(y, -1)) for x, y, _ in inks[1]] == [(3840, 3460)], "the finger's"
    lesson.check()


async def test_two_fingers_put_down_together_write_nothing(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    one, two = ("touch", 1), ("touch", 2)
    await teacher.evaluate(
        POINTERS,
        [
            ("pointerdown", *one, (0.4, 0.4)),
            ("pointermove", *one, (0.39, 0.39)),
            ("pointerdown", *two, (0.6, 0.6)),
            ("pointermove", *two, (0.7, 0.7)),
            ("pointerup", *one, (0.39, 0.39)),
            ("pointerup", *two, (0.7, 0.7)),
        ],
    )
    await write(teacher, ACROSS)
    await until(lambda: lifted(teacher, 1))
    lesson.check()


async def test_where_the_pen_is_believed_to_go_is_seen_and_never_sent(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    down = [("pointerdown", "pen", 1, (0.2, 0.5))]
    ahead = {"ahead": [(0.5, 0.5), (0.8, 0.5)]}
    moves = [("pointermove", "pen", 1, (0.2 + 0.01 * n, 0.5), ahead) for n in range(1, 6)]
    await teacher.evaluate(POINTERS, [*down, *moves])
    await until(lambda: inked(teacher, 0.7))
    await teacher.evaluate(POINTERS, [("pointerup", "pen", 1, (0.25, 0.5))])
    await until(lambda: lifted(teacher, 1))
    await until(lambda: bare(teacher, 0.7))
    [number] = await marks(teacher)
    assert max(x for x, _, _ in await decoded(teacher, number)) <= 0.26 * 7680
    lesson.check()


async def inked(page: Page, x: float) -> bool:
    """Whether there is moving ink in the middle of the board, so far to the right."""
    return bool(
        await page.evaluate(
            """x => {
              const canvas = [...document.querySelectorAll('.sheet canvas')].at(-1);
              const {width, height} = canvas;
              const ctx = canvas.getContext('2d');
              const strip = ctx.getImageData(x * width, 0.48 * height, 1, 0.04 * height);
              return strip.data.some(value => value > 0);
            }""",
            x,
        )
    )


async def decoded(page: Page, number: str) -> list[Point]:
    """The points of a stroke as the lesson has it."""
    ink = bytes((await marks(page))[number]["body"]["ink"])
    return decode_stroke(ink)


async def bare(page: Page, x: float) -> bool:
    """Painted is in the next frame."""
    return not await inked(page, x)
