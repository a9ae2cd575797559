"""What a client publishes: tracks, each with one source per simulcast layer."""

from collections.abc import Callable

from synclass.words import TrackName

from . import plane
from .codecs import Codec
from .feedback import Reception
from .keyframes import KeyframeGate
from .meter import PAUSED, Meter, given
from .orders import Kind
from .watch import Watch

SILENCE = 3.0  # seconds without a packet until a track counts as muted
QUIET = 127  # -dBov: as silent as can be said (RFC 6464 §3)


class Source:
    """One incoming SSRC, whose packets only the plane sees."""

    def __init__(
        self, track: "Track", inlet: plane.Source, rid: str, now: float, *, ssrc: int
    ) -> None:
        self.track = track
        self.inlet = inlet
        """What the plane knows of it; under another SSRC, where copies are taken out before."""
        self.ssrc = ssrc
        self.rid = rid
        self.reception = Reception(inlet, ssrc)
        self.meter = Meter(given(rid), bursty=track.name == "content")
        self._born_at = now

    @property
    def codec(self) -> Codec:
        return self.track.codec

    @property
    def last_at(self) -> float:
        """When its newest packet came."""
        return max(self._born_at, self.inlet.last_at)

    def ask_key(self, now: float) -> None:
        """Let the publisher be asked for a key frame, through the track's gate."""
        self.track.ask_key(self.ssrc, now)


class Track:
    """A microphone, a camera or a screen of one publisher."""

    def __init__(
        self,
        name: TrackName,
        kind: Kind,
        codec: Codec,
        *,
        plead: Callable[[int], None],
        mends: bool = True,
        watch: Watch | None = None,
    ) -> None:
        """``plead`` sends a PLI for an SSRC to the publisher; ``mends``: it answers NACKs."""
        self.name: TrackName = name
        self.kind: Kind = kind
        self.codec: Codec = codec
        self.mends = mends
        self.sources: dict[str, Source] = {}
        self.audible = False
        self.watch = watch or Watch([""], 0.0)
        """Which of the layers it offers are asked for."""
        self._plead = plead
        self._gate = KeyframeGate()

    def add(
        self, inlet: plane.Source, rid: str, now: float, *, ssrc: int = 0
    ) -> tuple[Source, Source | None]:
        """-> (the new source, the one it replaces: a publisher may start a layer anew).

        ``ssrc``: where it has another one than the plane knows.
        """
        source = Source(self, inlet, rid, now, ssrc=ssrc or inlet.ssrc)
        old = self.sources.get(rid)
        self.sources[rid] = source
        return source, old

    def source(self, ssrc: int) -> Source | None:
        return next((s for s in self.sources.values() if s.ssrc == ssrc), None)

    def loudest(self) -> int:
        """The smallest -dBov since it was last asked for."""
        return min((s.inlet.loudest() for s in self.sources.values()), default=QUIET)

    def ask_key(self, ssrc: int, now: float) -> None:
        if self.kind != "video" or self._will_come(ssrc, now):
            return
        self._settle()
        if self._gate.ask(ssrc, now):
            self._plead(ssrc)

    def wake(self, now: float) -> None:
        """Ask again for a key frame that did not come."""
        if not self._gate.waiting:
            return
        self._settle()
        ssrc = self._gate.again(now)
        if ssrc is not None:
            self._plead(ssrc)

    def fell_silent(self, now: float) -> bool:
        """Has the last packet been too long ago?"""
        return all(now - source.last_at > SILENCE for source in self.sources.values())

    def _will_come(self, ssrc: int, now: float) -> bool:
        """A layer that wakes begins with a key frame; a plea would cost every other layer one."""
        source = self.source(ssrc)
        if source is None or now - source.last_at < PAUSED:
            return False
        return self.watch.may_come(source.rid, now)

    def _settle(self) -> None:
        """Who waited for a key frame that has come waits no more."""
        for source in self.sources.values():
            self._gate.arrived(source.ssrc, source.inlet.key_at)
