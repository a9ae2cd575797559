"""A room at the far end of a lossy line: what of a voice is missing when it is to be played."""

import random
from typing import NamedTuple

from signaling.sfu.red import unwrap
from signaling.sfu.rider import read
from synclass import opus

OPUS, RED = 111, 63
HEAD = 50  # bytes of IP, UDP, RTP, extensions and seal


class Sent(NamedTuple):
    seq: int
    ts: int
    pt: int
    marker: bool
    payload: bytes
    at: float
    again: bool = False


class Room:
    """Takes what a Voice sends; drops packets as a seed says."""

    def __init__(self, loss: float = 0.0, seed: int = 1) -> None:
        self.sent: list[Sent] = []
        self.played: dict[int, float] = {}
        """Frames of 20 ms by their time stamp, and when the first of each came."""
        self.ink: dict[int, bytes] = {}
        self.octets = 0
        self.now = 0.0
        self.seq = self._came = self._told = 0
        self._loss = loss
        self._dice = random.Random(seed)
        self._have: set[int] = set()

    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes:
        self.length = length
        self.now = now
        self.seq += 1
        self._carry(Sent(self.seq, ts, pt, marker, payload, now))
        return b"sealed %d" % self.seq

    def send(self, data: bytes) -> bool:
        seq = int(data.split()[1])
        first = next(one for one in reversed(self.sent) if one.seq == seq and not one.again)
        self._carry(first._replace(again=True, at=self.now))
        return True

    def reported(self) -> float:
        """The fraction of packets of which nothing came, since the last report."""
        came, due = self._came, self.seq - self._told
        self._came, self._told = 0, self.seq
        return max(0.0, 1 - came / due) if due else 0.0

    def concealed(self, since: int, until: int, *, patience: float) -> float:
        """The share of frames that were not there ``patience`` seconds after they were spoken.

        A frame stamped ts is spoken at ts / 48000.
        """
        due = range(since, until, opus.FRAME)
        missing = [ts for ts in due if self.played.get(ts, 1e9) > ts / 48000 + 0.02 + patience]
        return len(missing) / len(due)

    def _carry(self, packet: Sent) -> None:
        self.sent.append(packet)
        self.octets += HEAD + len(packet.payload)
        if self._dice.random() < self._loss or packet.seq in self._have:
            return
        self._have.add(packet.seq)
        self._came += 1
        blocks = unwrap(packet.ts, packet.payload) if packet.pt == RED else []
        for ts, payload in [(b.ts, b.payload) for b in blocks] or [(packet.ts, packet.payload)]:
            self._play(ts, payload, packet.at)

    def _play(self, ts: int, payload: bytes, at: float) -> None:
        parts = opus.parse(payload)
        self.ink.update(read(parts.padding))
        for n in range(parts.length // opus.FRAME):
            self.played.setdefault(ts + n * opus.FRAME, at)
