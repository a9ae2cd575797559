"""A master's lesson forked: its courseware and its board are the courseware of a new lesson."""

from pathlib import Path

from synclass.conduct import Begin, End, Join
from synclass.ink import Chain, encode
from synclass.marks import SEAT, Pen
from synclass.ports import LessonCard
from synclass.preclass.handout import Handouts
from synclass.strokes import BeginStroke
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import School, school
from .test_homework import ask
from .test_resources import SHARE


async def over(town: School) -> None:
    card = LessonCard(LessonId("m1"), "分数的意义", "数学", "wang", "123456", 1.0)
    await town.registry.save_lesson(card)
    room = await town.app.rooms.open(card.id)
    for command in (Join(), Begin()):
        room.ask(TEACHER, command)
    points = [(400 + 8 * n, 400 + 3 * n, 16) for n in range(40)]
    ink = encode(Chain(), points, first=True)
    number = room.lesson.conduct.seats[TEACHER.id] * SEAT
    room.ask(TEACHER, BeginStroke(number, 1, Pen("pen", 0, 16), ink, last=True))
    room.ask(TEACHER, End())


async def test_the_board_of_a_shared_lesson_becomes_courseware(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("wang") as wang, town.browser("sun") as sun:
        await over(town)
        assert await ask(sun, "lessons/m1/fork", json={}) == "not-shared"
        ended = await town.registry.lesson(LessonId("m1"))
        assert ended
        await town.registry.save_lesson(
            LessonCard(*(ended.id, ended.title, ended.subject, "wang", "", 1.0, 2.0, 3.0))
        )
        await ask(wang, "lessons/m1/resource", json={**SHARE, "reach": "region"})
        new = LessonId((await ask(sun, "lessons/m1/fork", json={}))["lesson"])
        card = await town.registry.lesson(new)
        assert card and (card.title, card.teacher) == ("分数的意义", "sun") and len(card.code) == 6
        channel = (await town.app.rooms.open(new)).lesson.channel(Handouts.name)
        assert isinstance(channel, Handouts)
        (board,) = channel.handouts.values()
        assert board.title == "分数的意义 板书" and len(board.sheets) == 1
        page = await ask(sun, f"lessons/{new}/pages/{board.sheets[0].name}")
        assert len(page) > 200
        again = LessonId((await ask(sun, f"lessons/{new}/fork", json={}))["lesson"])
        copied = (await town.app.rooms.open(again)).lesson.channel(Handouts.name)
        assert isinstance(copied, Handouts)
        assert copied.handouts[1].sheets == board.sheets, "its files as they are"
