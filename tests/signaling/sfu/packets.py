"""Plain packets and sources for tests, made by hand."""

import random

from signaling.sfu.codecs import Arrival, Codec, arrive
from signaling.sfu.orders import Kind
from signaling.sfu.packet import Rtp
from signaling.sfu.tracks import Source, Track

KEY, DELTA = 0x00, 0x01  # the first bit of a VP8 frame header, inverted (RFC 7741 §4.3)


def vp8(pid: int, *, key: bool, tl0: int = 0, start: bool = True) -> bytes:
    """A payload with a 15-bit picture id and a tl0 index."""
    head = bytes((0x90 if start else 0x80, 0xC0)) + (pid & 0x7FFF | 0x8000).to_bytes(2, "big")
    return head + bytes((tl0 & 0xFF, KEY if key else DELTA)) + b"picture"


def rtp(seq: int, ts: int, payload: bytes, *, ssrc: int = 7, pt: int = 96) -> Rtp:
    return Rtp(False, pt, seq & 0xFFFF, ts & 0xFFFFFFFF, ssrc, {}, payload)


class Pleas(list[int]):
    """The SSRCs key frames were asked for."""


def source(codec: Codec = "VP8", ssrc: int = 7) -> tuple[Source, Pleas]:
    pleas = Pleas()
    kind: Kind = "audio" if codec == "opus" else "video"
    track = Track("voice" if codec == "opus" else "camera", kind, codec, plead=pleas.append)
    return track.add(ssrc, "", 0.0)[0], pleas


class Camera:
    """Numbers frames as a publisher would, from a random beginning."""

    def __init__(self, ssrc: int, dice: random.Random) -> None:
        self.source, self.pleas = source(ssrc=ssrc)
        self.seq, self.ts = dice.getrandbits(16), dice.getrandbits(32)
        self.pid, self.tl0 = dice.getrandbits(15), dice.getrandbits(8)

    def frame(self, now: float, *, key: bool, packets: int = 2) -> list[Arrival]:
        self.pid, self.tl0, self.ts = self.pid + 1, self.tl0 + 1, self.ts + 6000
        made = []
        for n in range(packets):
            self.seq += 1
            payload = vp8(self.pid, key=key, tl0=self.tl0, start=n == 0)
            made.append(arrive("VP8", rtp(self.seq, self.ts, payload), now))
        return made
