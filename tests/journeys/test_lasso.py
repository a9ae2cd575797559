"""What is selected on the board, and what is done to it, by two people at once."""

from ..waiting import until
from .classroom import Class, board_hash, write
from .touch import changed, count, edited, let_everyone, marks_of, pixel, same, take, unchanged

LOOP = [(0.05, 0.05), (0.5, 0.05), (0.5, 0.5), (0.05, 0.5), (0.05, 0.1)]


async def test_what_a_lasso_holds_is_moved_scaled_coloured_and_copied_and_all_of_it_undone(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    room, other = [await lesson.room(name) for name in ("草兴小学", "双庙小学")]
    await lesson.begin(teacher)
    await let_everyone(teacher)
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


async def test_the_handle_above_turns_what_is_selected_about_its_middle(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await take(teacher, "图形", "三角形")
    await write(teacher, [pixel(800, 400), pixel(900, 500), pixel(1000, 640)])
    await take(teacher, "选择")
    await write(teacher, [pixel(900, 640)])
    await write(teacher, [pixel(900, 334), pixel(1000, 400), pixel(1086, 521)])  # to the right
    await until(lambda: edited(teacher, 1))
    [mark] = (await marks_of(teacher)).values()
    assert mark["changes"][0]["edit"]["by"] == [0, 1, -1, 0, (900 + 520) * 4, (520 - 900) * 4]
    await lesson.picture(teacher, "console-turned")
    lesson.check()
