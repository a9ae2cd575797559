"""A room's door check over HTTP: it measures its line, is graded, and the grade is kept."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from signaling.doorcheck import AT_ONCE, LARGEST, spellings
from synclass.conduct import Begin, End, Join
from synclass.preclass.doorcheck import DoorChecks
from synclass.words import Participant, ParticipantId

from ..adapters.registry.villages import MATHS, settle
from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from .server import School, school
from .test_library import bearer
from .test_rooms import CARD, LESSON

HERE = f"/api/lessons/{LESSON}"
WELL = {"camera": True, "level": 40, "heard": True, "way": "udp"}
WELL |= {"down": 2000, "up": 800, "rtt": 60}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """A lesson before its bell, with two rooms in it."""
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        room = await town.app.rooms.open(LESSON)
        for who in (TEACHER, VILLAGE, OTHER_VILLAGE):
            room.ask(who, Join())
        yield town


async def note(town: School, found: dict[str, object], who: Participant = VILLAGE) -> object:
    async with (
        town.browser() as browser,
        browser.post(f"{HERE}/doorcheck", json=found, headers=bearer(who)) as answer,
    ):
        said = await answer.json()
        return said.get("grade", said.get("code"))


def checks(town: School) -> DoorChecks:
    channel = town.app.rooms.live[LESSON].lesson.channel("doorcheck")
    assert isinstance(channel, DoorChecks)
    return channel


async def test_a_room_is_graded_and_the_latest_grade_is_kept_with_its_time(town: School) -> None:
    assert await note(town, WELL | {"heard": False}) == "D"
    assert await note(town, WELL) == "A"
    assert checks(town).checks[VILLAGE.id].grades == ["A"] * 5
    (kept,) = await town.registry.checks([VILLAGE.name])
    assert (kept.grades, kept.lesson, kept.finding.down) == (["A"] * 5, LESSON, 2000)
    assert kept.at > 1.7e9
    assert await town.registry.checks([OTHER_VILLAGE.name]) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"level": 200}, "bad-check"), ({"down": -1}, "bad-check"), ({"way": "x"}, "malformed")],
)
async def test_a_check_that_cannot_be_changes_nothing(
    town: School, change: dict[str, object], code: str
) -> None:
    assert await note(town, WELL | change) == code
    assert await town.registry.checks() == [] and not checks(town).checks


async def test_only_a_room_that_is_here_is_checked_and_not_after_the_end(town: School) -> None:
    assert await note(town, WELL, TEACHER) == "not-allowed"
    stranger = Participant(ParticipantId("room-x"), "x", VILLAGE.role)
    assert await note(town, WELL, stranger) == "no-room"
    room = town.app.rooms.live[LESSON]
    for command in (Begin(), End()):
        room.ask(TEACHER, command)
    assert await note(town, WELL) == "not-now"


async def test_a_line_is_measured_with_noise_of_the_asked_size_both_ways(town: School) -> None:
    headers = bearer(VILLAGE)
    async with town.browser() as browser:
        async with browser.get(f"{HERE}/line?bytes=4096", headers=headers) as answer:
            data = await answer.read()
            assert len(data) == 4096 and len(set(data)) > 200
            assert answer.headers["Cache-Control"] == "no-store"
        up = {**headers, "Content-Type": "application/octet-stream"}
        async with browser.post(f"{HERE}/line", data=data, headers=up) as answer:
            assert await answer.json() == {"bytes": 4096}
        too_much = b"x" * (LARGEST + 1)
        async with browser.post(f"{HERE}/line", data=too_much, headers=up) as answer:
            assert (await answer.json())["code"] == "too-large"
        for size in (-1, LARGEST + 1, "much"):
            async with browser.get(f"{HERE}/line?bytes={size}", headers=headers) as answer:
                assert (await answer.json())["code"] == "malformed"


@pytest.mark.usefixtures("no_refill")
async def test_a_room_that_measures_on_and_on_waits_and_another_does_not(town: School) -> None:
    async with town.browser() as browser:
        codes = []
        for _ in range(int(AT_ONCE // LARGEST) + 3):
            at = f"{HERE}/line?bytes={LARGEST}"
            async with browser.get(at, headers=bearer(VILLAGE)) as answer:
                codes.append(answer.status)
        assert codes[0] == 200 and codes[-1] == 429
        at = f"{HERE}/line?bytes=1000"
        async with browser.get(at, headers=bearer(OTHER_VILLAGE)) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("who", [TEACHER, CO_TEACHER, PATROL])
async def test_who_is_expected_is_known_by_the_timetable_with_their_last_grade(
    town: School, who: Participant
) -> None:
    await settle(town.registry)
    async with town.browser() as browser:
        async with browser.get(f"{HERE}/expected", headers=bearer(who)) as answer:
            assert await answer.json() == {"rooms": []}
        await town.registry.note_opening(MATHS, date(2026, 9, 7), LESSON)
        (listener,) = await town.registry.classrooms(ids=MATHS.listeners)
        theirs = (await town.registry.school(listener.school)).name
        there = Participant(VILLAGE.id, f"{theirs} {listener.name}", VILLAGE.role, theirs)
        assert await note(town, WELL | {"way": "tcp"}, there) == "B"
        async with browser.get(f"{HERE}/expected", headers=bearer(who)) as answer:
            (room,) = (await answer.json())["rooms"]
    assert (room["school"], room["name"], room["grade"]) == (theirs, listener.name, "B")
    assert room["at"] > 1.7e9


def test_a_room_may_call_itself_as_people_do() -> None:
    assert spellings("草兴小学", "三年级")[:3] == ["草兴小学 三年级", "草兴小学三年级", "三年级"]
