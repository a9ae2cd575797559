"""The VP8 payload descriptor (RFC 7741 §4.2): where key frames begin, and its picture numbers."""

from struct import Struct
from typing import NamedTuple

_NUMBERS = Struct("!HB")


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
    tid: int = 0
    """The temporal layer; 0 where it is not said."""
    sync: bool = False
    """It depends on the lowest layer only: whoever left its layer out may go on with it (Y)."""


def describe(payload: bytes) -> Descriptor | None:
    """Read the descriptor, or None where the payload is too short for what it announces."""
    if not payload:
        return None
    size, flags = 1, 0
    if payload[0] & 0x80:
        if len(payload) < 2:
            return None
        size, flags = 2, payload[1]
    pid, pid_bits = _picture_id(payload, size) if flags & 0x80 else (None, 0)
    pid_at, size = size, size + (pid_bits + 1) // 8
    tl0_at, size = size, size + (flags >> 6 & 1)
    layer_at, size = size, size + bool(flags & 0x30)
    if len(payload) <= size:
        return None
    key = payload[0] & 0x10 and not payload[0] & 0x07 and not payload[size] & 1
    tl0 = payload[tl0_at] if flags & 0x40 else None
    layer = payload[layer_at] if flags & 0x20 else 0
    tid, sync = layer >> 6, bool(layer & 0x20)
    return Descriptor(bool(key), size, pid, pid_at, pid_bits, tl0, tl0_at, tid, sync)


def _picture_id(payload: bytes, at: int) -> tuple[int, int]:
    """-> (picture id, 7 or 15: its bits); what is cut off counts as 0, and is too short later."""
    first, second = (payload[at : at + 2] + b"\0\0")[:2]
    return ((first & 0x7F) << 8 | second, 15) if first & 0x80 else (first, 7)


def cut(payload: bytes, where: Descriptor) -> tuple[bytes, bytes]:
    """-> (what is before the picture numbers, what is behind them)."""
    if where.tl0 is not None:
        return payload[: where.pid_at], payload[where.tl0_at + 1 :]
    return payload[: where.pid_at], payload[where.pid_at + (where.pid_bits + 1) // 8 :]


def numbers(pid: int, tl0: int | None) -> bytes:
    """What goes between: a 7-bit picture id becomes a 15-bit one.

    One width for the whole slot: its sources may differ, its stream must not.
    """
    wide = pid & 0x7FFF | 0x8000
    return wide.to_bytes(2, "big") if tl0 is None else _NUMBERS.pack(wide, tl0 & 0xFF)
