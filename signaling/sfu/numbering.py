"""Where the numbers of an outgoing stream begin."""

from typing import NamedTuple


class Start(NamedTuple):
    """Where the numbers of a stream begin; random (RFC 3550 §5.1), given from outside.

    ``seq`` below 2^15: the receiver may lose the first packets and must still guess the
    rollover counter (RFC 3711 §3.3.1).
    """

    seq: int
    ts: int
    pid: int
    tl0: int
