"""The VP9 payload descriptor (RFC 9628 §4.2): where key frames begin, and its picture numbers."""

from .picture import Descriptor, picture_id

_ID, _PREDICTED, _LAYERS, _FLEXIBLE, _BEGINS, _STRUCTURE = 0x80, 0x40, 0x20, 0x10, 0x08, 0x02
_SPATIAL = 0x0E  # bits of the lower layers' number, in the byte about layers


def describe(payload: bytes) -> Descriptor | None:
    """Read the descriptor as far as its numbers; None where the payload ends before there is more.

    A flexible stream says by differences which pictures it needs, and has no tl0.
    """
    if not payload:
        return None
    flags, pid_at = payload[0], 1
    pid, pid_bits = picture_id(payload, pid_at) if flags & _ID else (None, 0)
    layer_at = pid_at + (pid_bits + 1) // 8
    size = tl0_at = layer_at + bool(flags & _LAYERS)
    numbered = flags & _LAYERS and not flags & _FLEXIBLE
    size += bool(numbered)
    if len(payload) <= size:
        return None
    layer = payload[layer_at] if flags & _LAYERS else 0
    tl0 = payload[tl0_at] if numbered else None
    first = flags & (_PREDICTED | _BEGINS) == _BEGINS and not layer & _SPATIAL
    key = first and _is_key(
        payload, _behind_structure(payload, size) if flags & _STRUCTURE else size
    )
    tid, sync = layer >> 5, bool(layer & 0x10)
    return Descriptor(key, size, pid, pid_at, pid_bits, tl0, tl0_at, tid, sync)


def _behind_structure(payload: bytes, at: int) -> int:
    """Where the scalability structure ends, which key frames bring (§4.2.1); it may be cut."""
    head, at = payload[at], at + 1
    if head & 0x10:  # Y: the size of each spatial layer
        at += 4 * ((head >> 5) + 1)
    if not head & 0x08 or at >= len(payload):  # G: a group of pictures
        return at
    pictures, at = payload[at], at + 1
    for _ in range(pictures):
        if at >= len(payload):
            break
        at += 1 + (payload[at] >> 2 & 3)
    return at


def _is_key(payload: bytes, at: int) -> bool:
    """By the frame's own header (VP9 §6.2), for some senders never say what predicts what.

    A frame marker of 2, not an old frame shown again, frame type 0.
    """
    return at < len(payload) and payload[at] & 0xCC == 0x80
