"""Lays frames on the lesson's time line, as the blocks of a media file."""

from msgspec import Struct

from synclass.opus import LONGEST

from . import opus
from .frames import Frame, Setup

FILL_BEHIND = 3.0
"""Seconds behind now up to which silence is laid while nothing comes.  Sound that comes later still
fits: a worker or a disk may stand still for that long."""
HOLD = 1.5
"""Seconds a picture waits for the next, which tells how long it lasts.  MediaSource §3.5.8 takes
one that comes later than twice the time the last is said to last only if it is a key frame."""
SLACK = 720
"""Samples (15 ms) the sound may lag before silence is put in, or run ahead before it is cut."""
NONSENSE = 5.0
"""Seconds between a frame's time and its arrival that no network explains."""


class Block(Struct, frozen=True):
    """A frame in lesson milliseconds."""

    ms: int
    lasts_ms: int
    data: bytes
    setup: Setup | None = None
    """There where a player may begin."""


class SoundLine:
    """Sound without holes from the first packet on: what is missing is silence.

    Blocks touch each other exactly; where media clock and lesson clock drift apart a packet of
    silence is put in or a packet left out, so the error stays within about 25 ms.
    """

    def __init__(self) -> None:
        self._next: int | None = None
        self._setup: Setup | None = None

    def lay(self, frame: Frame, time: float) -> list[Block]:
        """Blocks up to and with this frame, which belongs at ``time`` in lesson seconds."""
        if frame.setup is None or abs(time - frame.at) > NONSENSE:
            return []
        place = max(0, round(time * opus.RATE))
        if self._next is None:
            self._next, self._setup = place, frame.setup
        error = place - self._next
        if error <= -(frame.samples // 2 + SLACK):
            return []
        units = round(error / opus.UNIT) if error >= SLACK else 0
        return [*self._silence(units), self._block(frame.data, frame.samples)]

    def fill(self, now: float) -> list[Block]:
        """Silence for the time in which nothing came, in whole 120 ms."""
        if self._next is None:
            return []
        missing = round((now - FILL_BEHIND) * opus.RATE) - self._next
        return self._silence(max(0, missing // LONGEST * (LONGEST // opus.UNIT)))

    def end(self) -> list[Block]:
        return []

    def _silence(self, units: int) -> list[Block]:
        return [self._block(p, opus.samples(p)) for p in opus.silence(units)]

    def _block(self, data: bytes, samples: int) -> Block:
        begin = self._next or 0
        self._next = begin + samples
        ms = begin * 1000 // opus.RATE
        return Block(ms, self._next * 1000 // opus.RATE - ms, data, self._setup)


class PictureLine:
    """Pictures in order; one is given on when the next tells how long it lasted.

    After a pause longer than HOLD the next must be a key frame.
    """

    def __init__(self) -> None:
        self._held: Block | None = None
        self._held_at = 0.0
        self._usual = 40
        self._last = -1

    def lay(self, frame: Frame, time: float) -> list[Block]:
        time = min(max(time, frame.at - NONSENSE), frame.at)  # none may be left out: others need it
        ms = max(round(time * 1000), self._last + 1, 0)
        before = self._give(ms)
        self._held, self._held_at = Block(ms, 0, frame.data, frame.setup), frame.at
        self._last = ms
        return before

    def fill(self, now: float) -> list[Block]:
        """Let a picture go that has waited for HOLD; it lasts as long as pictures usually do."""
        waits = self._held is not None and now - self._held_at < HOLD
        return [] if waits else self.end()

    def end(self) -> list[Block]:
        return self._give(self._last + self._usual)

    def _give(self, until: int) -> list[Block]:
        held, self._held = self._held, None
        if held is None:
            return []
        lasts = until - held.ms
        self._usual = min(lasts, 100)
        return [Block(held.ms, lasts, held.data, held.setup)]
