"""A class comes into a lesson by a co-teacher of its school, with names, seats and ids."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec.structs import replace

from synclass.conduct import Begin, End, Join
from synclass.inclass.quiz import AskQuiz, ShowQuiz, TallyQuiz
from synclass.inclass.roll import MarkPupil, Roll, TakeRoll
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..adapters.registry.villages import LISTENING, MATHS, MING, settle
from ..conftest import TEACHER
from ..waiting import until
from .server import HASH, School, school

LESSON, MONDAY = LessonId("maths"), date(2026, 9, 7)
ROOM = Participant(ParticipantId("room-1"), "草兴小学", Role.CLASSROOM, "草兴小学")
OTHER = Participant(ParticipantId("room-2"), "双庙中心校", Role.CLASSROOM, "双庙中心校")
HONG = replace(MING, id="p7", number="20260002", name="<b>小红</b>", row=1, column=1)
GANG = replace(MING, id="p8", number="20260003", name="小刚", row=0, column=0)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        await town.registry.take_in([HONG, GANG])
        li = Account("li", "李老师", Role.CO_TEACHER, "草兴小学", HASH)
        await town.registry.save_account(li)
        card = LessonCard(LESSON, "分数", "数学", "wang", "123456", 1.7e9)
        await town.registry.save_lesson(card)
        await town.registry.note_opening(MATHS, MONDAY, LESSON)
        room = await town.app.rooms.open(LESSON)
        for who in (TEACHER, ROOM, OTHER):
            room.ask(who, Join())
        room.ask(TEACHER, Begin())
        yield town


async def seat(browser: ClientSession, room: str = ROOM.id, classroom: str = "c2") -> str:
    body = {"room": room, "classroom": classroom}
    async with browser.post(f"/api/lessons/{LESSON}/roster", json=body) as answer:
        told: dict[str, Any] = await answer.json()
    return str(told.get("code", ""))


def roll(town: School) -> Roll:
    channel = town.app.rooms.live[LESSON].lesson.channel("roll")
    assert isinstance(channel, Roll)
    return channel


async def test_a_co_teacher_seats_the_class_that_the_timetable_names(town: School) -> None:
    await town.registry.put(replace(LISTENING, id="c3", name="一年级", version=0))
    async with town.browser("li") as browser:
        async with browser.get(f"/api/lessons/{LESSON}/classes") as answer:
            classes = (await answer.json())["classes"]
        assert [(one["id"], one["due"], one["pupils"]) for one in classes] == [
            ("c2", True, 3),
            ("c3", False, 0),
        ]
        assert await seat(browser) == ""
    roster = roll(town).rosters[ROOM.id]
    assert [(p.name, p.id) for p in roster.pupils] == [
        ("<b>小红</b>", "p7"),
        ("小明", "p2"),
        ("小刚", "p8"),
    ]
    assert (roster.seats, roster.columns, roster.classroom) == ([1, 2, 0], 4, "c2")
    assert (await town.registry.notes())[0][1:] == ("li", "roster.take", f"{LESSON} c2")


async def test_no_class_is_seated_among_strangers(town: School) -> None:
    async with town.browser("li") as browser:
        assert await seat(browser, OTHER.id) == "not-yours"
        assert await seat(browser, "nobody") == "no-room"
        assert await seat(browser, classroom="c1") == "no-classroom"
        await town.registry.put(replace(LISTENING, id="c3", version=0))
        assert await seat(browser, classroom="c3") == "bad-roster", "nobody is in it"
    async with town.browser("wang") as browser:
        assert await seat(browser) == "not-allowed"
    assert roll(town).rosters == {}


async def test_at_the_bell_it_is_kept_who_was_there_and_what_each_said(town: School) -> None:
    async with town.browser("li") as browser:
        await seat(browser)
    room = town.app.rooms.live[LESSON]
    for by, command in (
        (ROOM, MarkPupil(ROOM.id, 3, here=False)),
        (ROOM, TakeRoll(ROOM.id)),
        (TEACHER, AskQuiz("choice", "", ["", ""], 1)),
        (ROOM, TallyQuiz(1, ROOM.id, {}, ["A", "B"])),
        (TEACHER, ShowQuiz(["A"])),
        (TEACHER, End()),
    ):
        room.ask(by, command)

    async def ended() -> bool:
        card = await town.registry.lesson(LESSON)
        return card is not None and card.ended_at > 0

    await until(ended)
    book = await town.registry.book(LESSON)
    assert [(one.pupil, one.here) for one in book.attended] == [
        *(("p2", True), ("p7", True), ("p8", False))
    ]
    assert [(one.pupil, one.said, one.right) for one in book.answered] == [
        *(("p2", "B", False), ("p7", "A", True))
    ]
