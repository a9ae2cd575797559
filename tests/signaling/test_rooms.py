import asyncio
import time
from pathlib import Path

import pytest

from signaling.rooms import Rooms, _clock
from synclass.conduct import Begin, End, Join
from synclass.errors import Refused
from synclass.ports import LessonCard
from synclass.words import LessonId, Stage

from ..conftest import TEACHER
from ..waiting import until
from .server import School, school

LESSON = LessonId("fractions")
CARD = LessonCard(LESSON, "分数", "数学", "wang", "123456", 1.7e9)


async def opened(town: School) -> Rooms:
    if await town.registry.lesson(LESSON) is None:
        await town.registry.save_lesson(CARD)
    await town.app.rooms.open(LESSON)
    return town.app.rooms


async def begun(rooms: Rooms) -> None:
    room = await rooms.open(LESSON)
    room.ask(TEACHER, Join())
    room.ask(TEACHER, Begin())


async def card(town: School) -> LessonCard:
    found = await town.registry.lesson(LESSON)
    assert found
    return found


async def has_begun(town: School) -> bool:
    return (await card(town)).began_at > 0


async def has_ended(town: School) -> bool:
    return (await card(town)).ended_at > 0


async def test_a_lesson_has_one_room_however_many_come_at_once(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        rooms = await asyncio.gather(*(town.app.rooms.open(LESSON) for _ in range(5)))
        assert all(room is rooms[0] for room in rooms)


async def test_a_lesson_nobody_made_has_no_room(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        with pytest.raises(Refused, match="no such lesson"):
            await town.app.rooms.open(LessonId("nothing"))


async def test_a_lesson_in_class_is_taken_up_again_on_its_own_clock(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        rooms = await opened(town)
        await begun(rooms)
        before = rooms.live[LESSON]
        await until(lambda: has_begun(town))
    async with school(tmp_path) as town:
        await until(lambda: LESSON in town.app.rooms.live)
        room = town.app.rooms.live[LESSON]
        assert room.lesson.conduct.stage is Stage.INCLASS
        assert room.lesson.conduct.epoch == before.lesson.conduct.epoch + 1
        assert abs(room.origin - before.origin) < 0.001, "lesson time goes on as if nothing were"
        assert TEACHER.id in room.lesson.conduct.away


async def test_the_card_knows_when_the_bells_rang(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        rooms = await opened(town)
        await begun(rooms)
        rooms.live[LESSON].ask(TEACHER, End())
        await until(lambda: has_ended(town))
        ended = await card(town)
        assert ended.began_at and ended.code == ""


async def test_a_bell_the_card_has_not_heard_of_is_mended_from_the_log(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        rooms = await opened(town)
        await begun(rooms)
        rooms.live[LESSON].ask(TEACHER, End())
        await until(lambda: has_ended(town))
        await town.registry.save_lesson(CARD)  # as if the machine had fallen before
    async with school(tmp_path) as town:
        await town.app.rooms.open(LESSON)
        await until(lambda: has_ended(town))
        mended = await card(town)
        assert 0 < mended.began_at <= mended.ended_at and mended.code == ""


async def test_another_node_may_not_take_a_lesson_that_is_held(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        await town.app.rooms._directory.claim(LESSON, "elsewhere", 60)
        with pytest.raises(Refused) as refusal:
            await town.app.rooms.open(LESSON)
        assert refusal.value.code == "held-elsewhere"


@pytest.mark.parametrize(
    ("leap", "second"), [(0.0, 160.0), (-3600.0, 100.0), (10 * 86_400.0, 100.0), (600.0, 760.0)]
)
def test_after_a_reboot_lesson_time_goes_on_whatever_the_wall_clock_says(
    monkeypatch: pytest.MonkeyPatch, leap: float, second: float
) -> None:
    """A minute later, by a clock that may have lost its battery or found its time server."""
    monkeypatch.setattr("time.time", lambda: 1.7e9 + 160 + leap)
    origin, wall = _clock("another-boot:5.0", 1.7e9, 100.0)
    assert wall == 1.7e9
    assert time.monotonic() - origin == pytest.approx(second, abs=1.0)
