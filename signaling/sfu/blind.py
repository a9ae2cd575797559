"""Which subscribers cannot decode what they are to be shown: their browsers lack the codec."""

from collections.abc import Callable, Iterable, Mapping

from synclass.inclass.stage import Cast
from synclass.words import TrackName

from .orders import Unseen, owner
from .peer import Peer
from .slots import Find, Slot
from .tracks import Track

EVERY = 5.0  # seconds between two looks
MOST_NAMED = 20  # viewers named of one track: enough to know that it is the codec's fault


class Blind:
    """Of one lesson: tells the publisher of a track when those who cannot decode it change."""

    def __init__(self, lesson: str, tell: Callable[[Unseen], None], now: float) -> None:
        self._lesson = lesson
        self._tell = tell
        self._told: dict[tuple[str, TrackName], Unseen] = {}
        self._look_at = now + EVERY

    def tick(
        self,
        plans: Mapping[str, Iterable[Cast]],
        peers: Mapping[str, Peer],
        find: Find,
        now: float,
    ) -> None:
        """Look whose slots have no payload type for their track's codec."""
        if now < self._look_at:
            return
        self._look_at = now + EVERY
        unseen: dict[tuple[str, TrackName], Unseen] = {}
        for who, casts in plans.items():
            for cast in casts if who in peers else ():
                slot = peers[who].slot(cast.kind, cast.slot)
                track = find(cast.publisher, cast.track, slot)
                if slot is not None and track is not None and _lacks(slot, track):
                    key = cast.publisher, cast.track
                    said = unseen.setdefault(key, Unseen(self._lesson, *key, track.codec, []))
                    said.viewers.append(owner(who))
        self._compare(unseen)

    def _compare(self, unseen: dict[tuple[str, TrackName], Unseen]) -> None:
        for key, said in unseen.items():
            del said.viewers[MOST_NAMED:]
            if self._told.get(key) != said:
                self._tell(said)
        self._told = unseen


def _lacks(slot: Slot, track: Track) -> bool:
    return bool(track.sources) and track.codec not in slot.form.pts
