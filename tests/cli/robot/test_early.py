"""Three classrooms wait for tomorrow: one has all of the courseware, one half, one nothing."""

from pathlib import Path

from synclass.cli.robot.early import ROOMS, prepare
from synclass.preclass.doorcheck import grade_of, grades_of
from synclass.preclass.handout import AddHandout, Handouts, Sheet, SheetsCounted
from synclass.preclass.warmup import SetWarmup, WarmupTallied
from synclass.words import SYSTEM

from ...conftest import TEACHER, VILLAGE
from ...signaling.wsclient import school
from .presence import present, told

SHEETS = [Sheet(f"{n:064x}.svg", 16, 9, 100) for n in range(8)]


async def test_a_room_counts_its_pages_and_answers_before_the_bell(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, VILLAGE) as room:
        teacher = await here.enter(TEACHER)
        here.app.rooms.live[next(iter(here.app.rooms.live))].ask(SYSTEM, AddHandout("课件", SHEETS))
        await teacher.done(SetWarmup("1/2 + 1/2 ?", ["1", "2", "3", "4"]))
        await room.until(lambda: bool(handouts(room.lesson.channel(Handouts.name))))
        await room.until(lambda: room.lesson.seq == here.lesson().seq)
        await prepare(room, ROOMS[0])
        assert [one.sheets for one in await told(teacher, SheetsCounted)] == [len(SHEETS)]
        assert [one.counts for one in await told(teacher, WarmupTallied)] == [ROOMS[0].counts]


def handouts(channel: object) -> dict[int, object]:
    assert isinstance(channel, Handouts)
    return {**channel.handouts}


def test_the_rooms_are_as_different_as_lines_are() -> None:
    assert [early.share for early in ROOMS] == [1.0, 0.5, 0.0]
    assert [grade_of(grades_of(early.finding)) for early in ROOMS] == ["A", "B", "C"]
