"""Ports kept in memory: what one node needs when nothing outside is configured."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from msgspec import Struct

from ..errors import Refused, Unavailable
from ..ports import Claim
from ..words import LessonId, ParticipantId


class MemoryJournal:
    """A journal that lives as long as its object; for lessons nobody keeps."""

    def __init__(self) -> None:
        self._records: list[bytes] = []
        self._open = True

    def records(self) -> Iterator[bytes]:
        """Every record so far, oldest first."""
        yield from tuple(self._records)

    def append(self, record: bytes) -> None:
        """Keep a record; raises Unavailable("not-writable") once closed."""
        if not self._open:
            raise Unavailable("not-writable", "this journal is closed")
        self._records.append(record)

    def close(self) -> None:
        self._open = False


class _Held(Struct):
    claim: Claim
    until: float


class MemoryDirectory:
    """The directory of a node that is alone.  ``clock`` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._held: dict[LessonId, _Held] = {}
        self._epochs: dict[LessonId, int] = {}
        self._present: dict[LessonId, tuple[frozenset[ParticipantId], float]] = {}

    async def claim(self, lesson: LessonId, node: str, ttl: float) -> Claim:
        """Take or renew; raises Refused("held-elsewhere") while another node's claim lives."""
        held = self._living(lesson)
        if held is None:
            epoch = self._epochs[lesson] = self._epochs.get(lesson, 0) + 1
            held = self._held[lesson] = _Held(Claim(lesson, node, epoch), 0.0)
        if held.claim.node != node:
            raise Refused("held-elsewhere", f"{held.claim.node} holds this lesson")
        held.until = self._clock() + ttl
        return held.claim

    async def renew(self, claim: Claim, ttl: float) -> bool:
        held = self._living(claim.lesson)
        if held is None or held.claim != claim:
            return False
        held.until = self._clock() + ttl
        return True

    async def release(self, claim: Claim) -> None:
        held = self._living(claim.lesson)
        if held is not None and held.claim == claim:
            del self._held[claim.lesson]

    async def holder(self, lesson: LessonId) -> str | None:
        held = self._living(lesson)
        return None if held is None else held.claim.node

    async def present(self, lesson: LessonId, who: Sequence[ParticipantId], ttl: float) -> None:
        self._present[lesson] = frozenset(who), self._clock() + ttl

    async def presence(self, lesson: LessonId) -> frozenset[ParticipantId]:
        who, until = self._present.get(lesson, (frozenset(), 0.0))
        if self._clock() < until:
            return who
        self._present.pop(lesson, None)
        return frozenset()

    def _living(self, lesson: LessonId) -> _Held | None:
        held = self._held.get(lesson)
        if held is not None and self._clock() >= held.until:
            del self._held[lesson]
            return None
        return held
