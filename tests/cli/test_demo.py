"""The demo's district is whole: every pupil has a seat, and its only clashes are meant."""

from datetime import date
from pathlib import Path

from synclass.adapters.registry import SqlRegistry
from synclass.cli import demo
from synclass.school.people import check_person, seats
from synclass.school.places import check_classroom, check_school
from synclass.school.timetable import check_slot, check_term, clashes, week_of

TODAY = date(2026, 11, 26)


def test_nothing_in_it_would_be_refused() -> None:
    schools = {school.id: school for school in demo.SCHOOLS}
    for school in schools.values():
        check_school(school)
    for room in demo.classrooms():
        check_classroom(room)
        pupils = [one for one in demo.people() if one.classroom == room.id]
        assert pupils and seats(room, pupils)[1] == []
    for person in demo.people():
        check_person(person)
    for slot in demo.slots():
        check_slot(slot, schools[slot.school])


def test_a_teacher_and_a_room_are_in_one_place_and_only_one_village_rings_too_late() -> None:
    schools = {school.id: school for school in demo.SCHOOLS}
    rooms = {room.id: room.school for room in demo.classrooms()}
    found = clashes(demo.slots(), schools, rooms)
    assert {(clash.what, clash.which) for clash in found} == {("bells", "yifu")}


def test_today_is_always_in_its_term() -> None:
    term = demo.term(TODAY)
    check_term(term)
    assert week_of(term, TODAY) == demo.WEEKS // 2 + 1


async def test_it_is_settled_once_and_never_over_a_district_that_is_there(tmp_path: Path) -> None:
    registry = await SqlRegistry.open(tmp_path / "synclass.sqlite")
    for _ in range(2):
        await demo.settle(registry, TODAY)
    told = await registry.tally()
    assert (told.schools, told.classrooms) == (4, 8)
    assert all(school.version == 1 for school in await registry.schools())
    assert len(await registry.slots("term", school="yifu")) > 0
    await registry.close()
