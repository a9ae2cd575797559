"""Ink that rides in voice: a batch travels in the padding of several packets, none of its own.

    bundle := HEAD  first:u16  (size batch)*     consecutive numbers; a size of 0: not for you

Sizes are written as Opus writes them.  The bundle ends with the padding.  The WebSocket stays
the truth and the repair: who misses a number has it from there.
"""

import math
from collections import deque
from struct import pack

from synclass.errors import Malformed
from synclass.opus import read_length, write_length

HEAD = 122 << 1
"""An Opus extension that goes on to the end of the padding (draft-ietf-mlcodec-opus-extension):
decoders that know extensions skip it.  Theirs are 124 (extra quality) and 126 (deep redundancy)."""
COPIES, MOST_COPIES = 4, 8
"""Packets that carry a batch: by four none of 800 was missed at 10 %, 1-2 % at 30 % (measured)."""
MISSED = 0.0005  # of batches, that none of its packets brings: each holds up all that come after it
LARGEST = 600  # bytes of a batch; a quick pen writes a third of it in 400 ms
BUNDLE = 700  # bytes of a bundle: with voice and its copies still one datagram
WAITING = 64  # batches; then the oldest goes, and comes by the WebSocket
_GAP = 16  # numbers skipped inside a bundle, one byte each


class _Owed:
    def __init__(self, number: int, batch: bytes, copies: int) -> None:
        self.number = number
        self.batch = batch
        self.copies = copies


class Rider:
    """The batches that a room is still owed, oldest first."""

    def __init__(self) -> None:
        self.copies = COPIES
        """Of what is added from now on."""
        self._waiting: deque[_Owed] = deque(maxlen=WAITING)

    @property
    def owed(self) -> bool:
        return bool(self._waiting)

    def add(self, number: int, batch: bytes) -> None:
        """Let a batch ride.  Numbers rise; one that is empty or too large does not fit in."""
        if 0 < len(batch) <= LARGEST:
            self._waiting.append(_Owed(number & 0xFFFF, batch, self.copies))

    def take(self, room: int) -> bytes:
        """The bundle for the packet that leaves now; empty where nothing is owed, or fits."""
        if not self._waiting:
            return b""
        first = number = self._waiting[0].number
        body = bytearray()
        for owed in self._waiting:
            gap = owed.number - number & 0xFFFF
            piece = bytes(min(gap, _GAP)) + write_length(len(owed.batch)) + owed.batch
            if gap > _GAP or 3 + len(body) + len(piece) > min(room, BUNDLE):
                break
            body += piece
            number = owed.number + 1
            owed.copies -= 1
        while self._waiting and self._waiting[0].copies <= 0:
            self._waiting.popleft()
        return pack("!BH", HEAD, first) + body if body else b""


def copies_for(loss: float) -> int:
    """How many packets each batch should ride in, where this share of packets is lost."""
    if not 0 < loss < 1:
        return COPIES if loss <= 0 else MOST_COPIES
    return max(COPIES, min(MOST_COPIES, math.ceil(math.log(MISSED, loss))))


def read(padding: bytes) -> list[tuple[int, bytes]]:
    """The numbered batches in an Opus packet's padding, none where it is not ours.

    Raises Malformed.
    """
    if padding[:1] != bytes((HEAD,)):
        return []
    batches = []
    try:
        number, at = padding[1] << 8 | padding[2], 3
        while at < len(padding):
            size, at = read_length(padding, at)
            if at + size > len(padding):
                raise Malformed("a batch longer than its bundle")
            if size:
                batches.append((number, padding[at : at + size]))
            number, at = number + 1 & 0xFFFF, at + size
    except IndexError as error:
        raise Malformed("a bundle that ends too early") from error
    return batches
