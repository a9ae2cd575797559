"""Several packets of sound in one block of WebM (RFC 9559 §10.3), each right behind the other.

A block costs seven bytes, a packet in a lace one or none: 200 kB of an hour's 7 MB (measured).
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from synclass.errors import Malformed

from .ebml import vint
from .lines import Block

FIXED, EBML, KINDS = 0x04, 0x06, 0x06
"""Bits of a block's flags: packets of one size; a size before each; and all that say so."""
MOST = 10  # packets in a lace: with 120 ms each a browser waits for a second of sound at most
ROUNDED = 1  # ms by which a packet may miss the end of the one before: WebM knows whole ones
_WIDEST = 4  # bytes of a size: a packet has at most some thousands


def laces(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that may share one, in order."""
    some: list[Block] = []
    ends = 0
    for block in blocks:
        if some and (abs(block.ms - ends) > ROUNDED or len(some) == MOST):
            yield some
            some = []
        ends = (ends if some else block.ms) + block.lasts_ms
        some.append(block)
    if some:
        yield some


def join(packets: list[bytes]) -> tuple[int, bytes]:
    """-> (the flags that say how, what stands behind them)."""
    sizes = [len(packet) for packet in packets]
    count, data = bytes((len(packets) - 1,)), b"".join(packets)
    if len(set(sizes)) == 1:
        return FIXED, count + data
    steps = (after - before for before, after in pairwise(sizes[:-1]))
    return EBML, count + vint(sizes[0]) + b"".join(map(_step, steps)) + data


def split(flags: int, data: bytes) -> list[bytes]:
    """The packets behind a block's flags; raises Malformed."""
    kind = flags & KINDS
    if not kind:
        return [data]
    if not data or kind not in (FIXED, EBML):
        raise Malformed("a lace that is none of ours")
    count, at = data[0] + 1, 1
    if kind == FIXED:
        sizes = [(len(data) - 1) // count] * count
    else:
        sizes, at = _sizes(data, count)
    if sum(sizes) != len(data) - at or min(sizes) < 0:
        raise Malformed("a lace that does not fit its block")
    packets = []
    for size in sizes:
        packets.append(data[at : at + size])
        at += size
    return packets


def _sizes(data: bytes, count: int) -> tuple[list[int], int]:
    """-> (size of each packet, where the first begins)."""
    sizes, at = list[int](), 1
    for _ in range(count - 1):
        width = 9 - data[at].bit_length() if at < len(data) else _WIDEST + 1
        if width > _WIDEST or at + width > len(data):
            raise Malformed("a lace that is cut")
        value = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
        sizes.append(sizes[-1] + value - _middle(width) if sizes else value)
        at += width
    return [*sizes, len(data) - at - sum(sizes)], at


def _step(step: int) -> bytes:
    """The difference between two sizes; the highest value of a width means something else."""
    width = next(n for n in range(1, 5) if abs(step) < _middle(n))
    return vint(step + _middle(width), width)


def _middle(width: int) -> int:
    return (1 << 7 * width - 1) - 1
