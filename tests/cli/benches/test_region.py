"""The region of the bench is one that could be: nobody in two places, and nobody twice."""

from synclass.cli.benches import region
from synclass.cli.benches.region import Size
from synclass.school.csvtext import decoded
from synclass.school.sheets import Fault, Known, read
from synclass.school.timetable import check_slot, clashes

SMALL = Size(2, 12, 36, 500)


def test_its_timetable_has_no_clash() -> None:
    schools = {school.id: school for school in region.schools(SMALL)}
    school_of = {room.id: room.school for room in region.classrooms(SMALL)}
    slots = list(region.slots(SMALL))
    for slot in slots:
        check_slot(slot, schools[slot.school])
    assert len(slots) == 12 * region.SLOTS
    assert [clash for clash in clashes(slots, schools, school_of) if clash.what == "teacher"] == []


def test_every_line_of_its_sheet_is_a_pupil() -> None:
    schools = {school.id: school for school in region.schools(SMALL)}
    school_of = {room.id: room.school for room in region.classrooms(SMALL)}
    pupils = list(read(decoded(region.pupils(SMALL)), "people", Known(schools, school_of)))
    assert len(pupils) == 500 and not [one for one in pupils if isinstance(one, Fault)]


def test_a_year_has_every_school_teaching_every_day() -> None:
    cards = [card for card, _ in region.lessons(SMALL)]
    assert len(cards) == 12 * region.DAYS * region.TAUGHT
    assert len({card.id for card in cards}) == len(cards)
    assert all(card.ended_at > card.began_at > card.made_at for card in cards)
