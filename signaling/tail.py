"""The last facts of a lesson as they are sent: one store that serves every client's queue.

A client is nothing but the number of the last fact it was sent.  What it still has to get is a
slice of this tail, so a slow client costs no memory and nobody waits for another.
"""

from msgspec import Raw, Struct

from synclass import wire
from synclass.channel import EVERYONE, Audience, Fact
from synclass.inklines import Inked
from synclass.lesson import Entry
from synclass.strokes import InkAdded, StrokeBegun
from synclass.words import Participant, ParticipantId

KEPT = 8192  # facts, some ten minutes of a busy lesson; older ones come as a snapshot
LONGEST_TAIL = 32 * 1024  # bytes sent as facts; beyond it a snapshot is cheaper
INK = (StrokeBegun, InkAdded)

Key = tuple[int, int, tuple[bool, ...]]


class Kept(Struct, frozen=True):
    seq: int
    ms: int
    fact: Raw
    audience: Audience
    writer: ParticipantId | None
    """Whose own ink this is: they drew it at once and are sent only its ask's number."""
    n: int
    ink: Inked | None = None
    """The fact itself where it is ink: a frame of nothing else is packed."""


def kept(entry: Entry) -> Kept:
    fact = entry.fact
    if not isinstance(fact, Fact):
        return Kept(entry.seq, entry.ms, fact, entry.audience(), None, entry.n)
    ink = fact if isinstance(fact, INK) else None
    writer = entry.by if ink is not None and entry.n else None
    raw = Raw(wire.encode(fact))
    return Kept(entry.seq, entry.ms, raw, entry.audience(), writer, entry.n, ink)


class Tail:
    """Remembers the last KEPT facts, and the frames made of them in this tick."""

    def __init__(self, seq: int) -> None:
        self._facts: list[Kept] = []
        self._first = seq + 1
        self._frames: dict[Key, bytes | None] = {}

    @property
    def seq(self) -> int:
        return self._first + len(self._facts) - 1

    def add(self, entries: list[Entry]) -> None:
        self._frames.clear()
        self._facts += [kept(entry) for entry in entries]
        if len(self._facts) > 2 * KEPT:
            self._first += len(self._facts) - KEPT
            del self._facts[:-KEPT]

    def reaches(self, seq: int) -> bool:
        """Whether a client that has everything up to seq can go on from here, cheaply."""
        if not self._first - 1 <= seq <= self.seq:
            return False
        return sum(len(k.fact) for k in self._since(seq)) <= LONGEST_TAIL

    def frame(self, since: int, viewer: Participant) -> bytes | None:
        """Everything after ``since`` that the viewer may see, encoded once for all alike."""
        facts = self._since(since)
        if any(k.writer == viewer.id for k in facts):
            return _encode([k for k in facts if k.audience.admits(viewer)], viewer)
        mask = tuple(k.audience.admits(viewer) for k in facts if k.audience is not EVERYONE)
        key = (since, self.seq, mask)
        if key not in self._frames:
            admitted = [k for k in facts if k.audience is EVERYONE or k.audience.admits(viewer)]
            self._frames[key] = _encode(admitted, None)
        return self._frames[key]

    def recent(self, since: int, viewer: Participant) -> list[tuple[int, int, Raw]] | None:
        """All after ``since`` that the viewer may see, one by one; None where that is forgotten."""
        if not self._first - 1 <= since <= self.seq:
            return None
        return [(k.seq, k.ms, k.fact) for k in self._since(since) if k.audience.admits(viewer)]

    def _since(self, seq: int) -> list[Kept]:
        return self._facts[max(0, seq + 1 - self._first) :]


def _encode(facts: list[Kept], viewer: Participant | None) -> bytes | None:
    if not facts:
        return None
    inks = [(k.seq, k.ms, k.ink) for k in facts if k.ink is not None]
    if viewer is None and len(inks) == len(facts):
        return wire.inks(inks)
    me = viewer.id if viewer else None
    return wire.frame([(k.seq, k.ms, _mark(k) if me == k.writer and me else k.fact) for k in facts])


def _mark(fact: Kept) -> Raw:
    return Raw(wire.encode(fact.n))
