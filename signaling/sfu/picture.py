"""Picture numbers in the payload descriptors of VP8 and VP9: where they are, and ours in place."""

from struct import Struct
from typing import NamedTuple

_NUMBERS = Struct("!HB")


class Descriptor(NamedTuple):
    """``pid`` and ``tl0`` are None where the sender leaves them out."""

    key: bool
    """The first packet of a key frame."""
    size: int
    """Bytes of the descriptor that was read: of VP8 all of it, of VP9 up to the numbers."""
    pid: int | None
    pid_at: int
    pid_bits: int
    """7 or 15, 0 without a picture id."""
    tl0: int | None
    tl0_at: int
    tid: int = 0
    """The temporal layer; 0 where it is not said."""
    sync: bool = False
    """VP8 (Y): it depends on the lowest layer only: whoever left its layer out may go on with it.
    VP9 (U): no later picture of a higher layer depends on one of a higher layer before it."""


def picture_id(payload: bytes, at: int) -> tuple[int, int]:
    """-> (picture id, 7 or 15: its bits); what is cut off counts as 0, and is too short later."""
    first, second = (payload[at : at + 2] + b"\0\0")[:2]
    return ((first & 0x7F) << 8 | second, 15) if first & 0x80 else (first, 7)


def cut(payload: bytes, where: Descriptor) -> tuple[bytes, bytes, bytes]:
    """-> (what is before the picture numbers, between the two, and behind them)."""
    behind_id = where.pid_at + (where.pid_bits + 1) // 8
    if where.tl0 is None:
        return payload[: where.pid_at], b"", payload[behind_id:]
    between = payload[behind_id : where.tl0_at]
    return payload[: where.pid_at], between, payload[where.tl0_at + 1 :]


def numbers(pid: int, between: bytes, tl0: int | None) -> bytes:
    """What goes in their place: a 7-bit picture id becomes a 15-bit one.

    One width for the whole slot: its sources may differ, its stream must not.
    """
    wide = pid & 0x7FFF | 0x8000
    if tl0 is None:
        return wide.to_bytes(2, "big")
    if between:
        return wide.to_bytes(2, "big") + between + bytes((tl0 & 0xFF,))
    return _NUMBERS.pack(wide, tl0 & 0xFF)
