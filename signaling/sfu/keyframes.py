"""One gate per track: many ask for a key frame, the publisher hears at most one ask a second."""

GAP = 1.0  # seconds; a key frame costs every layer of the track one, for all its subscribers


class KeyframeGate:
    """Remembers which layers are waited for, and when to ask (again).

    A PLI for one layer makes a key frame on all of them (measured in Chromium and Firefox), so
    the gate is the track's; but only the layer's own key frame ends the wait for it.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, float] = {}
        """Since when."""
        self._asked_at = float("-inf")

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def ask(self, ssrc: int, now: float) -> bool:
        """Somebody needs a key frame of this layer; True: send the PLI now."""
        self._waiting.setdefault(ssrc, now)
        return self._due(now)

    def arrived(self, ssrc: int, at: float) -> None:
        """The layer's newest key frame came then: who has asked since waits for another."""
        if at >= self._waiting.get(ssrc, float("inf")):
            del self._waiting[ssrc]

    def again(self, now: float) -> int | None:
        """The layer to send a PLI for now: asked for, and still not there after GAP seconds."""
        if not self._waiting:
            return None
        ssrc = next(iter(self._waiting))
        return ssrc if self._due(now) else None

    def _due(self, now: float) -> bool:
        if now - self._asked_at < GAP:
            return False
        self._asked_at = now
        return True
