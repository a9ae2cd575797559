"""All that is kept of one pupil, and what an erasure of it did; the shape of an export."""

from msgspec import Struct

from ..school.consent import Consent
from ..school.people import Person
from ..words import LessonId, ParticipantId
from .homework import Work

VERSION = 1
"""Of what an export says; fields are added last."""


class Said(Struct, frozen=True):
    """An answer in a quiz."""

    quiz: int
    said: str
    right: bool | None


class Took(Struct, frozen=True):
    """A pupil's part in a lesson, as the class book has it."""

    lesson: LessonId
    title: str
    subject: str
    began_at: float
    """Wall time."""
    here: bool | None
    """None where the roll was not called."""
    picked: int
    answers: list[Said]


class Listed(Struct, frozen=True):
    """A line of a lesson's report that has their name."""

    lesson: LessonId
    room: str
    here: bool


class Handed(Struct, frozen=True):
    """What they handed in, with the task, the marks and the remark."""

    lesson: LessonId
    task: str
    work: Work
    files: list[str] = []
    """Members of the export."""


class Kept(Struct, frozen=True):
    """A track that was recorded of their own device."""

    name: str
    size: int
    seconds: float
    erased: bool
    file: str = ""
    """The member of the export; "" where it cannot be read any more."""


class Heard(Struct, frozen=True):
    """A lesson that a device of their own was in."""

    lesson: LessonId
    who: ParticipantId
    name: str
    """As it called itself."""
    tracks: list[Kept]


class Mention(Struct, frozen=True):
    """Where somebody else wrote their name."""

    lesson: LessonId
    where: str
    """``evaluation`` or ``plan``."""
    who: str
    """The account that wrote it."""
    text: str


class Dossier(Struct):
    """All that is kept of a pupil."""

    version: int
    made_at: float
    person: Person
    school: str
    classroom: str
    """Their names."""
    namesakes: int
    """Others of that name in their school: what stands under a name alone may be theirs."""
    consents: list[Consent]
    took: list[Took]
    listed: list[Listed]
    handed: list[Handed]
    heard: list[Heard]
    mentions: list[Mention]

    @property
    def lessons(self) -> set[LessonId]:
        parts = (self.took, self.listed, self.handed, self.heard)
        return {one.lesson for part in parts for one in part}


class Left(Struct, frozen=True):
    """What could not be erased, and why: a code."""

    lesson: LessonId
    why: str


class Erased(Struct, frozen=True):
    """What an erasure did; numbers of rows, works and recorded voices."""

    lessons: int
    answers: int
    listed: int
    works: int
    voices: int
    left: list[Left] = []


def own_rooms(school: str, name: str, *, alone: bool) -> list[str]:
    """What a device of theirs calls itself; by the bare name alone, if nobody else has it."""
    return [f"{school} {name}", f"{school}{name}", *([name] if alone else [])]
