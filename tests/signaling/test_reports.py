"""A lesson's report over HTTP: of one's own lessons; its sheet runs in no spreadsheet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from synclass.conduct import Begin, End, Join
from synclass.inclass.hands import RaiseHand
from synclass.inclass.quiz import AskQuiz, ShowQuiz, TallyQuiz
from synclass.inclass.roll import ListPupils, MarkPupil
from synclass.ports import Account, LessonCard
from synclass.postclass.homework import Homework
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..conftest import TEACHER
from ..postclass.test_homework import WORK
from ..waiting import until
from .server import HASH, School, school
from .test_homework import ask

EVIL = '=HYPERLINK("http://x")'
ROOM = Participant(ParticipantId("r1"), "草兴小学", Role.CLASSROOM, "草兴小学")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """A lesson of one room is over."""
    async with school(tmp_path) as town:
        card = LessonCard(LessonId("m1"), "分数", "数学", "wang", "123456", 1.0)
        await town.registry.save_lesson(card)
        room = await town.app.rooms.open(card.id)
        for who, command in (
            *((TEACHER, Join()), (ROOM, Join()), (TEACHER, Begin()), (ROOM, RaiseHand())),
            (ROOM, ListPupils(ROOM.id, ["李小明", EVIL], 6)),
            (ROOM, MarkPupil(ROOM.id, 2, False)),
            (TEACHER, AskQuiz("choice", "几分之几", ["", ""], 1)),
            (ROOM, TallyQuiz(1, ROOM.id, {"A": 1})),
            (TEACHER, ShowQuiz(["A"])),
            (TEACHER, End()),
        ):
            room.ask(who, command)
        await until(lambda: is_over(town, card.id))
        yield town


async def is_over(town: School, lesson: LessonId) -> bool:
    """Whether the registry knows, too: it is told in a while."""
    card = await town.registry.lesson(lesson)
    return card is not None and card.ended_at > 0


async def test_a_report_is_for_its_teacher_and_those_who_look_in(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("zhao") as zhao:
        for browser in (wang, zhao):
            told = await ask(browser, "lessons/m1/report")
            (room,) = told["rooms"]
            assert (room["hands"], room["here"], room["right"]) == (1, 1, 1)
            assert told["absent"] == {"草兴小学": [EVIL]}
    for name, code in (("sun", "not-yours"), ("li", "not-allowed"), ("", "login")):
        async with town.browser(name) as browser:
            assert await ask(browser, "lessons/m1/report") == code
            assert await ask(browser, "lessons/m1/report.csv") == code


async def test_no_cell_of_the_sheet_is_a_formula(town: School) -> None:
    async with town.browser("wang") as wang:
        sheet = (await ask(wang, "lessons/m1/report.csv")).decode("utf-8-sig")
    assert "草兴小学" in sheet and "几分之几" in sheet
    assert '"\'=HYPERLINK(""http://x"")"' in sheet and not any(
        cell.startswith(("=", '"=')) for line in sheet.splitlines() for cell in line.split(",")
    )


async def test_a_room_and_a_pupil_are_told_over_time(town: School) -> None:
    await town.registry.put(Homework("h1", LessonId("m1"), "第三题", 200.0, "12345678", 100.0))
    await town.registry.put(
        type(WORK)(**{n: getattr(WORK, n) for n in WORK.__struct_fields__} | {"version": 0})
    )
    for name, of in (("liang", "草兴小学"), ("he", "中心小学")):
        await town.registry.save_account(Account(name, name, Role.ADMIN, of, HASH))
    asked = "results/pupil?room=草兴小学&pupil=小明"
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        assert [one["mark"] for one in (await ask(wang, asked))["homework"]] == ["优"]
        assert (await ask(sun, asked))["homework"] == [], "another teacher's"
        assert (await ask(sun, "results/room?room=草兴小学"))["lessons"] == []
    async with town.browser("liang") as liang, town.browser("he") as he:
        assert (await ask(liang, asked))["pupil"] == "小明"
        assert await ask(he, asked) == "not-yours"
