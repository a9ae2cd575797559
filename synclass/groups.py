"""Rooms that work in groups for a while: the facts of it, which several channels follow."""

from msgspec import Struct

from .channel import Fact, Whose
from .words import ParticipantId


class Group(Struct, frozen=True, array_like=True):
    number: int
    """From 1."""
    rooms: list[ParticipantId]
    task: str = ""


class GroupsFormed(Fact, tag="groups.formed"):
    groups: list[Group]
    seconds: int = 0
    """After which all are back; 0 where the teacher says when."""


class GroupsEnded(Fact, tag="groups.ended"):
    """Back together."""


class GroupVisited(Fact, tag="groups.visited"):
    number: int
    """Where the teacher is: only that group hears her. 0: she speaks to all."""


class GroupSaid(Fact, tag="groups.said"):
    words: int
    number: int
    who: ParticipantId
    text: str
    rooms: list[ParticipantId]
    """Of the group, then: nobody else reads it."""

    def whose(self) -> Whose:
        return Whose(frozenset(self.rooms))
