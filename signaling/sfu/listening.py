"""What one room hears: its voices as its line needs them, and the ink that rides in them."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import TypeAlias

from synclass.inclass.stage import Cast

from . import plane
from .budget import BOARD
from .loudest import Loudest
from .rider import Rider, copies_for
from .slots import Slot
from .toll import Toll
from .tracks import QUIET
from .voice import Packet, Voice
from .voiceplan import VOICE, Look, Plan, Planner

FLOWS = 1.0  # seconds without a packet until a voice counts as silent
ENOUGH = 10  # packets sent, of which some were asked for again, that say something of a line

Speakers: TypeAlias = MutableMapping[plane.Stream, Callable[[plane.Voice], None]]
"""Who takes the packets of diverted streams."""


class Listening:
    """Looked after once a second, and ticked some twenty times."""

    def __init__(self, slots: Iterable[Slot], line: plane.Line, speakers: Speakers) -> None:
        self._ears = [_Ear(slot, line, speakers) for slot in slots if slot.form.kind == "audio"]
        self._planner = Planner(red=any(ear.red for ear in self._ears))
        self._rider: Rider | None = None
        self.diverted = False
        """Do voices pass through our hands?"""
        self._loudest = Loudest[str]()
        self._places: int | None = None
        self._chosen: frozenset[str] | None = None

    @property
    def plan(self) -> Plan:
        return self._planner.plan

    def look(self, now: float, bps: int, *, sure: bool = True, full: bool = False) -> None:
        """Choose the plan anew; ``bps`` is what the line carries, 0 where that is not known.

        Where we are not ``sure``, copies are not spared for it.  What a ``full`` line lost is
        cured by less, not by copies.  Ink that rides wants its share, too.
        """
        voices = [ear for ear in self._ears if ear.flows(now)]
        loss = [said for ear in self._ears for said in ear.missed()]
        sent = sum(packets for packets, _ in loss)
        told = sent > 0 and not full
        missed = sum(packets * share for packets, share in loss) / sent if told else None
        largest = max((ear.bps(now) for ear in voices), default=0)
        ink = BOARD if self._rider is not None else 0
        look = Look(missed, bps, len(voices), largest or VOICE, sure, sent, ink)
        self._planner.look(look, now)
        self._places = self._planner.places(bps)
        if self._rider is not None:
            self._rider.copies = copies_for(self._planner.loss)
        self._turn(now)

    def choose(self, casts: Iterable[Cast], loud: Mapping[str, int], now: float) -> bool:
        """Where the line cannot carry all voices, choose the loudest; True where they change.

        The teacher is always heard.  ``loud`` is in -dBov.
        """
        chosen = None
        if self._places is not None:
            voices = [cast for cast in casts if cast.kind == "audio"]
            levels = {str(c.publisher): loud.get(c.publisher, QUIET) for c in voices if not c.large}
            places = max(0, self._places - (len(voices) - len(levels)))
            if len(levels) > places:
                chosen = frozenset(self._loudest.choose(levels, places, now))
        changed, self._chosen = chosen != self._chosen, chosen
        return changed

    def hears(self, cast: Cast) -> bool:
        """Is this one chosen?  Pictures, and the voices that matter most, always are."""
        kept = cast.kind == "video" or cast.large
        return kept or self._chosen is None or cast.publisher in self._chosen

    def ride(self, now: float, *, on: bool) -> None:
        """Whether ink rides here.

        Then all voices pass through our hands, so that nobody else can lay ink into theirs.
        """
        if on is not (self._rider is not None):
            self._rider = Rider() if on else None
            self._turn(now)

    def add(self, number: int, batch: bytes) -> None:
        """Ink to be carried, if it rides here."""
        if self._rider is not None:
            self._rider.add(number, batch)

    def tick(self, now: float) -> None:
        """The voice that was last heard is the one that carries ink on in silence."""
        diverted = [ear.voice for ear in self._ears if ear.diverted]
        if diverted:
            last = max(diverted, key=lambda voice: voice.sent_at)
            for voice in diverted:
                voice.tick(now, fill=voice is last)

    def close(self) -> None:
        """Nobody listens any more."""
        for ear in self._ears:
            ear.close()

    def _turn(self, now: float) -> None:
        for ear in self._ears:
            ear.turn(self._planner.plan, self._rider, now)
        self.diverted = any(ear.diverted for ear in self._ears)


class _Ear:
    """One slot's voice."""

    def __init__(self, slot: Slot, line: plane.Line, speakers: Speakers) -> None:
        pt, _ = slot.form.pts.get("opus", (0, 0))
        self.red = slot.form.red
        self.voice = Voice(slot.stream, line, pt=pt, red_pt=self.red)
        self.diverted = False
        self._slot = slot
        self._stream = slot.stream
        self._speakers = speakers
        self._packets = self._asked = 0
        self._toll = Toll(slot.stream, sound=True)
        self._source: plane.Source | None = None
        self._octets = 0
        self._octets_at = 0.0

    def flows(self, now: float) -> bool:
        return self._stream.at is not None and now - self._stream.at < FLOWS

    def missed(self) -> Iterable[tuple[int, float]]:
        """(packets, share of them missed): by new reports, and before, by what was asked for."""
        stream = self._stream
        sent, asked = stream.packets - self._packets, stream.asked - self._asked
        if self._toll.news:
            lost = self._toll.take()
            yield lost.packets, lost.share
        elif asked and sent >= ENOUGH:
            yield sent, min(1.0, asked / sent)
        else:
            return
        self._packets, self._asked = stream.packets, stream.asked

    def bps(self, now: float) -> int:
        """Bit/s of Opus since the last look."""
        source = self._stream.current
        octets = source.octets if source is not None else 0
        grown, passed = octets - self._octets, now - self._octets_at
        known = source is self._source and passed > 0
        self._source, self._octets, self._octets_at = source, octets, now
        return int(grown * 8 / passed) if known else 0

    def turn(self, plan: Plan, rider: Rider | None, now: float) -> None:
        """Change how it goes on; what needs nothing goes past us."""
        self.voice.plan, self.voice.rider = plan, rider
        divert = plan != Plan() or rider is not None
        if divert is self.diverted:
            return
        self.diverted = divert
        if divert:
            self._speakers[self._stream] = self._take
        else:
            self.voice.flush(now)
            self.close()
        self._stream.divert(divert)

    def close(self) -> None:
        self._speakers.pop(self._stream, None)

    def _take(self, told: plane.Voice) -> None:
        _, _, _, ts, marker, payload, at = told
        self.voice.take(Packet(ts, marker, payload, at))
