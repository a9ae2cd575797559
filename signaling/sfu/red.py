"""Sound with copies of what came before it: redundant payloads of RFC 2198."""

from collections import deque
from collections.abc import Callable, Sequence
from struct import pack, unpack_from
from typing import NamedTuple

from synclass import opus
from synclass.errors import Malformed

from .packet import Rtp

FARTHEST = 0x3FFF  # RTP units back, of 14 bits: 341 ms
HEADER = 12  # bytes of RTP before extensions (RFC 3550 §5.1)
LARGEST = 0x3FF  # bytes of a copy, of 10 bits


class Block(NamedTuple):
    ts: int
    pt: int
    payload: bytes


class Past:
    """The last payloads of a stream, to be sent again behind newer ones."""

    def __init__(self, depth: int) -> None:
        self._payloads: deque[tuple[int, bytes]] = deque(maxlen=depth)

    def add(self, ts: int, payload: bytes) -> None:
        self._payloads.append((ts, payload))

    def newest(self, copies: int, ts: int, room: int) -> list[tuple[int, bytes]]:
        """As many as asked for and as fit into ``room`` bytes, oldest first."""
        chosen: list[tuple[int, bytes]] = []
        for old, payload in list(self._payloads)[::-1][:copies]:
            room -= 4 + len(payload)
            if room < 0 or len(payload) > LARGEST or not 0 < ts - old & 0xFFFFFFFF <= FARTHEST:
                break
            chosen.insert(0, (old, payload))
        return chosen


def wrap(ts: int, pt: int, payload: bytes, copies: Sequence[tuple[int, bytes]]) -> bytes:
    """The RED payload of a packet stamped ``ts``; copies as Past chose them."""
    head = b"".join(
        pack("!I", 1 << 31 | pt << 24 | (ts - old & FARTHEST) << 10 | len(copy))
        for old, copy in copies
    )
    return b"".join((head, bytes((pt,)), *(copy for _, copy in copies), payload))


def unwrap(ts: int, payload: bytes) -> list[Block]:
    """All payloads in a packet stamped ``ts``, oldest first; raises Malformed."""
    heads, at = [], 0
    while payload[at : at + 1] >= b"\x80":
        if at + 4 > len(payload):
            raise Malformed("a RED header that ends too early")
        word = unpack_from("!I", payload, at)[0]
        old = ts - (word >> 10 & FARTHEST) & 0xFFFFFFFF
        heads.append((old, word >> 24 & 0x7F, word & LARGEST))
        at += 4
    if at == len(payload):
        raise Malformed("a RED header that ends too early")
    newest = payload[at]
    at += 1
    blocks = []
    for old, pt, size in heads:
        if at + size > len(payload):
            raise Malformed("a RED block longer than its packet")
        blocks.append(Block(old, pt, payload[at : at + size]))
        at += size
    return [*blocks, Block(ts, newest, payload[at:])]


def bare(plain: bytes, pt: int, ssrc: int, has: Callable[[int], bool]) -> bytes:
    """A packet of RED as it would be without copies, under another SSRC: the short way of most.

    Empty where a copy has not come by itself, or the packet is any but a plain one of RED's
    ``pt``: then ``unfold`` has to look.
    """
    first, second = plain[0], plain[1]
    if first & 0xEF != 0x80 or second & 0x7F != pt:  # it has padding, or CSRCs
        return b""
    begins = HEADER
    if first & 0x10:
        begins += 4 + 4 * int.from_bytes(plain[begins + 2 : begins + 4], "big")
    at, sizes = begins, []
    while plain[at : at + 1] >= b"\x80" and at + 4 <= len(plain):
        sizes.append(int.from_bytes(plain[at + 2 : at + 4], "big") & LARGEST)
        at += 4
    body = at + 1 + sum(sizes)
    seq, count = int.from_bytes(plain[2:4], "big"), len(sizes)
    missing = (size and not has(seq - count + n & 0xFFFF) for n, size in enumerate(sizes))
    if not at < len(plain) >= body or plain[at] > 127 or any(missing):
        return b""
    head = bytes((first, second & 0x80 | plain[at])) + plain[2:8] + ssrc.to_bytes(4, "big")
    return head + plain[HEADER:begins] + plain[body:]


def unfold(packet: Rtp, has: Callable[[int], bool]) -> list[Rtp]:
    """A packet with copies as the packets it is made of: those that have not come, and its own.

    Each copy is of the packet before; ``has`` says what has come.  Raises Malformed.
    """
    *copies, newest = unwrap(packet.ts, packet.payload)
    missing = []
    for back, copy in enumerate(reversed(copies), 1):
        seq = packet.seq - back & 0xFFFF
        near = packet.ts - copy.ts & 0xFFFFFFFF <= back * opus.LONGEST
        if copy.payload and near and not has(seq):
            missing.append(Rtp(False, copy.pt, seq, copy.ts, packet.ssrc, {}, copy.payload))
    return [*missing[::-1], packet._replace(pt=newest.pt, payload=newest.payload)]
