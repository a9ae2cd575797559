"""Which layers of a track somebody is shown, and which its publisher may leave out."""

from collections.abc import Iterable

LINGER = 4.0  # seconds a layer is still sent that nobody is shown: who left may be back at once
WAKING = 3.0  # seconds a layer may take from being asked for to its first packet
REPEAT = 5.0  # seconds until what holds is said again: a publisher's page may have missed it


class Watch:
    """Of one track.  A layer is asleep while its publisher has been told to leave it out."""

    def __init__(self, rids: Iterable[str], now: float) -> None:
        """All layers are sent at first, for LINGER seconds at least."""
        self.rids = list(rids)
        self._wanted_at = dict.fromkeys(self.rids, now)
        self._asleep: set[str] = set()
        self._woken_at: dict[str, float] = {}
        self._said_at = float("inf")

    def look(self, wanted: Iterable[str], now: float, *, linger: float = LINGER) -> bool:
        """Somebody is to be shown these now.  True: say it to the publisher (again)."""
        for rid in wanted:
            if rid in self._wanted_at:
                self._wanted_at[rid] = now
        asleep = {rid for rid, at in self._wanted_at.items() if now - at > linger}
        changed = asleep != self._asleep
        self._woken_at |= dict.fromkeys(self._asleep - asleep, now)
        self._asleep = asleep
        if changed or now - self._said_at >= REPEAT:
            self._said_at = now if asleep else float("inf")
            return True
        return False

    def excuses(self, now: float) -> bool:
        """Nothing comes at all, and that is our doing."""
        return bool(self.rids) and (
            not self.awake
            or any(now - self._woken_at.get(rid, float("-inf")) < WAKING for rid in self.awake)
        )

    def asleep(self, rid: str) -> bool:
        return rid in self._asleep

    def may_come(self, rid: str, now: float) -> bool:
        """Nothing comes of it, but it would: it is asleep, or was woken just now."""
        return rid in self._asleep or now - self._woken_at.get(rid, float("-inf")) < WAKING

    @property
    def awake(self) -> list[str]:
        """What the publisher is to send."""
        return [rid for rid in self._wanted_at if rid not in self._asleep]

    @property
    def restricts(self) -> bool:
        return bool(self._asleep)
