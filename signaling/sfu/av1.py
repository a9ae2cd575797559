"""AV1 payloads (RTP Payload Format For AV1 v1.0 §4.4): where a decoder can begin."""

_CONTINUES, _NEW_SEQUENCE = 0x80, 0x08  # Z and N of the aggregation header


def is_key(payload: bytes) -> bool:
    """Is this the first packet of a coded video sequence?  Such a one continues nothing."""
    return len(payload) > 1 and payload[0] & (_CONTINUES | _NEW_SEQUENCE) == _NEW_SEQUENCE
