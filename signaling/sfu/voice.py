"""One voice as one room is sent it: packets merged, copied, and loaded with ink, as planned."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from synclass import opus
from synclass.errors import Malformed

from .red import Past, wrap
from .rewrite import distance
from .rider import Rider
from .voiceplan import MOST_COPIES, Plan

PAYLOAD = 1150  # bytes: with headers and seal still one datagram on any path
SLACK = 0.03  # seconds a packet of a group may be late
LATE = 96_000  # RTP units behind that are still a straggler of ours: two seconds
FILLER = 3  # frames of 20 ms: what one filler spans at least
BEHIND = 2  # frames that fillers stay behind the clock: words that were held up are not overtaken
MOST_FILLER = 6  # RFC 6716 §3.2.5: no more than 120 ms in a packet
_TOCS = ((12, 3, 1), (16, 1, 1), (32, 3, 3))
"""Of SILK, hybrid and CELT: the first configuration of the next, the bits of the frame size,
and which of them say 20 ms (RFC 6716 §3.1)."""


class Out(Protocol):
    """The outgoing stream."""

    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes:
        """Send the next packet, which sounds for ``length`` RTP units; -> sealed bytes, or none."""


class Line(Protocol):
    """The way to the room."""

    def send(self, data: bytes) -> bool: ...


class Packet(NamedTuple):
    """A packet of the publisher, stamped with the outgoing time."""

    ts: int
    marker: bool
    payload: bytes
    at: float


class Voice:
    """Makes the packets of one stream.  Its plan may change between any two."""

    def __init__(
        self, out: Out, line: Line, *, pt: int, red_pt: int = 0, rider: Rider | None = None
    ) -> None:
        """``red_pt``: 0 where it takes no copies inside packets; ``rider``: ink it asked for."""
        self.plan = Plan()
        self.rider = rider
        self.heard_at = -1.0
        """When the publisher's newest packet came."""
        self._out = out
        self._line = line
        self._pt = pt
        self._red_pt = red_pt
        self._group: list[opus.Parts] = []
        self._ts = self._end = 0
        """Where the group begins and ends, or where what was sent has ended."""
        self._end_at = 0.0
        self._marker = False
        self._toc = -1
        self._past = Past(MOST_COPIES)
        self._again: list[tuple[bytes, int]] = []
        self.sent_at = -1.0

    def take(self, packet: Packet) -> None:
        """Take the publisher's next packet.  Its padding goes: what rides there must be ours."""
        try:
            parts = opus.parse(packet.payload)
        except Malformed:  # no decoder would take it either
            return
        behind = distance(self._end, packet.ts, 32)
        if self._toc >= 0 and 0 < behind < LATE:
            self._send(packet._replace(payload=opus.pack(parts.toc, parts.frames)))
        else:
            self._gather(parts, packet)

    def flush(self, now: float) -> None:
        """Send what has been gathered."""
        if not self._group:
            return
        frames = [frame for parts in self._group for frame in parts.frames]
        toc, self._group = self._group[0].toc, []
        bare = opus.pack(toc, frames)
        copies = self._copies(len(bare))
        ink = self._ink(len(bare) + sum(4 + len(copy) for _, copy in copies))
        payload = opus.pack(toc, frames, ink) if ink else bare
        self._send(Packet(self._ts, self._marker, payload, now), copies)
        self._past.add(self._ts, bare)

    def tick(self, now: float, *, fill: bool = True) -> None:
        """Some twenty times a second: let nothing lie; ``fill``: nor owed ink wait for words."""
        if self._group and now - self.heard_at >= self.plan.span / 1000 + SLACK:
            self.flush(now)
        silent = now - self.sent_at >= self.plan.span / 1000 + SLACK
        if silent and self._again:
            self._repeat()
        if fill and silent and not self._group and self.rider is not None and self.rider.owed:
            self._fill(now)

    def _gather(self, parts: opus.Parts, packet: Packet) -> None:
        """Into the group, if it goes on with it and fits."""
        if self._group:
            goes_on = parts.toc == self._toc and packet.ts == self._end
            if not goes_on or self._length() + parts.length > self.plan.units:
                self.flush(packet.at)
        if not self._group:
            self._ts, self._marker = packet.ts, packet.marker
        self._group.append(parts)
        self._toc = parts.toc
        self._go_on(packet.ts, parts.length, packet.at)
        if self._length() >= self.plan.units or _is_pause(parts):
            self.flush(packet.at)

    def _go_on(self, ts: int, length: int, at: float) -> None:
        self._end = ts + length & 0xFFFFFFFF
        self._end_at = self.heard_at = at

    def _length(self) -> int:
        return sum(parts.length for parts in self._group)

    def _copies(self, size: int) -> list[tuple[int, bytes]]:
        if not self._red_pt:
            return []
        return self._past.newest(self.plan.copies, self._ts, PAYLOAD - size - 1)

    def _ink(self, size: int) -> bytes:
        """A bundle, where one is owed and there is room; padding costs up to seven bytes more."""
        return self.rider.take(PAYLOAD - size - 8) if self.rider is not None else b""

    def _send(self, packet: Packet, copies: Sequence[tuple[int, bytes]] = ()) -> None:
        ts, marker, payload, now = packet
        body, pt = payload, self._pt
        if copies:
            body, pt = wrap(ts, self._pt, payload, copies), self._red_pt
        length = opus.duration(payload)
        sealed = self._out.emit(ts, body, pt=pt, marker=marker, length=length, now=now)
        if not self._red_pt:
            self._repeat()
        else:
            self._again = []  # its copies are in this packet
        if sealed and self.plan.copies:
            self._again.append((sealed, self.plan.copies))
        self.sent_at = now

    def _repeat(self) -> None:
        """The same sealed bytes once more: a receiver drops what it has (RFC 3711 §3.3.2)."""
        for sealed, _ in self._again:
            self._line.send(sealed)
        self._again = [(sealed, left - 1) for sealed, left in self._again if left > 1]

    def _fill(self, now: float) -> None:
        """A packet of empty frames that spans the silence so far, for the ink in its padding.

        One that is shorter than its interval is heard as loss: 33 % was concealed (measured).
        """
        frames = min(MOST_FILLER, int((now - self._end_at) * 50) - BEHIND)
        if self._toc < 0 or frames < FILLER:
            return
        ink = self._ink(0)
        if ink:
            payload = opus.pack(_twenty(self._toc), [b""] * frames, ink)
            self._send(Packet(self._end, False, payload, now))
            self._end = self._end + frames * opus.FRAME & 0xFFFFFFFF
            self._end_at += frames / 50


def _is_pause(parts: opus.Parts) -> bool:
    """A frame of one byte or none: a gap follows (RFC 6716 §2.1.9, DTX)."""
    return len(parts.frames[-1]) <= 1


def _twenty(toc: int) -> int:
    """The same kind of sound in frames of 20 ms."""
    config = toc >> 3
    size, says = next((size, says) for end, size, says in _TOCS if config < end)
    return (config & ~size | says) << 3 | toc & 4
