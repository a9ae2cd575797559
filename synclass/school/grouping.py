"""Classrooms that work in the same groups again: named once, taken in a later lesson."""

from itertools import chain

from msgspec import Struct

from ..errors import Refused

MOST_GROUPS, LARGEST = 20, 5
"""As many groups, and rooms of one, as a lesson forms (synclass/inclass/groups.py)."""
LONGEST_NAME = 40
LONGEST_ROOM = 160
"""Characters: a school's name and its classroom's."""
MOST = 40
"""Groupings that a teacher keeps."""


class Grouping(Struct, frozen=True):
    """Which classrooms work together, by their names in a lesson: there they have no other."""

    name: str
    groups: list[list[str]]
    owner: str = ""
    """The teacher's account."""
    course: str = ""
    """Whoever teaches a lesson of it finds it, too."""


def check_grouping(grouping: Grouping) -> None:
    """Raise Refused("bad-text") or ("bad-groups")."""
    name, groups = grouping.name, grouping.groups
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise Refused("bad-text", f"a name has 1 to {LONGEST_NAME} characters")
    rooms = list(chain.from_iterable(groups))
    if not 0 < len(groups) <= MOST_GROUPS or not all(0 < len(one) <= LARGEST for one in groups):
        raise Refused("bad-groups", f"1 to {MOST_GROUPS} groups of 1 to {LARGEST} rooms")
    if len(set(rooms)) < len(rooms) or not all(0 < len(room) <= LONGEST_ROOM for room in rooms):
        raise Refused("bad-groups", "each classroom has a name, and is in one group")
