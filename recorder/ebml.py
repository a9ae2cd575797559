"""The binary XML under Matroska (RFC 8794): elements of an id, a size and what is in them."""

from collections.abc import Iterator
from struct import pack

from msgspec import Struct

from .containers import Bytes

UNKNOWN = b"\x01" + b"\xff" * 7
"""The size of an element whose end is not known yet (RFC 8794 §6.2), in 8 bytes."""


class Element(Struct, frozen=True):
    """Where an element of some buffer lies: its id, and the bytes of its content."""

    id: int
    at: int
    begin: int
    end: int


def element(id: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return number(id) + vint(len(content)) + content


def number(value: int) -> bytes:
    """An unsigned integer in as few bytes as it needs, at least one."""
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def vint(value: int, width: int = 0) -> bytes:
    """A size (RFC 8794 §4), in ``width`` bytes or as few as it needs."""
    least = next(n for n in range(1, 9) if value < (1 << 7 * n) - 1)
    width = width or least
    return (value | 1 << 7 * width).to_bytes(width, "big")


def double(value: float) -> bytes:
    return pack("!d", value)


VOID = 0xEC


def void(size: int) -> bytes:
    """A hole of exactly so many bytes, 2 to 127."""
    return number(VOID) + vint(size - 2, 1) + bytes(size - 2)


def elements(data: Bytes, at: int, end: int) -> Iterator[Element]:
    """The whole elements one after another; ends quietly at the first that is cut or damaged.

    One of unknown size reaches to ``end``.
    """
    while at < end:
        id_width = 9 - data[at].bit_length()
        size_at = at + id_width
        if id_width > 4 or size_at >= end:
            return
        width = 9 - data[size_at].bit_length()
        begin = size_at + width
        if width > 8 or begin > end:
            return
        size = int.from_bytes(data[size_at:begin], "big") & ((1 << 7 * width) - 1)
        stop = end if size == (1 << 7 * width) - 1 else begin + size
        if stop > end:
            return
        yield Element(int.from_bytes(data[at:size_at], "big"), at, begin, stop)
        at = stop
