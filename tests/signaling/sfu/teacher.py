"""A teacher's browser on a bad line, simulated: what is sent, lost, asked for and sent again."""

import heapq
from collections.abc import Callable
from functools import partial

from signaling.sfu.missing import VIDEO, Missing
from signaling.sfu.rewrite import distance
from signaling.sfu.uplink import Count, Uplink

from ...links.pipe import Pipe
from ...links.profiles import Way

MOST_BPS = 2e6  # what the three layers of a camera take
PACKET = 1100
VOICE_PACKET = 60
TICK = 0.05


class _Arrivals:
    """As the plane counts one source."""

    def __init__(self) -> None:
        self.came: set[int] = set()
        self.octets = 0
        self.top = -1
        self.at = 0.0
        self.ts = 0


class Teacher:
    """Sends as it is told; its voice and its pictures share the line."""

    def __init__(self, up: Way, *, seed: int = 1) -> None:
        self.now = 0.0
        self.up = Pipe(up, seed, 0.0)
        self.uplink = Uplink(0.0)
        self.missing = Missing(VIDEO)
        self.nacks = 0
        self._rtt = 2 * up.delay
        self._told = self.uplink.bps
        self._voice, self._video = _Arrivals(), _Arrivals()
        self._sent = {"voice": 0, "video": 0}
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._n = 0
        self._video_at = 0.0
        self.forget()
        self._soon(0.0, self._speak)
        self._soon(0.0, self._film)
        self._soon(TICK, self._tick)

    def forget(self) -> None:
        """What is measured is measured from here."""
        self.lowest_bps = self.highest_bps = self.uplink.bps
        self._late: list[float] = []
        self._from = self.now, self._video.octets, self._video.top, self.missing.given_up

    def teach(self, seconds: float) -> None:
        until = self.now + seconds
        while self._events and self._events[0][0] <= until:
            self.now, _, act = heapq.heappop(self._events)
            act()
        self.now = until

    @property
    def residual(self) -> float:
        """The share of pictures' packets that no asking brought."""
        *_, top, given_up = self._from
        return (self.missing.given_up - given_up) / max(1, self._video.top - top)

    @property
    def video_bps(self) -> float:
        at, octets, *_ = self._from
        return (self._video.octets - octets) * 8 / (self.now - at)

    def voice_late(self, share: float) -> float:
        """Seconds that so many of the voice's packets were late at most, beyond the line's own."""
        return sorted(self._late)[int(len(self._late) * share)] - self.up.way.delay

    def _soon(self, at: float, act: Callable[[], None]) -> None:
        self._n += 1
        heapq.heappush(self._events, (at, self._n, act))

    def _speak(self) -> None:
        sent, seq = self.now, self._sent["voice"]
        self._sent["voice"] += 1
        self._soon(sent + 0.02, self._speak)

        def arrive() -> None:
            self._late.append(self.now - sent)
            self._note(self._voice, seq, VOICE_PACKET, int(sent * 48000))

        self._send(VOICE_PACKET, arrive)

    def _film(self) -> None:
        """Paced, as browsers do."""
        if self.uplink.relief.on:
            self._soon(self.now + TICK, self._film)
            return
        seq = self._sent["video"]
        self._sent["video"] += 1
        self._picture(seq, self.now)
        rate = min(MOST_BPS, max(30_000, self._told - 40_000))
        self._soon(self.now + PACKET * 8 / rate, self._film)

    def _picture(self, seq: int, stamped: float) -> None:
        def arrive() -> None:
            if seq not in self._video.came:
                self._fill(seq, stamped)

        self._send(PACKET, arrive)

    def _fill(self, seq: int, stamped: float) -> None:
        video = self._video
        if seq > video.top + 1 and video.top >= 0:
            self.missing.jumped((video.top + 1) & 0xFFFF, seq - video.top - 1, self.now)
        self._note(video, seq, PACKET, int(stamped * 90000))

    def _note(self, into: _Arrivals, seq: int, octets: int, ts: int) -> None:
        into.came.add(seq)
        into.octets += octets
        if seq > into.top:
            into.top, into.at, into.ts = seq, self.now, ts & 0xFFFFFFFF

    def _send(self, octets: int, arrive: Callable[[], None]) -> None:
        at = self.up.enter(octets, self.now)
        if at is not None:
            self._soon(at, arrive)

    def _tick(self) -> None:
        self._soon(self.now + TICK, self._tick)
        for seq in self.missing.ask(self.now, self._rtt, self._came, room=not self.uplink.full):
            self.nacks += 1
            again = partial(self._picture, self._whole(seq), self.now)
            self._soon(self.now + self._rtt / 2, again)
        counts = [self._count(1, False, self._voice), self._count(2, True, self._video)]
        self.uplink.look(counts, self.now)
        self.lowest_bps = min(self.lowest_bps, self.uplink.bps)
        self.highest_bps = max(self.highest_bps, self.uplink.bps)
        bps = self.uplink.bps
        self._soon(self.now + self._rtt / 2, lambda: setattr(self, "_told", bps))

    def _came(self, seq: int) -> bool:
        return self._whole(seq) in self._video.came

    def _whole(self, seq: int) -> int:
        return self._video.top + distance(seq, self._video.top, 16)

    def _count(self, ssrc: int, video: bool, source: _Arrivals) -> Count:
        pending = self.missing.open if video else 0
        hz = 90000 if video else 48000
        came, top = len(source.came), source.top + 1
        return Count(ssrc, video, hz, came, source.octets, top, pending, source.at, source.ts)
