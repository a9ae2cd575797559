"""Whose a classroom is: who may speak for it, and who may see what is its own."""

from msgspec import structs

from .channel import STAFF_ONLY, Audience
from .permissions import check_owner
from .words import Participant, ParticipantId, Role


def theirs(room: ParticipantId, school: str) -> Audience:
    """A room, the co-teachers of its school, and the staff: nobody of another village."""
    return structs.replace(STAFF_ONLY, school=school, who=frozenset({room}))


def check_speaks_for(by: Participant, action: str, room: ParticipantId, school: str | None) -> None:
    """Raise Refused("not-yours") unless this is the room itself, or a co-teacher of its school."""
    helps = by.role is Role.CO_TEACHER and by.school == school != ""
    check_owner(by.role, action, own=by.id == room or helps)
