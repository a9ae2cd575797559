"""Whose a classroom is: who may speak for it, and who may see what is its own."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from .channel import Fact, Whose, sees
from .permissions import check_owner
from .words import Participant, ParticipantId, Role


def theirs(room: ParticipantId, school: str) -> Whose:
    """A room's, and so its school's: nobody's of another village."""
    return Whose(frozenset({room}), school)


class OfASchool(Protocol):
    @property
    def school(self) -> str: ...


Thing = TypeVar("Thing", bound=OfASchool)


def seen_of(
    viewer: Participant, kind: type[Fact], rooms: Mapping[ParticipantId, Thing]
) -> dict[ParticipantId, Thing]:
    """What is known of rooms, as far as the viewer may see the facts that brought it."""
    return {r: thing for r, thing in rooms.items() if sees(viewer, kind, theirs(r, thing.school))}


def check_speaks_for(by: Participant, action: str, room: ParticipantId, school: str | None) -> None:
    """Raise Refused("not-yours") unless this is the room itself, or a co-teacher of its school."""
    helps = by.role is Role.CO_TEACHER and by.school == school != ""
    check_owner(by.role, action, own=by.id == room or helps)
