"""What one publisher is told of its own line: what is missing, and how much it may send."""

from collections.abc import Iterator

from . import plane
from .codecs import CLOCK_HZ
from .missing import VIDEO, VOICE, Missing
from .rtcp import nack, remb
from .tracks import Source
from .uplink import Count, Uplink

LOOK_EVERY = 0.1  # seconds; the least delay of five looks is told from jitter
LIVE = 5.0  # seconds without a packet until a source is no longer told of


class Upward:
    """Its sources, and the holes in each.  Nothing here depends on who watches."""

    def __init__(self, line: plane.Line, now: float) -> None:
        self.uplink = Uplink(now)
        self._line = line
        self._sources: dict[plane.Source, tuple[Source, Missing]] = {}
        self._look_at = now

    def add(self, source: Source) -> None:
        """A source has begun: its publisher is told at once how much it may send."""
        bounds = VIDEO if source.track.kind == "video" else VOICE
        self._sources[source.inlet] = source, Missing(bounds)
        if source.track.kind == "video":
            self._line.control(remb(int(self.uplink.bps), [source.ssrc]))

    def drop(self, inlet: plane.Source) -> None:
        self._sources.pop(inlet, None)

    def jumped(self, inlet: plane.Source, first: int, count: int, now: float) -> None:
        """Packets of a source were jumped over."""
        source, missing = self._sources.get(inlet, (None, None))
        if source is None or missing is None or not source.track.mends:
            return
        if missing.jumped(first, count, now):
            source.ask_key(now)

    def ask(self, now: float) -> bool:
        """Ask for what is due; is anything still missing?"""
        room = not self.uplink.full
        for inlet, (source, missing) in self._sources.items():
            if missing.open and (seqs := missing.ask(now, self._line.rtt, inlet.has, room=room)):
                self._line.control(nack(source.ssrc, seqs))
        return any(missing.open for _, missing in self._sources.values())

    def look(self, now: float) -> None:
        """About every LOOK_EVERY seconds: is the line full?"""
        if now < self._look_at or not self._sources:
            return
        self._look_at = now + LOOK_EVERY
        if self.uplink.look(self._counts(), now):
            self.tell(now)

    def tell(self, now: float) -> None:
        """How much it may send."""
        video = [
            source.ssrc
            for source, _ in self._sources.values()
            if source.track.kind == "video" and now - source.last_at < LIVE
        ]
        if video:
            self._line.control(remb(int(self.uplink.bps), video))

    def _counts(self) -> Iterator[Count]:
        for inlet, (source, missing) in self._sources.items():
            kind, came = source.track.kind, inlet.packets + inlet.repaired
            yield Count(
                inlet.ssrc,
                kind == "video",
                CLOCK_HZ[kind],
                came,
                inlet.octets * came // max(1, inlet.packets),
                inlet.top - inlet.base + 1,
                missing.open,
                inlet.last_at,
                inlet.last_ts,
            )
