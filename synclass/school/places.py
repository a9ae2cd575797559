"""Where lessons are held: alliances of schools, schools with their bells, classrooms with seats."""

from collections.abc import Iterable

from msgspec import Struct

from ..errors import Refused

LONGEST_NAME = 80
"""Characters of any name in a district; the longest school's name in China has 60."""
LONGEST_ID = 60
"""Characters of an id: those of other systems are UUIDs, or numbers."""
MOST_BELLS = 16
"""Lessons of a day, with those after school."""
WIDEST = 20
"""Seats in a row, and rows in a room."""
DAY = 24 * 60
"""Minutes."""


class Alliance(Struct, frozen=True):
    """Schools that do things in common."""

    id: str
    name: str
    version: int = 0
    """How often it was changed: whoever changes it says which one they have seen."""
    lead: str = ""
    """The school whose administrator writes for all."""


class Bell(Struct, frozen=True, array_like=True):
    """A lesson of the day, in minutes after midnight."""

    starts: int
    ends: int


class School(Struct, frozen=True):
    id: str
    name: str
    alliance: str = ""
    bells: list[Bell] = []
    version: int = 0
    latitude: float | None = None
    """Degrees north; with no place it stands in a grid on the map."""
    longitude: float | None = None
    """Degrees east."""
    after_bells: list[Bell] = []
    """Of the service after school; empty where it goes by the school's."""


class Classroom(Struct, frozen=True):
    """A room of a school, and the class that sits in it."""

    id: str
    school: str
    name: str
    rows: int = 0
    columns: int = 0
    """Of seats, as the teacher sees them; 0 where nobody has said."""
    version: int = 0


BELLS = [Bell(start, start + 40) for start in (500, 550, 610, 660, 840, 890, 940, 985)]
"""8:20 to 17:05, with a long break and a noon: what a new school begins with."""


def check_school(school: School) -> None:
    """Raise Refused("bad-bells") where a lesson ends before it begins, or begins in another.

    Or ("bad-place") where no school can be.
    """
    check_name(school.id, school.name)
    place = school.latitude, school.longitude
    if place != (None, None) and not _on_earth(*place):
        raise Refused("bad-place", "a place is a latitude to 90 and a longitude to 180 degrees")
    _check_bells(school.bells)
    _check_bells(school.after_bells)


def _check_bells(bells: list[Bell]) -> None:
    if len(bells) > MOST_BELLS:
        raise Refused("bad-bells", f"a day has at most {MOST_BELLS} lessons")
    last = 0
    for number, bell in enumerate(bells, 1):
        if not last <= bell.starts < bell.ends <= DAY:
            raise Refused("bad-bells", f"lesson {number} begins or ends at a time that cannot be")
        last = bell.ends


def _on_earth(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def named_in(text: str, schools: Iterable[School]) -> School | None:
    """Whose name a classroom's name begins with; the longest of several."""
    found = [one for one in schools if text.startswith(one.name)]
    return max(found, key=lambda one: len(one.name), default=None)


def check_classroom(room: Classroom) -> None:
    """Raise Refused("bad-seats")."""
    check_name(room.id, room.name)
    if not (0 <= room.rows <= WIDEST and 0 <= room.columns <= WIDEST):
        raise Refused("bad-seats", f"a room has at most {WIDEST} rows of {WIDEST} seats")


def check_name(id_: str, name: str) -> None:
    """Raise Refused("bad-id") or Refused("bad-text")."""
    if not 0 < len(id_) <= LONGEST_ID or not id_.isprintable() or id_ != id_.strip():
        raise Refused("bad-id", f"an id has 1 to {LONGEST_ID} characters that can be printed")
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise Refused("bad-text", f"a name has 1 to {LONGEST_NAME} characters that can be printed")
