"""A patrol sees all running lessons of its schools at one look; each visit is in the audit log."""

from typing import Any

from aiohttp import ClientSession
from msgspec import msgpack

from synclass.conduct import End, Join, Lose
from synclass.inclass.attendance import LinkReport
from synclass.inclass.bookmarks import Bookmarks
from synclass.inclass.stage import InviteOnStage, Levels
from synclass.ports import Account, LessonCard
from synclass.words import SYSTEM, LessonId, Participant, ParticipantId, Role

from ..conftest import TEACHER, VILLAGE
from ..waiting import until
from .server import HASH, School

LESSON = LessonId("inclass")
ZHAO = Participant(ParticipantId("u-zhao"), "Zhao", Role.PATROL)


async def wall(browser: ClientSession) -> Any:
    async with browser.get("/api/patrol") as answer:
        return (await answer.json())["lessons"]


async def test_a_lesson_is_on_the_wall_with_its_rooms_their_lines_and_who_speaks(
    town: School,
) -> None:
    room = town.app.rooms.live[LESSON]
    room.ask(VILLAGE, Join())
    room.show(VILLAGE, LinkReport(hears=True, sees=False, seq=room.lesson.seq, loss=12, rtt=80))
    room.show(SYSTEM, Levels({TEACHER.id: 30}))
    async with town.browser("zhao") as browser:
        [seen] = await wall(browser)
        assert (seen["title"], seen["stage"], seen["page"], seen["pages"]) == (
            "分数",
            "inclass",
            1,
            1,
        )
        assert seen["speaking"] == [TEACHER.name]
        [village] = seen["rooms"]
        assert (village["name"], village["here"], village["loss"]) == (VILLAGE.name, True, 12)
        assert village["silent"] >= 0
        room.ask(TEACHER, InviteOnStage(VILLAGE.id))
        room.tell(Lose(VILLAGE.id))
        [village] = (await wall(browser))[0]["rooms"]
        assert (village["here"], village["on_stage"], village["silent"]) == (False, True, None)
        room.ask(TEACHER, End())
        assert (await wall(browser))[0]["stage"] == "postclass"


async def test_who_looks_after_one_school_sees_its_teachers_lessons(town: School) -> None:
    for name, school in (("east", "县一中"), ("west", "草兴小学")):
        account = Account(name, name, Role.PATROL, school, HASH)
        await town.registry.save_account(account)
    wang = Account("wang", "王老师", Role.TEACHER, "县一中", HASH)
    await town.registry.save_account(wang)
    seen = {}
    for name in ("east", "west"):
        async with town.browser(name) as browser:
            seen[name] = [one["teacher"] for one in await wall(browser)]
    assert seen == {"east": ["王老师"], "west": []}


async def test_the_board_is_told_as_it_is(town: School) -> None:
    async with town.browser("zhao") as browser:
        async with browser.get(f"/api/lessons/{LESSON}/page") as answer:
            number, paper, page = msgpack.decode(await answer.read())
        assert (number, paper[0]) == (1, "blank")
        assert page is None or page[0] == {}
        card = LessonCard(LessonId("asleep"), "x", "", "wang", "654321", 1.0)
        await town.registry.save_lesson(card)
        async with browser.get("/api/lessons/asleep/page") as answer:
            assert (await answer.json())["code"] == "no-page"


async def test_a_remark_from_the_wall_is_for_staff_alone(town: School) -> None:
    async with town.browser("zhao") as browser:
        now = (await wall(browser))[0]["now"]
        path, said = f"/api/lessons/{LESSON}/bookmarks", {"at": now, "kind": "note", "text": "好"}
        async with browser.post(path, json=said) as answer:
            assert answer.status == 200
        [remark] = (await wall(browser))[0]["remarks"]
    assert (remark["text"], remark["name"]) == ("好", "Zhao")
    marks = town.app.rooms.live[LESSON].lesson.channel("bookmarks")
    assert isinstance(marks, Bookmarks)
    assert marks.facing(VILLAGE).marks == []


async def test_each_sitting_and_each_visit_is_noted(town: School) -> None:
    async with town.browser("zhao") as browser:
        for _ in range(3):
            await wall(browser)
    room = town.app.rooms.live[LESSON]
    for command in (Join(), Join()):
        room.ask(ZHAO, command)
    room.tell(Lose(ZHAO.id))
    room.ask(ZHAO, Join())
    room.ask(VILLAGE, Join())

    async def notes() -> list[tuple[str, str, str]]:
        return [note[1:] for note in reversed(await town.registry.notes())]

    async def noted() -> bool:
        return len(await notes()) >= 4

    await until(noted)
    visit, end = ("zhao", "lesson.visit", LESSON), ("zhao", "lesson.visit-end", LESSON)
    assert await notes() == [("zhao", "patrol.look", ""), visit, end, visit]
