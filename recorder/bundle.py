"""A recorded voice in fewer, longer packets: the same frames of sound at the same moments.

A packet of 20 ms costs 7 bytes of WebM and one of its own; six of them merged (RFC 6716 §3.2.5)
cost that once, and ten of those share a block.  Nothing is decoded: a decoder makes the very same
samples of both.
"""

from collections.abc import Iterator

from msgspec import Struct

from synclass import opus
from synclass.errors import Malformed

from . import webm
from .containers import Cluster
from .frames import Setup
from .lines import Block
from .opus import RATE, samples

SPAN = 10_000  # ms of a cluster: 20 kB, read at once from a file; to tell of one costs 40 bytes
ROUNDED = 1  # ms by which a packet may miss the end of the one before: WebM knows whole ones
SETUP = Setup("opus")


class Bundle(Struct, frozen=True):
    """A whole WebM file, and where a player may begin in it."""

    data: bytes
    head: int
    clusters: list[Cluster]

    @property
    def places(self) -> list[tuple[int, int]]:
        """(lesson ms, byte) of each."""
        return [(one.ms, one.offset) for one in self.clusters]


class _Group(Struct):
    """Packets that become one."""

    ms: int
    toc: int
    frames: list[bytes]

    @property
    def length(self) -> int:
        return len(self.frames) * opus.frame_length(self.toc)

    def takes(self, ms: int, parts: opus.Parts) -> bool:
        """Whether a packet goes on with it, and fits."""
        apart = ms - self.ms - self.length * 1000 // RATE
        goes_on = parts.toc == self.toc and abs(apart) <= ROUNDED
        return goes_on and self.length + parts.length <= opus.LONGEST

    def block(self) -> Block:
        packet = opus.pack(self.toc, self.frames)
        return Block(self.ms, self.length * 1000 // RATE, packet, SETUP)


def bundle(data: bytes | memoryview) -> Bundle:
    """A finished file of Opus in WebM, merged; raises Malformed.  Twice is once."""
    head = webm.head_size(data)
    start = bytes(data[:head])
    webm.read_setup(start)
    out, found = bytearray(start), list[Cluster]()
    for blocks in _clusters(_blocks(data, head)):
        piece, last = webm.cluster(blocks, laced=True), blocks[-1]
        end = len(out) + len(piece)
        found.append(Cluster(blocks[0].ms, last.ms + last.lasts_ms, len(out), end, key=True))
        out += piece
    if not found:
        raise Malformed("a voice without sound")
    filled, cues = webm.ending(start, found, len(out))
    out[:head] = filled
    return Bundle(bytes(out + cues), head, found)


def _blocks(data: bytes | memoryview, at: int) -> Iterator[Block]:
    group: _Group | None = None
    for ms, packet in webm.packets(data, at):
        parts = _parts(packet)
        if group is not None and parts is not None and group.takes(ms, parts):
            group.frames += parts.frames
            continue
        if group is not None:
            yield group.block()
        group = _Group(ms, parts.toc, list(parts.frames)) if parts is not None else None
        if parts is None:
            yield Block(ms, samples(packet) * 1000 // RATE, packet, SETUP)
    if group is not None:
        yield group.block()


def _parts(packet: bytes) -> opus.Parts | None:
    """None of one that no decoder takes: it was recorded, and stays what it is."""
    try:
        return opus.parse(packet)
    except Malformed:
        return None


def _clusters(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    some: list[Block] = []
    for block in blocks:
        if some and block.ms >= some[0].ms + SPAN:
            yield some
            some = []
        some.append(block)
    if some:
        yield some
