"""A classroom fetches what it missed, by its door ticket: its own lesson, and from the bell on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession

from recorder.deck import Deck
from recorder.timeline import Publisher
from signaling import latecomers
from signaling.latecomers import FINISH, LINES
from signaling.tail import KEPT
from synclass.conduct import Begin, End, Join
from synclass.framing import Deframer
from synclass.inclass.chat import Say, To
from synclass.inclass.pages import AddPages, Paper
from synclass.inclass.timer import StartTimer, StopTimer
from synclass.words import LessonId, Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from ..recorder import studio
from ..recorder.test_deck import deck_of, play
from .server import School, school
from .test_library import bearer
from .test_rooms import CARD, LESSON

HERE = f"/api/lessons/{LESSON}"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """A lesson in which things were said before the bell and after it."""
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        room = await town.app.rooms.open(LESSON)
        for who in (TEACHER, VILLAGE, CO_TEACHER, PATROL):
            room.ask(who, Join())
        room.ask(TEACHER, AddPages([Paper()]))
        room.ask(TEACHER, Begin())
        room.ask(CO_TEACHER, Say("这个班有点吵", To.TEACHERS))
        room.ask(TEACHER, Say("早上好", To.EVERYONE))
        yield town


async def fetch(
    town: School, what: str, who: Participant = VILLAGE, lesson: LessonId = LESSON
) -> tuple[int, bytes]:
    async with town.browser() as browser:
        return await fetched(browser, what, who, lesson)


async def fetched(
    browser: ClientSession, what: str, who: Participant, lesson: LessonId, part: str = ""
) -> tuple[int, bytes]:
    headers = bearer(who, lesson) | ({"Range": part} if part else {})
    async with browser.get(f"{HERE}/{what}", headers=headers) as response:
        return response.status, await response.read()


def messages(body: bytes) -> list[Any]:
    return [msgspec.msgpack.decode(data) for data in Deframer().feed(body)]


def tags(body: bytes) -> list[str]:
    return [line[2][0] for name, *rest in messages(body) if name == "facts" for line in rest[2]]


def code(body: bytes) -> str:
    return str(msgspec.json.decode(body)["code"])


async def test_a_room_reads_on_from_where_its_line_was_lost(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    seen = room.lesson.seq
    room.ask(TEACHER, StartTimer(60))
    status, body = await fetch(town, f"log?after={seen}")
    assert (status, tags(body)) == (200, ["timer.started"])
    assert (await town.registry.notes())[0][1:] == (VILLAGE.name, "recording.catch-up", LESSON)


async def test_who_comes_late_is_given_the_bell_and_what_came_after_it(town: School) -> None:
    status, body = await fetch(town, "log")
    welcome, _ = messages(body)
    assert status == 200
    assert welcome[0] == "welcome"
    assert welcome[1][0] == VILLAGE.id
    assert welcome[7]["pages"]["order"] == [1, 2]
    assert tags(body) == ["chat.said"], "what teachers say to one another is not for rooms"
    assert "早上好".encode() in body and "有点吵".encode() not in body


async def test_a_moment_is_given_as_it_was_and_what_came_after_it(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    room.origin -= 20.0
    room.ask(TEACHER, AddPages([Paper()]))
    at = round(room.now() * 1000) + 1
    room.origin -= 20.0
    room.ask(TEACHER, StartTimer(60))
    for later in ([], ["timer.stopped"]):
        if later:
            room.ask(TEACHER, StopTimer())
        status, body = await fetch(town, f"log?after=0&at={at}")
        welcome, *_ = messages(body)
        assert status == 200
        assert welcome[7]["pages"]["order"] == [1, 2, 3]
        assert welcome[7]["timer"]["ends_at"] is None
        assert tags(body) == ["timer.started", *later], "the second answer is of the same fold"
    status, body = await fetch(town, "log?at=x")
    assert (status, code(body)) == (403, "bad-number")


async def test_what_was_long_ago_is_read_from_the_disk(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    seen = room.lesson.seq
    for _ in range(2 * KEPT + 1):
        room.ask(TEACHER, StartTimer(60))
    assert room.recent(VILLAGE, seen) is None
    _, body = await fetch(town, f"log?after={seen}")
    assert tags(body) == ["timer.started"] * (2 * KEPT + 1)
    assert len(messages(body)) == -(-(2 * KEPT + 1) // LINES)


@pytest.fixture
def voice(tmp_path: Path) -> Deck:
    """Half a minute of the teacher's voice, still being written."""
    deck = deck_of(tmp_path, "voice", "opus", Publisher(), who=TEACHER.id, lesson=LESSON)
    play(deck, studio.sound_packets(studio.opus_tone(30), start=5))
    return deck


