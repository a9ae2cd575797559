"""Warm-up: questions the teacher sets before class, tallied by the rooms before the bell."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose
from ..conduct import Began, Ended, Joined
from ..errors import Refused
from ..village import check_speaks_for, seen_of, theirs
from ..words import Participant, ParticipantId, Role

MOST_QUESTIONS = 10  # a warm-up of more is a test
LONGEST_TEXT = 200  # characters: it is read from the back of a room
LONGEST_CHOICE = 60
MOST_CHOICES = 6
MOST_PUPILS = 80  # of one classroom, as in a roll-call


class SetWarmup(Command, tag="warmup.set"):
    text: str
    choices: list[str]


class DropWarmup(Command, tag="warmup.drop"):
    question: int


class TallyWarmup(Command, tag="warmup.tally"):
    """So many pupils of a room are for each choice; said again, it replaces what was said."""

    question: int
    room: ParticipantId
    counts: list[int]


class HideWarmup(Command, tag="warmup.hide"): ...


class WarmupSet(Fact, tag="warmup.was-set"):
    question: int
    text: str
    choices: list[str]


class WarmupDropped(Fact, tag="warmup.dropped"):
    question: int


class WarmupTallied(Fact, tag="warmup.tallied"):
    question: int
    room: ParticipantId
    school: str
    counts: list[int]

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class WarmupShown(Fact, tag="warmup.shown"):
    """At the bell everybody sees how all rooms together have answered."""

    questions: list[int]
    totals: list[list[int]]
    """Of each of these questions."""
    rooms: int
    """How many rooms have answered any."""


class WarmupHidden(Fact, tag="warmup.hidden"): ...


class Warming(Struct, frozen=True, array_like=True):
    text: str
    choices: list[str]


class Tallied(Struct, frozen=True, array_like=True):
    school: str
    counts: dict[int, list[int]]


class Warmup(Channel):
    name = "warmup"
    late = True
    commands = (SetWarmup, DropWarmup, TallyWarmup, HideWarmup)
    follows = (
        *(WarmupSet, WarmupDropped, WarmupTallied, WarmupShown, WarmupHidden),
        *(Joined, Began, Ended),
    )

    questions: dict[int, Warming] = field(default_factory=dict)
    last: int = 0
    tallies: dict[ParticipantId, Tallied] = field(default_factory=dict)
    schools: dict[ParticipantId, str] = field(default_factory=dict)
    due: float | None = None
    """The bell has rung: what was answered is to be shown."""
    shown: dict[int, list[int]] | None = None
    rooms: int = 0

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case SetWarmup(text, choices):
                if len(self.questions) >= MOST_QUESTIONS:
                    raise Refused("too-many-warmups", f"at most {MOST_QUESTIONS} questions")
                yield WarmupSet(self.last + 1, *_checked(text, choices))
            case DropWarmup(number):
                self._question(number)
                yield WarmupDropped(number)
            case TallyWarmup(number, room, counts):
                yield self._tally(by, number, room, counts)
            case HideWarmup() if self.shown is not None:
                yield WarmupHidden()

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case WarmupSet(number, text, choices):
                self.last = number
                self.questions[number] = Warming(text, choices)
            case WarmupDropped(number):
                self.questions.pop(number, None)
            case WarmupTallied(number, room, school, counts):
                before = self.tallies.get(room)
                told = {**(before.counts if before else {}), number: counts}
                self.tallies[room] = Tallied(school, told)
            case WarmupShown(numbers, totals, rooms):
                self.due, self.rooms = None, rooms
                self.shown = dict(zip(numbers, totals, strict=True))
            case WarmupHidden():
                self.shown = None
            case Began():
                self.due = at if self.questions else None
            case Ended():
                self.due = self.shown = None
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school

    def wake_at(self) -> float | None:
        return self.due

    def wake(self, now: float) -> Iterable[Fact]:
        totals = {number: self.total(number) for number in self.questions}
        told = [t for t in self.tallies.values() if t.counts.keys() & totals.keys()]
        yield WarmupShown(list(totals), list(totals.values()), len(told))

    def facing(self, viewer: Participant) -> Self:
        seen = seen_of(viewer, WarmupTallied, self.tallies)
        return structs.replace(self, tallies=seen)

    def total(self, number: int) -> list[int]:
        """How many pupils of all rooms are for each choice."""
        told = [t.counts[number] for t in self.tallies.values() if number in t.counts]
        return [sum(column) for column in zip(*told, strict=True)] if told else []

    def _tally(
        self, by: Participant, number: int, room: ParticipantId, counts: list[int]
    ) -> WarmupTallied:
        question = self._question(number)
        if room not in self.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        check_speaks_for(by, "warmup.tally", room, self.schools[room])
        if len(counts) != len(question.choices):
            raise Refused("bad-tally", "a number for each choice")
        if min(counts) < 0 or sum(counts) > MOST_PUPILS:
            raise Refused("bad-tally", f"a classroom has 0 to {MOST_PUPILS} pupils")
        return WarmupTallied(number, room, self.schools[room], counts)

    def _question(self, number: int) -> Warming:
        if number not in self.questions:
            raise Refused("no-warmup", "this question has been taken away")
        return self.questions[number]


def _checked(text: str, choices: list[str]) -> tuple[str, list[str]]:
    text, choices = " ".join(text.split()), [" ".join(one.split()) for one in choices]
    if not 0 < len(text) <= LONGEST_TEXT:
        raise Refused("bad-warmup", f"a question has 1 to {LONGEST_TEXT} characters")
    if not 2 <= len(choices) <= MOST_CHOICES:
        raise Refused("bad-warmup", f"2 to {MOST_CHOICES} choices")
    if not all(0 < len(one) <= LONGEST_CHOICE for one in choices):
        raise Refused("bad-warmup", f"a choice has 1 to {LONGEST_CHOICE} characters")
    return text, choices
