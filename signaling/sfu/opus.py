"""How long an Opus packet sounds, read from its first bytes (RFC 6716 §3.1, §3.2)."""

FRAME = 960  # 20 ms at the 48 kHz RTP clock (RFC 7587 §4.1)
_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
LONGEST = 5760  # 120 ms (RFC 6716 §3.2.5)


def duration(payload: bytes) -> int:
    """RTP units of one packet; one 20 ms frame where the bytes are too few to tell."""
    if not payload:
        return FRAME
    config, code = payload[0] >> 3, payload[0] & 3
    if config < 12:
        frame = _SILK[config & 3]
    elif config < 16:
        frame = _HYBRID[config & 1]
    else:
        frame = _CELT[config & 3]
    return min(max(frame * _frames(code, payload), 120), LONGEST)


def _frames(code: int, payload: bytes) -> int:
    if code < 3:
        return 1 if code == 0 else 2
    return payload[1] & 63 if len(payload) > 1 else 1