async def test_a_room_is_listed_only_what_it_has_not_heard(town: School, voice: Deck) -> None:
    _, body = await fetch(town, "tracks")
    (whole,) = msgspec.json.decode(body)["tracks"]
    await asyncio.sleep(latecomers.FRESH)
    _, body = await fetch(town, "tracks?from=20000&of=voice")
    (track,) = msgspec.json.decode(body)["tracks"]
    assert track["live"] and track["header"] == whole["header"]
    told, first = whole["clusters"], track["clusters"][0]
    assert track["clusters"] == [first, *(one for one in told if one[0] > first[0])]
    places = [ms // latecomers.APART for ms, _ in told]
    assert places == list(range(places[0], places[0] + len(told))) and len(told) > 5
    assert 19_600 < track["clusters"][0][0] <= 20_000
    for nothing in ("from=40000", "of=camera"):
        assert msgspec.json.decode((await fetch(town, f"tracks?{nothing}"))[1]) == {"tracks": []}
    status, body = await fetch(town, "tracks?from=x")
    assert (status, code(body)) == (403, "bad-number")


async def test_a_voice_that_is_still_being_written_is_fetched_in_parts(
    town: School, voice: Deck
) -> None:
    _, body = await fetch(town, "tracks?from=20000")
    (track,) = msgspec.json.decode(body)["tracks"]
    from_ = track["clusters"][0][1]
    asked = f"bytes={from_}-{track['size'] - 1}"
    async with town.browser() as browser:
        status, part = await fetched(browser, f"media/{track['name']}", VILLAGE, LESSON, asked)
    assert status == 206
    assert len(part) == track["size"] - from_
    assert part[:4] == b"\x1f\x43\xb6\x75", "a cluster begins (RFC 9559)"
    voice.close(36)


@pytest.mark.parametrize("what", ["log", "tracks", f"media/{TEACHER.id}.voice.1.webm"])
async def test_only_who_is_in_the_lesson_and_only_from_the_bell_on(
    town: School, voice: Deck, what: str
) -> None:
    assert (await fetch(town, what, CO_TEACHER))[0] == 200
    for who, lesson, status, why in (
        (OTHER_VILLAGE, LESSON, 403, "not-here"),
        (PATROL, LESSON, 403, "not-allowed"),
        (VILLAGE, LessonId("another"), 403, "other-lesson"),
    ):
        answered, body = await fetch(town, what, who, lesson)
        assert (answered, code(body)) == (status, why)


async def test_before_the_bell_there_is_nothing_to_catch_up_with(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        room = await town.app.rooms.open(LESSON)
        room.ask(VILLAGE, Join())
        status, body = await fetch(town, "log")
        assert (status, code(body)) == (403, "not-now")


async def test_after_the_bell_what_was_missed_may_be_watched_to_its_end(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    room.ask(TEACHER, End())
    assert (await fetch(town, "log"))[0] == 200
    room.origin -= FINISH + 1
    status, body = await fetch(town, "log")
    assert (status, code(body)) == (403, "over")


@pytest.mark.usefixtures("no_refill")
async def test_who_asks_without_end_has_to_wait(town: School) -> None:
    async with town.browser() as browser:
        answers = [await fetched(browser, "tracks", VILLAGE, LESSON) for _ in range(90)]
    assert answers[0][0] == 200
    assert code(answers[-1][1]) == "slow-down"
