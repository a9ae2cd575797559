"""What is kept of one pupil, in whichever table, and its end."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from synclass.postclass.dossier import Erased
from synclass.postclass.reports import Presence
from synclass.school.people import Person
from synclass.words import LessonId, ParticipantId


class Forgetting(Struct, frozen=True, kw_only=True):
    """Whose rows are to go, and by which names they are found."""

    person: Person
    """Of the version that was seen."""
    school: str
    """Its name."""
    own: Sequence[str]
    """What their own device called itself."""
    devices: Sequence[ParticipantId]
    """Who it was in its lessons."""
    named: bool
    """Whether what stands under a name alone goes too: reports and homework."""
    at: float
    """Wall time."""


class Pupils(Protocol):
    """One pupil in all tables."""

    async def called(self, name: str, *, school: str = "") -> int:
        """How many pupils have this name, of the district or of a school."""

    async def listed(self, school: str, pupil: str) -> list[Presence]:
        """The lines of reports with this name, in rooms of a school by its name."""

    async def rooms_called(self, names: Sequence[str]) -> list[LessonId]:
        """The lessons in which a room called itself so."""

    async def erase_pupil(self, who: Forgetting) -> Erased:
        """Take them out of all tables, all or nothing; what is counted of a class stays.

        Raises Refused("changed-meanwhile"), ("not-there").
        """

    async def forgotten(self, *, after: float) -> frozenset[str]:
        """Pupils and devices erased after this moment: in no lesson of before have they names."""
