"""Who was in the lesson sits in classes that the demo's district has."""

from synclass.cli import demo
from synclass.cli.exhibit.people import ROOMS, classroom_of


def test_every_room_has_its_class_in_the_district() -> None:
    known = {room.id for room in demo.classrooms()}
    assert len(ROOMS) == 3 and {classroom_of(room) for room in ROOMS} <= known
