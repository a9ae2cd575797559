"""What may come to a plane in an afternoon, and what it may be told to do, from a seed."""

import random
from typing import NamedTuple

CAMERA, FILM, VOICE, RTX, SCREEN, SLIDES, STRANGER = 7, 8, 9, 10, 11, 12, 99
PATTERN = (0, 2, 1, 2)  # temporal layers, one picture after another
WORDS = (
    *("show", "show", "show", "limit", "limit", "nack", "nack", "nack", "remb", "block", "plea"),
    *("restart", "divert", "emit", "emit", "report", "flush", "pump", "pump", "pace", "probe"),
    *("still", "still", "nothing", "drop"),
)


class Came(NamedTuple):
    """A packet of one of the client's sources; its numbers count from where the test begins."""

    ssrc: int
    seq: int
    picture: int
    tl0: int
    tid: int
    flags: int
    """Of the descriptor: VP8's second byte, or VP9's first."""
    key: bool
    first: bool
    """The first of its picture."""
    sync: bool
    marker: bool
    size: int
    again: int = 0
    """Of RTX: what it repairs."""
    wait: float = 0.0


class Did(NamedTuple):
    """Something that was ordered of stream ``which``."""

    what: str
    which: int
    number: int
    wait: float


class Client:
    """Sends as a browser on a bad line does, and a little worse."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._seqs = dict.fromkeys((CAMERA, FILM, VOICE, RTX, SCREEN, SLIDES), 0)
        self._pictures = {CAMERA: 0, SCREEN: 0}
        self._tl0s = {CAMERA: 0, SCREEN: 0}
        self._flags = {
            CAMERA: dice.choice([0xE0, 0xE0, 0xE0, 0xF0, 0xC0, 0x80, 0x40, 0x00]),
            SCREEN: dice.choice([0xA0, 0xA0, 0xB0, 0x90, 0x80, 0x20, 0x00]),
        }
        self._gone: list[Came] = []

    def afternoon(self, steps: int) -> list[Came | Did]:
        made: list[Came | Did] = []
        while len(made) < steps:
            made += self._some()
        return made

    def _some(self) -> list[Came] | list[Did]:
        dice = self._dice
        kind = dice.random()
        if kind < 0.45:
            return self._way(self._frame(dice.choice([CAMERA, CAMERA, SCREEN])))
        if kind < 0.55:
            which = dice.choice([FILM, SLIDES])
            return self._way([self._next(which, key=dice.random() < 0.3)])
        if kind < 0.7:
            return self._way([self._next(VOICE)])
        if kind < 0.76 and self._gone:
            lost = dice.choice(self._gone)
            self._seqs[RTX] += 1
            return [lost._replace(ssrc=RTX, seq=self._seqs[RTX], again=lost.seq, wait=0.02)]
        if kind < 0.77:
            return [self._next(CAMERA)._replace(ssrc=STRANGER)]
        which, number = dice.randrange(4), dice.getrandbits(16)
        return [Did(dice.choice(WORDS), which, number, dice.choice([0.0, 0.001, 0.02, 0.2]))]

    def _frame(self, ssrc: int) -> list[Came]:
        dice = self._dice
        self._pictures[ssrc] += dice.choice([1] * 20 + [2, 3])
        tid, key = PATTERN[self._pictures[ssrc] % 4], dice.random() < 0.08
        self._tl0s[ssrc] += not tid
        if dice.random() < 0.02:
            some = [0xE0, 0xC0, 0x80, 0x00] if ssrc == CAMERA else [0xA0, 0xB0, 0x80, 0x20]
            self._flags[ssrc] = dice.choice(some)
        count, sync = dice.randrange(1, 4), dice.random() < 0.2
        frame = [self._next(ssrc, tid=0 if key else tid, key=key, sync=sync) for _ in range(count)]
        frame[0] = frame[0]._replace(first=True)
        frame[-1] = frame[-1]._replace(marker=dice.random() < 0.9)
        return frame

    def _next(self, ssrc: int, *, tid: int = 0, key: bool = False, sync: bool = False) -> Came:
        dice = self._dice
        self._seqs[ssrc] += 1
        if dice.random() < 0.01:
            self._seqs[ssrc] += dice.choice([5, 70, 200, 999, 1100, 2999, 4000, 0x8000, -400])
        size = dice.choice([9, 30, 30, 600, 600, 1100, 1100, 1100, 1439, 1400, 1415, 1460])
        numbers = self._seqs[ssrc], self._pictures.get(ssrc, 0), self._tl0s.get(ssrc, 0)
        flags = self._flags.get(ssrc, 0)
        return Came(ssrc, *numbers, tid, flags, key, False, sync, False, size)

    def _way(self, packets: list[Came]) -> list[Came]:
        """What the line makes of it: some lost, some late, some twice."""
        dice, come = self._dice, list[Came]()
        for packet in packets:
            fate = dice.random()
            if fate < 0.08:
                self._gone = [*self._gone[-5:], packet]
                continue
            come.append(packet._replace(wait=dice.choice([0.0, 0.0, 0.001, 0.02, 0.033])))
            if fate > 0.98:
                come.append(packet)
        if self._gone and dice.random() < 0.1:
            come.insert(0, self._gone.pop())
        if dice.random() < 0.1:
            dice.shuffle(come)
        return come
