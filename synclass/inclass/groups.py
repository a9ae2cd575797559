"""Groups: rooms hear and see one another while they work, and are back together at once.

Who hears whom is the stage's; here is who is with whom, for how long, at what, and what they write.
"""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..conduct import Ended, Joined, Left
from ..errors import Refused
from ..groups import Group, GroupSaid, GroupsEnded, GroupsFormed, GroupVisited
from ..words import Participant, ParticipantId, Role
from .stage import PLACES, StageEntered, StageLeft

MOST_GROUPS = 20  # as many as the teacher's wall has pictures
LARGEST = PLACES + 1  # rooms: each hears and sees all others of its group
LONGEST_TASK = 200  # characters
LONGEST_WORDS = 300  # characters
LONGEST_WORK = 3600  # seconds
KEPT = 60  # words of each group in the state


class FormGroups(Command, tag="groups.form"):
    groups: list[list[ParticipantId]]
    tasks: list[str]
    """One for all, or one for each."""
    seconds: int = 0


class EndGroups(Command, tag="groups.end"): ...


class VisitGroup(Command, tag="groups.visit"):
    """0 to leave."""

    number: int


class SayInGroup(Command, tag="groups.say"):
    """To one's own; the teacher's to the one she visits."""

    text: str


class GroupWords(Struct, frozen=True, array_like=True):
    id: int
    at: float
    number: int
    who: ParticipantId
    text: str
    rooms: list[ParticipantId]


class Groups(Channel):
    name = "groups"
    commands = (FormGroups, EndGroups, VisitGroup, SayInGroup)
    follows = (
        *(GroupsFormed, GroupsEnded, GroupVisited, GroupSaid),
        *(Joined, Left, StageEntered, StageLeft, Ended),
    )

    groups: list[Group] = field(default_factory=list)
    """Empty while all are together."""
    visited: int = 0
    ends_at: float | None = None
    words: list[GroupWords] = field(default_factory=list)
    rooms: list[ParticipantId] = field(default_factory=list)
    on: list[ParticipantId] = field(default_factory=list)
    """On stage: they step down when groups are formed."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case FormGroups():
                formed = self._form(command)
                yield from (StageLeft(who) for who in self.on)
                yield formed
            case EndGroups() if self.groups:
                yield GroupsEnded()
            case VisitGroup(number) if number != self.visited:
                if not 0 <= number <= len(self.groups):
                    raise Refused("no-group", "there is no such group")
                yield GroupVisited(number)
            case SayInGroup(text):
                yield self._say(by, text.strip())

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case GroupsFormed(groups, seconds):
                self.groups, self.visited, self.words = groups, 0, []
                self.ends_at = at + seconds if seconds else None
            case GroupsEnded() | Ended():
                self.groups, self.visited, self.ends_at = [], 0, None
            case GroupVisited(number):
                self.visited = number
            case GroupSaid(id_, number, who, text, rooms):
                like = [words for words in self.words if words.number == number]
                if len(like) >= KEPT:
                    self.words.remove(like[0])
                self.words.append(GroupWords(id_, at, number, who, text, rooms))
            case Joined(who) if who.role is Role.CLASSROOM and who.id not in self.rooms:
                self.rooms.append(who.id)
            case StageEntered(who):
                self.on.append(who)
            case StageLeft(who):
                self._step_down(who)
            case Left(who):
                self._step_down(who)
                self.rooms = [room for room in self.rooms if room != who]

    def wake_at(self) -> float | None:
        return self.ends_at

    def wake(self, now: float) -> Iterable[Fact]:
        yield GroupsEnded()

    def facing(self, viewer: Participant) -> Self:
        seen = [
            words for words in self.words if sees(viewer, GroupSaid, Whose(frozenset(words.rooms)))
        ]
        return structs.replace(self, words=seen)

    def _step_down(self, who: ParticipantId) -> None:
        self.on = [one for one in self.on if one != who]

    def _form(self, asked: FormGroups) -> Fact:
        groups, rooms = asked.groups, [room for group in asked.groups for room in group]
        if not 0 < len(groups) <= MOST_GROUPS or not all(groups):
            raise Refused("bad-groups", f"between 1 and {MOST_GROUPS} groups, none of them empty")
        if max(map(len, groups)) > LARGEST or len(set(rooms)) < len(rooms):
            raise Refused("bad-groups", f"at most {LARGEST} rooms, each in one group")
        if not set(rooms) <= set(self.rooms):
            raise Refused("no-room", "this classroom is not in the lesson")
        tasks = [" ".join(task.split()) for task in asked.tasks] or [""]
        if len(tasks) not in (1, len(groups)) or max(map(len, tasks)) > LONGEST_TASK:
            raise Refused("bad-text", f"one task, or one for each: {LONGEST_TASK} characters")
        if not 0 <= asked.seconds <= LONGEST_WORK:
            raise Refused("bad-duration", "at most an hour")
        tasks = tasks if len(tasks) > 1 else tasks * len(groups)
        formed = [Group(n, group, tasks[n - 1]) for n, group in enumerate(groups, 1)]
        return GroupsFormed(formed, asked.seconds)

    def _say(self, by: Participant, text: str) -> Fact:
        if not 0 < len(text) <= LONGEST_WORDS:
            raise Refused("bad-text", f"between 1 and {LONGEST_WORDS} characters")
        mine = [g for g in self.groups if by.id in g.rooms or g.number == self._hers(by)]
        if not mine:
            raise Refused("no-group", "you are in no group now")
        last = max((words.id for words in self.words), default=0)
        return GroupSaid(last + 1, mine[0].number, by.id, text, mine[0].rooms)

    def _hers(self, by: Participant) -> int:
        return self.visited if by.role is Role.TEACHER else 0
