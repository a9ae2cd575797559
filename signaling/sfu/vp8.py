"""The VP8 payload descriptor (RFC 7741 §4.2): where key frames begin, and its picture numbers."""

from typing import NamedTuple


class Descriptor(NamedTuple):
    """``pid`` and ``tl0`` are None where the sender leaves them out."""

    key: bool
    """The first packet of a key frame."""
    size: int
    """Bytes of the descriptor: the VP8 payload begins here."""
    pid: int | None
    pid_at: int
    pid_bits: int
    """7 or 15, 0 without a picture id."""
    tl0: int | None
    tl0_at: int


def describe(payload: bytes) -> Descriptor | None:
    """Read the descriptor, or None where the payload is too short for what it announces."""
    if not payload:
        return None
    size, flags = 1, 0
    if payload[0] & 0x80:
        if len(payload) < 2:
            return None
        size, flags = 2, payload[1]
    pid = tl0 = None
    pid_at = pid_bits = tl0_at = 0
    if flags & 0x80:
        if len(payload) < size + 2:
            return None
        wide = payload[size] & 0x80
        pid_at, pid_bits = size, 15 if wide else 7
        pid = (payload[size] & 0x7F) << 8 | payload[size + 1] if wide else payload[size]
        size += 2 if wide else 1
    if flags & 0x40:
        if len(payload) <= size:
            return None
        tl0, tl0_at = payload[size], size
        size += 1
    if flags & 0x30:
        size += 1
    if len(payload) <= size:
        return None
    start = payload[0] & 0x10 and not payload[0] & 0x07
    return Descriptor(
        bool(start and not payload[size] & 1), size, pid, pid_at, pid_bits, tl0, tl0_at
    )


def renumber(payload: bytes, where: Descriptor, pid: int, tl0: int) -> bytes:
    """The descriptor with other picture numbers; a 7-bit picture id becomes a 15-bit one.

    One width for the whole slot: its sources may differ, its stream must not.
    """
    behind = where.pid_at + (2 if where.pid_bits == 15 else 1)
    head = payload[: where.pid_at] + (pid | 0x8000).to_bytes(2, "big")
    if where.tl0 is None:
        return head + payload[behind : where.size]
    return head + bytes((tl0,)) + payload[where.tl0_at + 1 : where.size]
