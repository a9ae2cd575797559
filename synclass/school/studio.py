"""A studio: a famous teacher, the apprentices around them, and the lessons they open."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from ..errors import Refused
from ..words import LessonId
from .places import LONGEST_NAME, check_name

LONGEST_ABOUT = 1_000
MOST_STUDIOS = 500
"""Of a region."""
MOST_APPRENTICES = 60
"""Of a studio, with those who were asked and have not come."""
MOST_OPEN = 500
"""Lessons that a studio opens."""


class Standing(StrEnum):
    """How far somebody is on the way into a studio."""

    ASKED = "asked"
    """They asked to come."""
    INVITED = "invited"
    """The master asked them to come."""
    IN = "in"


class Studio(Struct, frozen=True):
    id: str
    name: str
    subject: str
    master: str
    """An account."""
    about: str = ""
    version: int = 0


class Apprentice(Struct, frozen=True):
    """A teacher of any school, and the studio they come to."""

    id: str
    studio: str
    account: str
    standing: Standing
    at: float
    """When that became so; wall time."""
    version: int = 0


class OpenLesson(Struct, frozen=True):
    """A lesson that the studio's people sit in, and watch afterwards; its id is the lesson's."""

    id: LessonId
    studio: str
    lesson: LessonId
    at: float
    version: int = 0


def id_of(studio: str, account: str) -> str:
    """Of an apprentice: nobody comes to a studio twice."""
    return f"{studio} {account}"


def check_studio(studio: Studio) -> None:
    """Raise Refused("bad-id") or ("bad-text")."""
    check_name(studio.id, studio.name)
    if len(studio.subject) > LONGEST_NAME or len(studio.about) > LONGEST_ABOUT:
        raise Refused("bad-text", f"about has at most {LONGEST_ABOUT} characters")


def people_of(studio: Studio, apprentices: Iterable[Apprentice]) -> set[str]:
    """The accounts of those who are in it: the master, and who was taken in."""
    taken = {one.account for one in apprentices if one.standing is Standing.IN}
    return {studio.master, *taken}
