"""H.264 payloads (RFC 6184 §5): where a decoder can begin."""

_IDR, _SPS, _STAP_A, _FU_A = 5, 7, 24, 28
_ENTRY = frozenset({_IDR, _SPS})


def is_key(payload: bytes) -> bool:
    """Does this packet hold a parameter set, or the beginning of an IDR picture?"""
    if not payload:
        return False
    kind = payload[0] & 31
    if kind == _STAP_A:
        return _stap_is_key(payload)
    if kind == _FU_A:
        return len(payload) > 1 and bool(payload[1] & 0x80) and payload[1] & 31 in _ENTRY
    return kind in _ENTRY


def _stap_is_key(payload: bytes) -> bool:
    at = 1
    while at + 2 < len(payload):
        if payload[at + 2] & 31 in _ENTRY:
            return True
        at += 2 + int.from_bytes(payload[at : at + 2], "big")
    return False
