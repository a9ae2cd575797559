"""A lesson of the timetable is open before its bell, once, whoever looks and whatever falls."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from signaling.opener import Opener
from synclass.adapters.registry import SqlRegistry
from synclass.school.timetable import Kind
from synclass.words import LessonId

from ..adapters.registry.villages import MATHS, settle
from ..founded import founded

BELL = datetime(2026, 9, 7, 9, 10)  # a Monday; the second lesson of the town


@pytest.fixture
async def registry(tmp_path: Path) -> AsyncIterator[SqlRegistry]:
    registry = await founded(tmp_path / "synclass.sqlite")
    await settle(registry)
    yield registry
    await registry.close()


@pytest.mark.parametrize(
    ("hour", "minute", "there"),
    [(8, 54, 0), (8, 55, 1), (9, 10, 1), (9, 49, 1), (9, 50, 0)],
)
async def test_it_opens_a_quarter_of_an_hour_before_the_bell_and_not_after_the_lesson(
    registry: SqlRegistry, hour: int, minute: int, there: int
) -> None:
    await Opener(registry).look(BELL.replace(hour=hour, minute=minute))
    assert len(await registry.lessons()) == there


async def test_its_card_is_the_teachers_with_a_code_for_the_rooms(registry: SqlRegistry) -> None:
    await Opener(registry).look(BELL)
    (card,) = await registry.lessons()
    assert (card.title, card.subject, card.teacher) == ("分数", "数学", "wang")
    assert await registry.lesson_by_code(card.code) == card
    assert await registry.opened(BELL.date()) == {"l1": card.id}
    assert (await registry.notes())[0][1:] == ("", "timetable.open", card.id)


async def test_of_all_who_look_one_opens_it_and_it_is_opened_once(registry: SqlRegistry) -> None:
    openers = [Opener(registry) for _ in range(4)]
    await asyncio.gather(*(one.look(BELL) for one in openers))
    await openers[0].look(BELL)
    assert len(await registry.lessons()) == 1


async def test_an_opening_that_fell_before_its_card_is_mended(registry: SqlRegistry) -> None:
    await registry.note_opening(MATHS, BELL.date(), LessonId("fallen"))
    await Opener(registry).look(BELL)
    assert [card.id for card in await registry.lessons()] == ["fallen"]


async def test_on_a_day_off_and_for_what_is_recorded_nothing_opens(registry: SqlRegistry) -> None:
    await Opener(registry).look(BELL.replace(day=8))
    await Opener(registry).look(BELL.replace(month=8))
    await registry.put(replace(MATHS, version=1, kind=Kind.LIBRARY))
    await Opener(registry).look(BELL)
    assert await registry.lessons() == []
