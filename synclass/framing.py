"""Cuts a byte stream into messages: a 32-bit big-endian length, then that many bytes."""

from struct import Struct

from .errors import Malformed

LONGEST = 4 * 1024 * 1024  # bytes; a snapshot of a busy board is the largest thing we send
_LENGTH = Struct("!I")


def frame(payload: bytes) -> bytes:
    """One message as it travels on a stream."""
    return _LENGTH.pack(len(payload)) + payload


class Deframer:
    """Gives back whole messages from whatever pieces a stream arrives in."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Take more of the stream; return the messages now complete.

        Raises Malformed where a length above LONGEST is announced: the stream is lost then.
        """
        buffer, at, messages = self._rest + data, 0, []
        while len(buffer) - at >= _LENGTH.size:
            (size,) = _LENGTH.unpack_from(buffer, at)
            if size > LONGEST:
                raise Malformed(f"a message of {size} bytes; the longest is {LONGEST}")
            end = at + _LENGTH.size + size
            if len(buffer) < end:
                break
            messages.append(buffer[at + _LENGTH.size : end])
            at = end
        self._rest = buffer[at:]
        return messages
