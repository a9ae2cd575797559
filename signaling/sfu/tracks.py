"""What a client publishes: tracks, each with one source per simulcast layer."""

from collections.abc import Callable
from typing import Protocol

from synclass.words import TrackName

from .codecs import CLOCK_HZ, Arrival, Codec
from .feedback import Reception
from .keyframes import KeyframeGate
from .orders import Kind
from .plane import Stream

SILENCE = 3.0  # seconds without a packet until a track counts as muted


class Taker(Protocol):
    """Something that looks at a source's packets one by one: a tape, or a slot at its seams."""

    def take(self, source: "Source", arrival: Arrival) -> None: ...


class Source:
    """One incoming SSRC: a microphone, or one layer of a camera."""

    def __init__(self, track: "Track", ssrc: int, rid: str = "") -> None:
        self.track = track
        self.ssrc = ssrc
        self.rid = rid
        self.takers: list[Taker] = []
        """Tapes, and the slots that wait for a beginning."""
        self.flow: dict[Taker, Stream] = {}
        """The streams that have begun: the plane feeds them, nobody looks at their packets."""
        self.reception = Reception(CLOCK_HZ[track.kind])
        self.last_at = 0.0
        self.last_ts = 0

    @property
    def codec(self) -> Codec:
        return self.track.codec

    def join(self, taker: Taker) -> None:
        """Wait for this source's packets."""
        if taker not in self.takers and taker not in self.flow:
            self.takers.append(taker)

    def run(self, taker: Taker, stream: Stream) -> None:
        """It has begun: from now on its packets go by the plane."""
        if taker in self.takers:
            self.takers.remove(taker)
        self.flow[taker] = stream

    def part(self, taker: Taker) -> None:
        """Nothing more of this source, please."""
        self.flow.pop(taker, None)
        if taker in self.takers:
            self.takers.remove(taker)

    def ask_key(self, now: float) -> None:
        """Let the publisher be asked for a key frame, through the track's gate."""
        self.track.ask_key(self.ssrc, now)


class Track:
    """A microphone, a camera or a screen of one publisher."""

    def __init__(
        self, name: TrackName, kind: Kind, codec: Codec, *, plead: Callable[[int], None]
    ) -> None:
        """``plead`` sends a PLI for an SSRC to the publisher."""
        self.name: TrackName = name
        self.kind: Kind = kind
        self.codec: Codec = codec
        self.sources: dict[str, Source] = {}
        self.audible = False
        self.loudest = 127
        self._plead = plead
        self._gate = KeyframeGate()

    def add(self, ssrc: int, rid: str, now: float) -> tuple[Source, Source | None]:
        """-> (the new source, the one it replaces: a publisher may start a layer anew)."""
        source = Source(self, ssrc, rid)
        source.last_at = now
        old = self.sources.get(rid)
        self.sources[rid] = source
        return source, old

    def source(self, ssrc: int) -> Source | None:
        return next((s for s in self.sources.values() if s.ssrc == ssrc), None)

    def came(self, source: Source, arrival: Arrival) -> None:
        """Take note of a packet."""
        packet = arrival.packet
        source.reception.count(packet.seq, packet.ts, arrival.at)
        source.last_at, source.last_ts = arrival.at, packet.ts
        if arrival.key:
            self._gate.arrived(source.ssrc)

    def ask_key(self, ssrc: int, now: float) -> None:
        if self.kind == "video" and self._gate.ask(ssrc, now):
            self._plead(ssrc)

    def wake(self, now: float) -> None:
        """Ask again for a key frame that did not come."""
        ssrc = self._gate.again(now)
        if ssrc is not None:
            self._plead(ssrc)

    def fell_silent(self, now: float) -> bool:
        """Has the last packet been too long ago?"""
        return all(now - source.last_at > SILENCE for source in self.sources.values())
