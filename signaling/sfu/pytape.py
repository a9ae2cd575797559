"""A tape as the plane in Python has it: plain packets, kept until they are fetched."""

from .cover import UNTIMED, Cover
from .numbering import Start
from .orders import Kind
from .plane import Event
from .pysource import Frame
from .pysplice import Splice

PT = 96  # the tape's own; TrackOpened says the codec


class Tape(Splice):
    """Unbounded by itself: Spool fetches every 20 ms and is bounded."""

    packets = octets = asked = resent = lost = jitter = reached = 0
    loss, reported_at = 0.0, -1.0

    def __init__(self, kind: Kind) -> None:
        super().__init__(Cover(0, b"", UNTIMED), Start(0, 0, 0, 0), kind)
        self._packets: list[tuple[float, bytes]] = []

    def fetch(self) -> list[tuple[float, bytes]]:
        packets, self._packets = self._packets, []
        return packets

    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes:
        """Nobody speaks on a tape."""
        return b""

    def _speak(self) -> None:
        self._pt = PT

    def _forget(self) -> None:
        """Nothing on it is ever asked for again."""

    def _go(self, frame: Frame, plains: list[bytes], shifts: list[int]) -> None:
        for packet, plain in zip(frame.packets, plains, strict=True):
            if packet.payload:
                self._packets.append((packet.at, plain))

    def _tell(self, frame: Frame, told: list[Event]) -> None:
        """It is never diverted."""
