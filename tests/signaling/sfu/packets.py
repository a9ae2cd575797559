"""Plain packets and publishers for tests, made by hand."""

import random

from signaling.sfu.codecs import Codec
from signaling.sfu.orders import Kind
from signaling.sfu.packet import Rtp, build_rtp
from signaling.sfu.peer import Peer
from signaling.sfu.plane import Line, Plane
from signaling.sfu.tracks import Source, Track

KEY, DELTA = 0x00, 0x01  # the first bit of a VP8 frame header, inverted (RFC 7741 §4.3)


def vp8(pid: int, *, key: bool, tl0: int = 0, start: bool = True) -> bytes:
    """A payload with a 15-bit picture id and a tl0 index."""
    head = bytes((0x90 if start else 0x80, 0xC0)) + (pid & 0x7FFF | 0x8000).to_bytes(2, "big")
    return head + bytes((tl0 & 0xFF, KEY if key else DELTA)) + b"picture"


def layered(pid: int, tid: int, *, key: bool = False, sync: bool = False, tl0: int = 0) -> bytes:
    """A payload of one temporal layer; ``sync`` is the Y bit."""
    head = bytes((0x90, 0xE0)) + (pid & 0x7FFF | 0x8000).to_bytes(2, "big")
    return head + bytes((tl0 & 0xFF, tid << 6 | sync << 5, KEY if key else DELTA)) + b"picture"


def vp9(
    pid: int, tid: int = 0, *, key: bool = False, up: bool = False, tl0: int = 0, start: bool = True
) -> bytes:
    """A payload of one temporal layer, not flexible; ``up`` is the U bit."""
    first = 0xA0 | (0 if key else 0x40) | start << 3
    head = bytes((first,)) + (pid & 0x7FFF | 0x8000).to_bytes(2, "big")
    return head + bytes((tid << 5 | up << 4, tl0 & 0xFF, 0x82 if key else 0x86)) + b"picture"


def rtp(
    seq: int, ts: int, payload: bytes, *, ssrc: int = 7, pt: int = 96, marker: bool = False
) -> Rtp:
    return Rtp(marker, pt, seq & 0xFFFF, ts & 0xFFFFFFFF, ssrc, {}, payload)


def plain(seq: int, payload: bytes | None = None, *, marker: bool = False) -> bytes:
    """A packet as it stands in a datagram; a key frame, if nothing else is said."""
    return build_rtp(rtp(seq, 0, vp8(1, key=True) if payload is None else payload, marker=marker))


class Pleas(list[int]):
    """The SSRCs key frames were asked for."""


class Publisher:
    """A client who sends one source, straight into a plane."""

    def __init__(self, plane: Plane, codec: Codec = "VP8", ssrc: int = 7) -> None:
        self.plane = plane
        self.line: Line = plane.line()
        self.pleas = Pleas()
        self.ssrc = ssrc
        kind: Kind = "audio" if codec == "opus" else "video"
        name = "voice" if codec == "opus" else "camera"
        self.track = Track(
            "voice" if name == "voice" else "camera", kind, codec, plead=self.pleas.append
        )
        inlet = plane.source(self.line, ssrc, codec)
        self.source: Source = self.track.add(inlet, "", 0.0)[0]

    def send(self, *packets: Rtp, now: float) -> None:
        for packet in packets:
            self.plane.inject(self.line, build_rtp(packet._replace(ssrc=self.ssrc)), now)


class Camera(Publisher):
    """Numbers frames as a publisher would, from a random beginning."""

    def __init__(self, plane: Plane, ssrc: int, dice: random.Random) -> None:
        super().__init__(plane, ssrc=ssrc)
        self.seq, self.ts = dice.getrandbits(16), dice.getrandbits(32)
        self.pid, self.tl0 = dice.getrandbits(15), dice.getrandbits(8)

    def frame(self, *, key: bool, packets: int = 2, size: int = 0) -> list[Rtp]:
        """The last packet is marked."""
        self.pid, self.tl0, self.ts = self.pid + 1, self.tl0 + 1, self.ts + 6000
        made = []
        for n in range(packets):
            self.seq += 1
            payload = vp8(self.pid, key=key, tl0=self.tl0, start=n == 0) + bytes(size)
            made.append(rtp(self.seq, self.ts, payload, ssrc=self.ssrc, marker=n == packets - 1))
        return made

    def film(self, now: float, *, key: bool, packets: int = 2) -> list[Rtp]:
        """A frame, sent."""
        made = self.frame(key=key, packets=packets)
        self.send(*made, now=now)
        return made


def deliver(peer: Peer, plane: Plane, packet: Rtp, now: float) -> None:
    """A packet of a client comes, and is learnt where nobody knows it."""
    for event in plane.inject(peer.line, build_rtp(packet), now):
        if event[0] == "unknown":
            peer.meet(event[2], now)
