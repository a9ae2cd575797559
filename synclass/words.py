"""The words of the field. Only shapes here, no rules."""

from enum import StrEnum
from typing import Literal, NewType, TypeAlias

from msgspec import Struct

ParticipantId = NewType("ParticipantId", str)
LessonId = NewType("LessonId", str)
TrackName: TypeAlias = Literal["voice", "camera", "content"]


class Stage(StrEnum):
    """A lesson lives through three stages, in this order."""

    PRECLASS = "preclass"
    INCLASS = "inclass"
    POSTCLASS = "postclass"


class Role(StrEnum):
    """Who somebody is in one lesson.  The system is the server itself; no ticket names it."""

    TEACHER = "teacher"
    CO_TEACHER = "co-teacher"
    CLASSROOM = "classroom"
    PATROL = "patrol"
    ADMIN = "admin"
    GUEST = "guest"
    """A teacher of elsewhere who sits in, or watches what was shared: no account has this role."""
    SYSTEM = "system"


UNSEEN = frozenset({Role.PATROL, Role.ADMIN, Role.GUEST})
"""Those who look in without being seen by a classroom."""
WITHOUT_ACCOUNT = frozenset({Role.CLASSROOM, Role.GUEST, Role.SYSTEM})
"""A room comes by a code, a guest as somebody with an account of another role."""


class Participant(Struct, frozen=True, array_like=True):
    id: ParticipantId
    name: str
    role: Role
    school: str = ""


SYSTEM = Participant(ParticipantId("system"), "synclass", Role.SYSTEM)
