"""A class in its room: from its school's books, in the order of its seats."""

from synclass.inclass.roll import Roll, SeatClass
from synclass.ports import Registry
from synclass.school.people import Part, Person, seats
from synclass.school.places import Classroom
from synclass.words import SYSTEM, ParticipantId

from .room import Room

USUAL = 6  # seats in a row where nobody has said
MOST = 1000  # pupils that are looked for in one classroom


async def pupils_of(registry: Registry, classroom: str) -> list[Person]:
    return await registry.people(classroom=classroom, part=Part.PUPIL, limit=MOST)


async def seat_paired(registry: Registry, room: Room, who: ParticipantId) -> None:
    """Seat the class of a device that an admin has paired, the first time that it comes.

    Raises Refused or Unavailable.  Whoever came in by the six digits has no class: a door's ids
    are random, and none of them is a paired device's.
    """
    roll = room.lesson.channel("roll")
    assert isinstance(roll, Roll)
    device = await registry.device(who.removeprefix("room-"))
    if device is None or device.code or who in roll.rosters:
        return
    for classroom in await registry.classrooms(ids=[device.classroom]):
        if pupils := await pupils_of(registry, classroom.id):
            room.ask(SYSTEM, seated(who, classroom, pupils))


def seated(room: ParticipantId, classroom: Classroom, pupils: list[Person]) -> SeatClass:
    """In the order of the seats as the teacher sees them, and those who have none after that."""
    columns = classroom.columns or USUAL
    taken, standing = seats(classroom, pupils)
    places = {(row - 1) * columns + column: one for (row, column), one in taken.items()}
    sitting = sorted(places.items(), key=lambda item: item[0])
    people = [one for _, one in sitting] + standing
    return SeatClass(
        *(room, classroom.id, [one.name for one in people], [one.id for one in people]),
        *([place for place, _ in sitting] + [0] * len(standing), columns),
    )
