"""The hour is a whole lesson, the same on every machine, and nothing in it is refused."""

import os
import subprocess
import sys
from collections import Counter
from functools import cache

import msgspec
import pytest

from synclass import wire
from synclass.cli.benches.hour import FACTS, HOUR, PAGES, ROOMS, SEED, TEACHER, hour, put, rooms
from synclass.inclass.board import Board
from synclass.lesson import Entry, Lesson
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM

SHORT = 1500
DIGEST = f"""
import hashlib, msgspec
from synclass.cli.benches.hour import hour
print(hashlib.sha256(msgspec.msgpack.encode(hour({SHORT}))).hexdigest())
"""


@cache
def whole() -> tuple[Lesson, list[Entry]]:
    """The lesson after its whole hour, and its log; every ask must be accepted."""
    lesson, log = new_lesson(), list[Entry]()
    for asked in hour():
        facts = wire.entries(put(lesson, asked))
        assert facts, "an ask that came to nothing is left out"
        log += facts
    return lesson, log


def test_an_hour_has_fifty_thousand_facts_and_every_command_is_accepted() -> None:
    lesson, log = whole()
    assert FACTS == 50_000 <= lesson.seq == len(log) < FACTS + 20
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))


def test_an_hour_takes_about_an_hour_and_turns_its_page_every_two_and_a_half_minutes() -> None:
    lesson, log = whole()
    board = lesson.channel(Board.name)
    assert isinstance(board, Board)
    assert 0.9 * HOUR < log[-1].ms / 1000 <= HOUR
    assert len(board.pages) == 1 + int(log[-1].ms / 1000 / (HOUR / PAGES))


def test_an_hour_has_the_hands_and_the_words_of_thirty_rooms() -> None:
    _, log = whole()
    busy = {entry.by for entry in log if entry.by not in (TEACHER.id, SYSTEM.id)}
    assert len(busy) == ROOMS == len({room.id for room in rooms()})
    asides = Counter(type(entry.fact).__name__ for entry in log if entry.by in busy)
    assert asides["Said"] > ROOMS and asides["HandRaised"] > ROOMS


def test_an_hour_is_the_same_bytes_on_another_day() -> None:
    """Also where Python shuffles its sets otherwise."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1 and len(digests.pop()) == 65


def test_another_seed_is_another_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    first = msgspec.msgpack.encode(hour(SHORT))
    monkeypatch.setattr("synclass.cli.benches.hour.SEED", SEED + 1)
    assert msgspec.msgpack.encode(hour(SHORT)) != first


def test_any_number_of_rooms_has_names_of_their_own() -> None:
    assert len({room.id for room in rooms(200)}) == len({room.name for room in rooms(200)}) == 200
