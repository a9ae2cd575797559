"""Tomorrow's lesson is planned by two, on the timetable, and asks before the bell."""

from datetime import date, timedelta

import pytest

from synclass import wire
from synclass.cli import demo
from synclass.cli.exhibit.tomorrow import LESSON
from synclass.preclass.coprep import difference
from synclass.preclass.handout import Handouts
from synclass.preclass.warmup import Warmup
from synclass.school.timetable import Kind, clashes
from synclass.toolbox import new_lesson
from synclass.words import Stage

from .conftest import NOW, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_it_waits_with_courseware_and_a_question(house: House) -> None:
    lesson = new_lesson()
    for record in house.shelf.read(LESSON):
        lesson.apply(wire.entries(record))
    handouts, warmup = lesson.channel("handout"), lesson.channel("warmup")
    assert isinstance(handouts, Handouts) and isinstance(warmup, Warmup)
    assert lesson.conduct.stage is Stage.PRECLASS and warmup.questions
    [handout] = handouts.handouts.values()
    assert all(house.shelf.page(LESSON, f"{sheet.name}.gz") for sheet in handout.sheets)


async def test_a_remark_changed_the_plan_and_was_answered(house: House) -> None:
    old, new = [await house.registry.plan(LESSON, n) for n in (1, 2)]
    assert old and new
    changed = {one.change for one in difference(old.plan, new.plan)}
    assert changed == {"same", "added", "removed"}
    asked, answered = await house.registry.remarks(LESSON)
    assert (asked.who, answered.who) == ("li", "wang") and answered.parent == asked.id


async def test_three_villages_are_expected_and_nothing_is_in_their_way(house: House) -> None:
    slot = await house.registry.slot_of(LESSON)
    assert slot is not None and slot.kind is Kind.MASTER and len(slot.listeners) == 3
    day = date.fromtimestamp(NOW) + timedelta(days=1)
    assert (await house.registry.opened(day))[slot.id] == LESSON
    schools = {school.id: school for school in demo.SCHOOLS}
    rooms = {room.id: room.school for room in demo.classrooms()}
    for weekday in range(1, 8):
        slots = [*demo.slots(), *([slot] if slot.weekday == weekday else [])]
        assert {clash.what for clash in clashes(slots, schools, rooms)} == {"bells"}
