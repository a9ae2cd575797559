"""A lesson from the bell to the bell, in real browsers."""

import math

from .classroom import Class, write

CURVE = [(0.2 + 0.3 * t / 60, 0.4 + 0.1 * math.sin(t / 6)) for t in range(61)]


async def test_two_classrooms_see_hear_and_read_the_teacher(lesson: Class) -> None:
    teacher = await lesson.teacher()
    rooms = [await lesson.room(name) for name in ("草兴小学 三年级", "双庙中心校")]
    await lesson.begin(teacher)
    for room in rooms:
        await lesson.hears_and_sees(room)
    await write(teacher, CURVE)
    await lesson.picture(teacher, "console")
    await lesson.picture(rooms[0], "classroom")
    lesson.check()
