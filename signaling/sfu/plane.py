"""The hot path: one packet that came becomes one packet for each slot that shows its source."""

from struct import Struct

from .codecs import Arrival
from .packet import write_extensions
from .tracks import Source

_HEADER = Struct("!BBHII")
_ONE_BYTE = b"\xbe\xde"


def fan_out(source: Source, arrival: Arrival) -> None:
    """Give the packet to all that show its source; a seam may change who they are meanwhile."""
    for taker in tuple(source.takers):
        taker.take(source, arrival)


class Cover:
    """What is put around the payloads of one outgoing stream, made as far as possible in advance.

    About 2 us a packet less than building extensions from a dictionary each time (14.5 to 12).
    """

    def __init__(self, ssrc: int, *, mid: bytes, mid_id: int, time_id: int) -> None:
        """Extension numbers are 0 where not offered."""
        self._ssrc = ssrc
        self._timed = bool(time_id)
        extensions = {number: b"\0\0\0" for number in (time_id,) if number}
        extensions |= {number: mid for number in (mid_id,) if number}
        block = write_extensions(extensions) if extensions else b""
        self._first = 0x90 if block else 0x80
        at = (5 if block.startswith(_ONE_BYTE) else 6) if time_id else len(block)
        self._before, self._after = block[:at], block[at + 3 :]

    def wrap(
        self, marker: bool, pt: int, seq: int, ts: int, *, sent: bytes, head: bytes, rest: bytes
    ) -> bytes:
        """A whole RTP packet; ``sent`` is its abs-send-time, the payload is ``head + rest``."""
        fixed = _HEADER.pack(self._first, marker << 7 | pt, seq, ts, self._ssrc)
        if self._timed:
            return fixed + self._before + sent + self._after + head + rest
        return fixed + self._before + head + rest
