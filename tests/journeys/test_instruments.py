"""Ruler, protractor and compasses lead a pen, and keys move them."""

import math

from playwright.async_api import expect

from ..waiting import until
from .classroom import Class, write
from .touch import count, pixel, strokes, take


async def test_a_pen_runs_along_the_ruler_and_the_arm_of_the_protractor_and_round_the_compasses(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await take(teacher, "量具", "直尺")
    await write(teacher, [pixel(900, 640), pixel(880, 400), pixel(800, 300)])  # its middle is moved
    wobbly = [pixel(500 + 30 * n, 240 + (n % 3) * 9) for n in range(20)]
    await write(teacher, wobbly)
    await take(teacher, "直尺")
    await take(teacher, "量角器", "颜色 2")
    await write(teacher, [pixel(1130, 366), pixel(1250, 400), pixel(1140, 480)])  # its arm
    reading = teacher.locator(".protractor > text").last
    await expect(reading).to_have_text("45°")
    await write(teacher, [pixel(1170, 455), pixel(1250, 380), pixel(1400, 230)])
    await lesson.picture(teacher, "console-protractor")
    await take(teacher, "量角器")
    await take(teacher, "圆规", "颜色 3")
    around = [math.radians(3 * n) for n in range(121)]
    await write(teacher, [pixel(820 + 180 * math.cos(a), 700 + 180 * math.sin(a)) for a in around])
    await lesson.picture(teacher, "console-compasses")
    await until(lambda: count(teacher, 3))
    along, arm, circle = await strokes(teacher)
    assert {y for _, y, _ in along} == {(300 - 46) * 4}, "as straight as its edge"
    cx, cy = 960 * 4, 660 * 4
    assert all(abs((x - cx) + (y - cy)) <= 2 for x, y, _ in arm), "at 45 degrees"
    assert all(abs(math.hypot(x - 820 * 4, y - 700 * 4) - 720) <= 4 for x, y, _ in circle), (
        "within a pixel"
    )
    assert len({(x > 820 * 4, y > 700 * 4) for x, y, _ in circle}) == 4, "all around"
    lesson.check()


async def test_keys_move_and_turn_an_instrument(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await take(teacher, "量具", "直尺")
    ruler = teacher.locator(".ruler")
    for key in ("ArrowLeft", "ArrowUp", "]", "]", "Shift+ArrowRight"):
        await teacher.keyboard.press(key)
    assert await ruler.get_attribute("transform") == "translate(953 632) rotate(2)"
    lesson.check()
