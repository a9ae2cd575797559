"""The live map has schools in their places, and each line of the lessons that run between them."""

from typing import Any

from msgspec.structs import replace

from synclass.conduct import End, Join
from synclass.inclass.attendance import LinkReport
from synclass.ports import Account
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..adapters.registry.villages import TOWN, VILLAGE, settle
from ..conftest import TEACHER
from .server import HASH, School

ROOM = Participant(
    ParticipantId("r1"), f"{VILLAGE.name} 三年级", Role.CLASSROOM, f"{VILLAGE.name} 三年级"
)


async def looked(town: School, who: str) -> Any:
    async with town.browser(who) as browser, browser.get("/api/map") as answer:
        return await answer.json()


async def begin(town: School) -> None:
    await settle(town.registry)
    await town.registry.put(replace(TOWN, version=1, latitude=25.0, longitude=102.5))
    for name, role, of in (
        ("wang", Role.TEACHER, TOWN.name),
        ("zhou", Role.ADMIN, TOWN.id),
        ("liang", Role.ADMIN, VILLAGE.name),
    ):
        await town.registry.save_account(Account(name, name.title(), role, of, HASH))
    room = town.app.rooms.live[LessonId("inclass")]
    for who in (ROOM, replace(ROOM, id=ParticipantId("r2"), name="文化馆", school="文化馆")):
        room.ask(who, Join())
    room.show(ROOM, LinkReport(hears=True, sees=True, seq=room.lesson.seq, loss=20, rtt=80))


async def test_a_lesson_goes_from_its_school_to_its_rooms_with_each_ones_line(
    town: School,
) -> None:
    await begin(town)
    seen = await looked(town, "zhao")
    places = {one["id"]: (one["latitude"], one["longitude"]) for one in seen["schools"]}
    assert places == {"s1": (25.0, 102.5), "s2": (None, None)}
    (lesson,) = seen["lessons"]
    assert (lesson["school"], lesson["title"], lesson["stage"]) == ("s1", "分数", "inclass")
    rooms = {
        room["room"]["name"]: (room["school"], room["room"]["loss"]) for room in lesson["rooms"]
    }
    assert rooms == {ROOM.name: ("s2", 20), "文化馆": ("", None)}
    assert seen["alliances"] == {"a1": "城东教育联盟"}
    assert [note[2] for note in await town.registry.notes()].count("map.look") == 1
    town.app.rooms.live[LessonId("inclass")].ask(TEACHER, End())
    await town.registry.save_lesson(
        replace(await _card(town), ended_at=1.0)
    )  # as the room does, in its own time
    assert (await looked(town, "zhao"))["lessons"] == []


async def _card(town: School) -> Any:
    return await town.registry.lesson(LessonId("inclass"))


async def test_who_looks_after_one_school_sees_its_lessons_and_its_own_rooms_elsewhere(
    town: School,
) -> None:
    await begin(town)
    ours, theirs = await looked(town, "zhou"), await looked(town, "liang")
    assert [len(one["lessons"][0]["rooms"]) for one in (ours, theirs)] == [2, 1]
    assert [room["school"] for room in theirs["lessons"][0]["rooms"]] == ["s2"]
    assert (await looked(town, "wang"))["code"] == "not-allowed"
