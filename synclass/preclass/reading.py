"""Reading tasks: what a room reads before class, with a tick when its pupils have."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose
from ..conduct import Joined
from ..errors import Refused
from ..village import check_speaks_for, seen_of, theirs
from ..words import Participant, ParticipantId, Role

MOST_TASKS = 10
LONGEST_TITLE = 60  # characters
LONGEST_TEXT = 3000  # characters: three pages of a schoolbook
MOST_PAGES = 40
LONGEST_SHEET = 80  # characters of a page's name


class AssignReading(Command, tag="reading.assign"):
    title: str
    text: str
    """What is to be read, or what to look for; may be "" where there are pages."""
    pages: list[str]
    """Of handouts: the names of their sheets, in the order in which they are read."""


class DropReading(Command, tag="reading.drop"):
    task: int


class TickReading(Command, tag="reading.tick"):
    """The pupils of a room have read it, or have not after all."""

    task: int
    room: ParticipantId
    read: bool


class ReadingAssigned(Fact, tag="reading.assigned"):
    task: int
    title: str
    text: str
    pages: list[str]


class ReadingDropped(Fact, tag="reading.dropped"):
    task: int


class ReadingTicked(Fact, tag="reading.ticked"):
    task: int
    room: ParticipantId
    school: str
    read: bool

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class ReadingTask(Struct, frozen=True, array_like=True):
    title: str
    text: str
    pages: list[str]


class Ticks(Struct, frozen=True, array_like=True):
    school: str
    read: list[int]
    """Tasks, in the order in which they were read."""


class Reading(Channel):
    name = "reading"
    late = True
    commands = (AssignReading, DropReading, TickReading)
    follows = (ReadingAssigned, ReadingDropped, ReadingTicked, Joined)

    tasks: dict[int, ReadingTask] = field(default_factory=dict)
    last: int = 0
    ticks: dict[ParticipantId, Ticks] = field(default_factory=dict)
    schools: dict[ParticipantId, str] = field(default_factory=dict)

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AssignReading(title, text, pages):
                if len(self.tasks) >= MOST_TASKS:
                    raise Refused("too-many-readings", f"at most {MOST_TASKS} reading tasks")
                title = " ".join(title.split())
                _check(title, text, pages)
                yield ReadingAssigned(self.last + 1, title, text.strip(), pages)
            case DropReading(number):
                self._check_there(number)
                yield ReadingDropped(number)
            case TickReading(number, room, read):
                self._check_there(number)
                if room not in self.schools:
                    raise Refused("no-room", "this classroom is not in the lesson")
                check_speaks_for(by, "reading.tick", room, self.schools[room])
                if read is not self.has_read(room, number):
                    yield ReadingTicked(number, room, self.schools[room], read)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case ReadingAssigned(number, title, text, pages):
                self.last = number
                self.tasks[number] = ReadingTask(title, text, pages)
            case ReadingDropped(number):
                self.tasks.pop(number, None)
            case ReadingTicked(number, room, school, read):
                before = self.ticks[room].read if room in self.ticks else []
                others = [task for task in before if task != number]
                self.ticks[room] = Ticks(school, [*others, number] if read else others)
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school

    def facing(self, viewer: Participant) -> Self:
        seen = seen_of(viewer, ReadingTicked, self.ticks)
        return structs.replace(self, ticks=seen)

    def has_read(self, room: ParticipantId, number: int) -> bool:
        return room in self.ticks and number in self.ticks[room].read

    def _check_there(self, number: int) -> None:
        if number not in self.tasks:
            raise Refused("no-reading", "this reading task has been taken away")


def _check(title: str, text: str, pages: list[str]) -> None:
    if not 0 < len(title) <= LONGEST_TITLE:
        raise Refused("bad-reading", f"a title has 1 to {LONGEST_TITLE} characters")
    if len(text) > LONGEST_TEXT or not (text.strip() or pages):
        raise Refused("bad-reading", f"a text of at most {LONGEST_TEXT} characters, or pages")
    if len(pages) > MOST_PAGES or any(len(name) > LONGEST_SHEET for name in pages):
        raise Refused("bad-reading", f"at most {MOST_PAGES} pages of courseware")
