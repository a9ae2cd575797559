"""Courseware that is handed out before the bell: its pages by hash, and which room has them all."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..conduct import Joined, Left
from ..errors import Refused
from ..words import Participant, ParticipantId, Role

MOST_HANDOUTS = 20
MOST_SHEETS = 400  # in a lesson: a welcome names each in 90 bytes
LONGEST_TITLE = 60  # characters
MOST_GONE = 200  # rooms that are remembered after they left


class Sheet(Struct, frozen=True, array_like=True):
    """One page of courseware: its name says what is shown, so it is the same for ever."""

    name: str
    """SHA-256 of what is shown, in hexadecimal, and ``.svg`` or ``.webp``."""
    width: int
    height: int
    bytes: int
    """Over the line: of an SVG, gzipped."""


class AddHandout(Command, tag="handout.add"):
    """Said by the server when it has made the pages of a file."""

    title: str
    sheets: list[Sheet]
    words: str = ""
    """The hash of a JSON list of what stands on each page; "" where nothing is known."""


class RemoveHandout(Command, tag="handout.remove"):
    handout: int


class CountSheets(Command, tag="handout.count"):
    """A room says how many pages of a handout it has."""

    handout: int
    sheets: int


class HandoutAdded(Fact, tag="handout.added"):
    handout: int
    title: str
    sheets: list[Sheet]
    words: str = ""


class HandoutRemoved(Fact, tag="handout.removed"):
    """No longer handed out; pages of it that are on the board stay there."""

    handout: int


class SheetsCounted(Fact, tag="handout.counted"):
    who: ParticipantId
    handout: int
    sheets: int

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Handout(Struct, array_like=True):
    title: str
    sheets: list[Sheet]
    words: str = ""


class Handouts(Channel):
    name = "handout"
    commands = (AddHandout, RemoveHandout, CountSheets)
    follows = (HandoutAdded, HandoutRemoved, SheetsCounted, Joined, Left)

    handouts: dict[int, Handout] = field(default_factory=dict)
    last: int = 0
    """The number of the latest handout: none is given twice."""
    counts: dict[ParticipantId, dict[int, int]] = field(default_factory=dict)
    """How many pages of each handout a room has."""
    names: dict[ParticipantId, str] = field(default_factory=dict)
    """Of the classrooms that are there."""
    gone: dict[str, dict[int, int]] = field(default_factory=dict)
    """What a room of this name had when it left: fetched in the evening, there at the bell."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AddHandout(title, sheets, words):
                self._check_room(sheets)
                yield HandoutAdded(self.last + 1, title[:LONGEST_TITLE], sheets, words)
            case RemoveHandout(number):
                self._handout(number)
                yield HandoutRemoved(number)
            case CountSheets(number, sheets):
                if not 0 <= sheets <= len(self._handout(number).sheets):
                    raise Refused("bad-count", "more pages than this handout has")
                if sheets != self.counts.get(by.id, {}).get(number, 0):
                    yield SheetsCounted(by.id, number, sheets)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case HandoutAdded(number, title, sheets, words):
                self.last = number
                self.handouts[number] = Handout(title, sheets, words)
            case HandoutRemoved(number):
                self.handouts.pop(number, None)
                for counts in (*self.counts.values(), *self.gone.values()):
                    counts.pop(number, None)
            case SheetsCounted(who, number, sheets):
                self.counts.setdefault(who, {})[number] = sheets
            case Joined(who) if who.role is Role.CLASSROOM:
                self.names[who.id] = who.name
            case Left(who_id):
                self._left(self.names.pop(who_id, ""), self.counts.pop(who_id, {}))

    def facing(self, viewer: Participant) -> Self:
        seen = {
            who: dict(counts)
            for who, counts in self.counts.items()
            if sees(viewer, SheetsCounted, Whose(frozenset({who})))
        }
        gone = self.gone if sees(viewer, SheetsCounted, Whose(frozenset())) else {}
        return structs.replace(self, counts=seen, gone=gone)

    def _left(self, name: str, counts: dict[int, int]) -> None:
        if name and counts:
            self.gone.pop(name, None)
            self.gone[name] = counts
            if len(self.gone) > MOST_GONE:
                del self.gone[next(iter(self.gone))]

    def _handout(self, number: int) -> Handout:
        if number not in self.handouts:
            raise Refused("no-handout", "this courseware has been taken away")
        return self.handouts[number]

    def _check_room(self, sheets: list[Sheet]) -> None:
        there = sum(len(handout.sheets) for handout in self.handouts.values())
        if len(self.handouts) >= MOST_HANDOUTS or there + len(sheets) > MOST_SHEETS:
            raise Refused("too-many-handouts", f"a lesson has at most {MOST_SHEETS} such pages")
