"""The VP8 payload descriptor (RFC 7741 §4.2): where key frames begin, and its picture numbers."""

from .picture import Descriptor, picture_id


def describe(payload: bytes) -> Descriptor | None:
    """Read the descriptor, or None where the payload is too short for what it announces."""
    if not payload:
        return None
    size, flags = 1, 0
    if payload[0] & 0x80:
        if len(payload) < 2:
            return None
        size, flags = 2, payload[1]
    pid, pid_bits = picture_id(payload, size) if flags & 0x80 else (None, 0)
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
