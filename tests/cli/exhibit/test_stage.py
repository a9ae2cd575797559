"""A newcomer finds a lesson that has just ended, with all that comes after it."""

import hashlib
import time
from datetime import date
from pathlib import Path

import pytest

from recorder import proof
from recorder.notary import Notary
from recorder.shelf import lesson_folder
from signaling.outcome import outcome
from signaling.reader import Reader
from synclass.adapters.registry import SqlRegistry
from synclass.cli import demo
from synclass.cli.exhibit import stage, taught
from synclass.cli.exhibit.stage import TAUGHT
from synclass.ports import Within

from .conftest import NOW, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_lesson_ended_ten_minutes_ago(house: House) -> None:
    card = await house.registry.lesson(TAUGHT)
    assert card is not None and card.code == ""
    assert NOW - card.ended_at == stage.AGO
    assert card.ended_at - card.began_at == taught.LASTS


async def test_its_report_knows_who_was_there_and_what_each_room_said(house: House) -> None:
    report, _ = outcome(house.shelf, TAUGHT)
    assert {room.room: (room.pupils, room.here) for room in report.rooms} == {
        "草兴小学": (15, 13),
        "双庙中心校": (15, 14),
        "逸夫小学": (15, 15),
    }
    assert [len(quiz.rooms) for quiz in report.quizzes] == [3, 3]
    assert all(room.on_stage > 0 and room.hands and room.words for room in report.rooms)
    assert sum(map(len, report.absent.values())) == 3
    book = await house.registry.book(TAUGHT)
    assert len(book.attended) == 45 and len(book.answered) == 13


async def test_the_month_counts_it_for_the_towns_school(house: House) -> None:
    day = date.fromtimestamp(NOW)
    [sum_], _ = await house.registry.sums(day, day)
    assert (sum_.of, sum_.lessons, sum_.rooms) == ("town", 1, 3)


async def test_it_is_signed_when_the_server_starts_and_every_byte_of_it_holds(
    house: House,
) -> None:
    folder = lesson_folder(house.data, TAUGHT)
    Notary(house.data, bytes(32), time.time).look()
    told = proof.signed(folder)
    assert told is not None and len(told.files) == 8, "four voices, each with its index"
    assert not list(proof.faults(folder, told))


async def test_it_is_found_by_what_was_marked_in_it(house: House) -> None:
    await Reader(house.registry, house.shelf).look()
    found = await house.registry.lessons(text="分母越大", within=Within(inside=True))
    assert [card.id for card in found] == [TAUGHT]


async def test_two_demos_are_the_same_to_the_byte(house: House, tmp_path: Path) -> None:
    registry = await SqlRegistry.open(tmp_path / "synclass.sqlite")
    await demo.settle(registry, date.fromtimestamp(NOW))
    await stage.show(registry, tmp_path, NOW)
    await registry.close()
    for lesson in (TAUGHT, "demo-tomorrow"):
        pairs = [lesson_folder(data, lesson) for data in (house.data, tmp_path)]
        logs = [b"".join(sorted(map(Path.read_bytes, one.glob("log/*.log")))) for one in pairs]
        assert logs[0] == logs[1]
    voices = [lesson_folder(data, TAUGHT) / "media" for data in (house.data, tmp_path)]
    heard = [hashlib.sha256((v / "u-wang.voice.1.webm").read_bytes()).digest() for v in voices]
    assert heard[0] == heard[1]
