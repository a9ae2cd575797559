"""An incoming SSRC as the plane in Python has it: counted, looked at, kept for a moment."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from synclass import opus

from . import av1, h264, vp8, vp9
from .codecs import CLOCK_HZ, Codec
from .packet import Rtp, abs_send_time
from .picture import Descriptor, cut
from .plane import RING, RING_SOUND, Event
from .pyoutlet import cuts_of
from .rewrite import AHEAD, BEHIND, distance

_SILENCE = 127
_DESCRIBE: dict[Codec, Callable[[bytes], Descriptor | None]] = {
    "VP8": vp8.describe,
    "VP9": vp9.describe,
}
_IS_KEY: dict[Codec, Callable[[bytes], bool]] = {"H264": h264.is_key, "AV1": av1.is_key}


class Packet:
    """A packet, and what its codec says about it: looked at once, however many it goes to.

    Its payload is ``before``, the picture id, ``between``, the tl0 index, ``behind``; without
    picture numbers all is behind.
    """

    __slots__ = (
        *("number", "ts", "marker", "payload", "at", "key", "length"),
        *("picture", "tl0", "tid", "sync", "before", "between", "behind"),
    )

    def __init__(self, number: int, rtp: Rtp, at: float) -> None:
        self.number = number
        """Does not wrap; nor does ``picture``, None where there is none."""
        self.ts = rtp.ts
        self.marker = rtp.marker << 7
        self.payload = self.behind = rtp.payload
        self.at = at
        self.key = False
        """May a stream begin here?"""
        self.length = 0
        """RTP units it sounds; 0 for pictures."""
        self.picture: int | None = None
        self.tl0: int | None = None
        self.tid = 0
        self.sync = False
        self.before = self.between = b""


class Frame:
    """Packets of one source that go together."""

    def __init__(self, packets: list[Packet], now: float) -> None:
        """They are sent ``now``."""
        self.packets = packets
        self.now = now
        self.stamp = abs_send_time(now)
        self.newest = max(packets, key=_number)
        self.oldest = min(packets, key=_number).number if len(packets) > 1 else self.newest.number
        self.octets = sum(len(p.payload) for p in packets)
        self.picture: Packet | None = None
        """The first packet of the newest picture."""
        self.indexed: Packet | None = None
        """The newest first packet of a picture that has a tl0 index."""
        for p in packets:
            if p.picture is None or (self.picture and p.picture <= _picture(self.picture)):
                continue
            self.picture = p
            self.indexed = self.indexed if p.tl0 is None else p
        self.cuts = cuts_of([size_of(packet) for packet in packets])
        self.pieces = _pieces(packets)


class Piece(NamedTuple):
    """Packets, one behind another, of one picture, or of none."""

    picture: int | None
    tl0: int | None
    between: bytes
    rows: list[tuple[int, int, int, bytes, bytes]]
    """(marker, number, timestamp, before, behind) of each; what is the same before is one object,
    so that a stream writes it once."""


class Taker(Protocol):
    """A stream as its source knows it."""

    def take(self, source: "Source", frame: Frame, told: list[Event]) -> None: ...

    def strand(self, source: "Source") -> None:
        """The source's numbers have leapt."""


