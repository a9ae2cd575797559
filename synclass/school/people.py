"""Teachers and pupils of a district, and where in its classroom each pupil sits."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from ..errors import Refused
from .places import LONGEST_ID, WIDEST, Classroom, check_name


class Part(StrEnum):
    """What somebody is in a school; the words are those of OneRoster."""

    TEACHER = "teacher"
    PUPIL = "student"


class Person(Struct, frozen=True):
    """A teacher may have an account; a pupil has a seat, and no device."""

    id: str
    school: str
    name: str
    part: Part
    number: str = ""
    """The one the school gave them; nobody else of that school has it."""
    account: str = ""
    classroom: str = ""
    row: int = 0
    column: int = 0
    """Of the seat, from 1, as the teacher sees them; 0 for somebody without one."""
    version: int = 0


def check_person(person: Person) -> None:
    """Raise Refused("bad-id"), ("bad-text") or ("bad-seats")."""
    check_name(person.id, person.name)
    if len(person.number) > LONGEST_ID or not person.number.isprintable():
        raise Refused("bad-id", f"a number has at most {LONGEST_ID} characters")
    seated = bool(person.row or person.column)
    if seated and not person.classroom:
        raise Refused("bad-seats", "a seat is in a classroom: say in which")
    if seated and not (1 <= person.row <= WIDEST and 1 <= person.column <= WIDEST):
        raise Refused("bad-seats", f"a seat is in a row of 1 to {WIDEST}")


def seats(
    room: Classroom, people: Iterable[Person]
) -> tuple[dict[tuple[int, int], Person], list[Person]]:
    """Who sits where, and those who stand: no seat, one outside the room, or one that is taken."""
    taken: dict[tuple[int, int], Person] = {}
    standing = []
    for person in people:
        seat = person.row, person.column
        inside = 1 <= person.row <= room.rows and 1 <= person.column <= room.columns
        if inside and seat not in taken:
            taken[seat] = person
        else:
            standing.append(person)
    return taken, standing
