"""Moments that staff mark while they pass or when they watch the recording."""

from collections.abc import Iterable
from typing import Literal, Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, sees
from ..conduct import Ended
from ..errors import Refused
from ..words import UNSEEN, Participant, ParticipantId

Kind = Literal["key", "hard", "example", "note"]
"""What matters, what was hard, what was worked through, and anything else."""

LONGEST = 80  # characters: one line of a list of chapters
MOST_OF_ONE = 60  # one a minute
MOST = 300  # of a lesson: everyone's snapshot holds them
EARLY = 2.0  # seconds a page's clock may be ahead of ours
TWICE = 1.0  # seconds between two presses of a button that mean one


class MarkMoment(Command, tag="bookmark.add"):
    kind: Kind = "key"
    text: str = ""
    at: float | None = None
    """Lesson seconds that have passed; None is now."""


class ChangeBookmark(Command, tag="bookmark.change"):
    """One's own: it is marked first and described when there is a hand free."""

    n: int
    kind: Kind
    text: str


class RemoveBookmark(Command, tag="bookmark.remove"):
    n: int
    """One's own."""


class PinBookmark(Command, tag="bookmark.pin"):
    """Said by the server for whoever watches the recording."""

    by: Participant
    at: float
    kind: Kind
    text: str


class UnpinBookmark(Command, tag="bookmark.unpin"):
    """Said by the server, which knows whose it is."""

    who: ParticipantId
    n: int


def _aspect(*, hidden: bool) -> str:
    return "hidden" if hidden else ""


class BookmarkAdded(Fact, tag="bookmark.added"):
    who: ParticipantId
    n: int
    """Counts the marks of this person: numbers of all would tell of those that are hidden."""
    at: float
    kind: Kind
    text: str
    name: str
    """Of whoever marked it; they need not have been in the lesson."""
    hidden: bool = False
    """Whether only staff may know: it was marked by somebody whom classrooms do not see."""

    def aspect(self) -> str:
        return _aspect(hidden=self.hidden)


class BookmarkChanged(Fact, tag="bookmark.changed"):
    who: ParticipantId
    n: int
    kind: Kind
    text: str
    hidden: bool = False

    def aspect(self) -> str:
        return _aspect(hidden=self.hidden)


class BookmarkRemoved(Fact, tag="bookmark.removed"):
    who: ParticipantId
    n: int
    hidden: bool = False

    def aspect(self) -> str:
        return _aspect(hidden=self.hidden)


class Bookmark(Struct, frozen=True, array_like=True):
    who: ParticipantId
    n: int
    at: float
    kind: Kind
    text: str
    name: str
    hidden: bool


class Bookmarks(Channel):
    name = "bookmarks"
    commands = (MarkMoment, ChangeBookmark, RemoveBookmark, PinBookmark, UnpinBookmark)
    follows = (BookmarkAdded, BookmarkChanged, BookmarkRemoved, Ended)

    marks: list[Bookmark] = field(default_factory=list)
    ended_at: float | None = None

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case MarkMoment(kind, text, at):
                yield from self._mark(by, kind, text, self._moment(at, now))
            case PinBookmark(who, at, kind, text):
                yield from self._mark(who, kind, text, self._moment(at, now))
            case ChangeBookmark(n, kind, text):
                mark, text = self._find(by.id, n), _checked(text)
                if (mark.kind, mark.text) != (kind, text):
                    yield BookmarkChanged(by.id, n, kind, text, mark.hidden)
            case RemoveBookmark(n):
                yield BookmarkRemoved(by.id, n, self._find(by.id, n).hidden)
            case UnpinBookmark(whose, n):
                yield BookmarkRemoved(whose, n, self._find(whose, n).hidden)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case BookmarkAdded(who, n, moment, kind, text, name, hidden):
                self.marks.append(Bookmark(who, n, moment, kind, text, name, hidden))
            case BookmarkChanged(who, n, kind, text):
                self.marks = [
                    structs.replace(m, kind=kind, text=text) if (m.who, m.n) == (who, n) else m
                    for m in self.marks
                ]
            case BookmarkRemoved(who, n):
                self.marks = [m for m in self.marks if (m.who, m.n) != (who, n)]
            case Ended():
                self.ended_at = at

    def facing(self, viewer: Participant) -> Self:
        seen = [
            m for m in self.marks if sees(viewer, BookmarkAdded, aspect=_aspect(hidden=m.hidden))
        ]
        return structs.replace(self, marks=seen)

    def _mark(self, who: Participant, kind: Kind, text: str, at: float) -> Iterable[Fact]:
        text, mine = _checked(text), [mark for mark in self.marks if mark.who == who.id]
        again = any(mark.kind == kind and abs(mark.at - at) < TWICE for mark in mine)
        if again and not text:
            return
        if len(mine) >= MOST_OF_ONE or len(self.marks) >= MOST:
            raise Refused("too-many", "take away some of the marks first")
        n = max((mark.n for mark in mine), default=0) + 1
        yield BookmarkAdded(who.id, n, at, kind, text, who.name, who.role in UNSEEN)

    def _moment(self, at: float | None, now: float) -> float:
        """The moment that is meant; raises Refused("bad-moment")."""
        end = now if self.ended_at is None else self.ended_at
        if at is None and self.ended_at is None:
            return now
        if at is None or not 0 <= at <= end + EARLY:
            raise Refused("bad-moment", "a mark is at a moment of the lesson that has passed")
        return min(at, end)

    def _find(self, who: ParticipantId, n: int) -> Bookmark:
        found = next((m for m in self.marks if (m.who, m.n) == (who, n)), None)
        if found is None:
            raise Refused("no-bookmark", "this mark is gone already")
        return found


def _checked(text: str) -> str:
    if len(text) > LONGEST or not text.isprintable():
        raise Refused("bad-text", f"one line of at most {LONGEST} characters")
    return text.strip()