class Source:
    """Counts as RFC 3550 A.3 and A.8 say."""

    def __init__(self, ssrc: int, codec: Codec, level_id: int) -> None:
        self.ssrc = ssrc
        self.codec: Codec = codec
        self.sound = codec == "opus"
        self.level_id = level_id
        self.packets = self.octets = self.repaired = 0
        self.base = self.top = -1
        self.jitter = 0.0
        self.last_at = self.key_at = -1.0
        self.last_ts = 0
        self.tids = 1
        self.takers: dict[Taker, None] = {}
        self.gathered: list[Packet] = []
        self._clock_hz = CLOCK_HZ[codec]
        self._transit: float | None = None
        self._picture = -1
        self._key: Packet | None = None
        """The first packet of the newest key frame."""
        self._level = _SILENCE
        self._ring: list[Packet | None] = [None] * (RING_SOUND if self.sound else RING)

    def loudest(self) -> int:
        level, self._level = self._level, _SILENCE
        return level

    def has(self, seq: int) -> bool:
        return self.packet(self.top + distance(seq, self.top & 0xFFFF, 16)) is not None

    def packet(self, number: int) -> Packet | None:
        """If it is still kept."""
        kept = self._ring[number % len(self._ring)]
        return kept if kept is not None and kept.number == number else None

    def key_frame(self) -> list[Packet]:
        """The newest; empty where not all of it is kept."""
        packets: list[Packet] = []
        while self._key is not None and (p := self.packet(self._key.number + len(packets))):
            if p.ts != self._key.ts:
                break
            packets.append(p)
            if p.marker:
                return packets
        return []

    def way(self, seq: int) -> int:
        """How far it is from the newest packet to this one."""
        return 1 if self.top < 0 else distance(seq, self.top & 0xFFFF, 16)

    def restart(self, seq: int) -> int:
        """Its numbers have leapt to this one: begin anew, always forward; -> the way."""
        way = (seq - self.top) & 0xFFFF
        self.base = self.top + way - self.packets
        self._transit = None
        self._ring = [None] * len(self._ring)
        for taker in tuple(self.takers):
            taker.strand(self)
        return way

    def come(self, rtp: Rtp, way: int, now: float, *, repaired: bool) -> Packet | None:
        """Take a packet ``way`` from the newest; None where it was there, or came too late."""
        number = rtp.seq if self.top < 0 else self.top + way
        place = number % len(self._ring)
        kept = self._ring[place]
        if kept is not None and kept.number >= number:
            return None
        packet = self._ring[place] = self._look(Packet(number, rtp, now))
        if repaired:
            self.repaired += 1
        else:
            self._count(rtp, way, now)
        if way > 0:
            self.base = number if self.base < 0 else self.base
            self.top = number
        return packet

    def leaps(self, way: int) -> bool:
        """Is that too far to be the same row of numbers?"""
        return not -BEHIND < way < AHEAD

    def crowds(self, way: int) -> bool:
        """Would a packet take the place of one that still waits for the rest of its frame?"""
        kept = self._ring[(self.top + way) % len(self._ring)] if self.gathered else None
        return kept is not None and kept.number < self.top + way and kept in self.gathered

    def _count(self, rtp: Rtp, way: int, now: float) -> None:
        self.packets += 1
        self.octets += len(rtp.payload)
        transit = now * self._clock_hz - rtp.ts
        if self._transit is not None:
            step = abs(distance(int(transit), int(self._transit), 32))
            self.jitter += (step - self.jitter) / 16
        self._transit = transit
        if way > 0:
            self.last_at, self.last_ts = now, rtp.ts
        level = rtp.extensions.get(self.level_id) if self.sound and self.level_id else None
        if level:
            self._level = min(self._level, level[0] & 127)

    def _look(self, packet: Packet) -> Packet:
        payload = packet.payload
        if self.sound:
            packet.key, packet.length = bool(payload), opus.duration(payload)
            return packet
        if self.codec in _IS_KEY:
            packet.key = _IS_KEY[self.codec](payload)
        elif (where := _DESCRIBE[self.codec](payload)) is not None:
            self._picture_of(packet, where)
        if packet.key:
            self._note_key(packet)
        return packet

    def _note_key(self, packet: Packet) -> None:
        """A later one of another frame, or an earlier one of the same, is where it begins."""
        self.key_at, key = packet.at, self._key
        if key is None or (packet.ts != key.ts) == (packet.number > key.number):
            self._key = packet

    def _picture_of(self, packet: Packet, where: Descriptor) -> None:
        packet.key = where.key
        if where.pid is None:
            return
        ahead = distance(where.pid, self._picture, where.pid_bits) if self._picture >= 0 else 0
        packet.picture = self._picture + ahead if self._picture >= 0 else where.pid
        self._picture = max(self._picture, packet.picture)
        packet.tl0, packet.tid, packet.sync = where.tl0, where.tid, where.sync
        self.tids = max(self.tids, where.tid + 1)
        packet.before, packet.between, packet.behind = cut(packet.payload, where)


def _number(packet: Packet) -> int:
    return packet.number


def _picture(packet: Packet) -> int:
    return -1 if packet.picture is None else packet.picture


def size_of(packet: Packet) -> int:
    """Bytes of its payload as it goes out."""
    numbers = 0 if packet.picture is None else 2 if packet.tl0 is None else 3
    return len(packet.before) + numbers + len(packet.between) + len(packet.behind)


def _pieces(packets: list[Packet]) -> list[Piece]:
    pieces: list[Piece] = []
    before = b""
    for p in packets:
        if not pieces or (p.picture, p.tl0, p.between) != pieces[-1][:3]:
            pieces.append(Piece(p.picture, p.tl0, p.between, []))
        before = before if p.before == before else p.before
        pieces[-1].rows.append((p.marker, p.number, p.ts, before, p.behind))
    return pieces
