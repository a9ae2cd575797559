"""Writes WebM: Opus, VP8, VP9 or AV1 in Matroska (RFC 9559), playable while it grows.

The head has a fixed layout with holes.  At the end the holes are filled in place (a SeekHead, the
Duration, the Segment's size) and an index (Cues) is put behind the last cluster.
"""

from collections.abc import Iterator
from struct import pack, unpack

from msgspec import Struct

from synclass.errors import Malformed
from synclass.tape import Codec

from . import ebml, lace, obu
from .containers import Bytes, Cluster
from .ebml import element
from .frames import Setup
from .lines import Block
from .opus import RATE, samples

SUFFIX = "webm"
CUE_EVERY = 5000  # ms of sound between two entries of the index; pictures: every key frame
_SEGMENT, _INFO, _TRACKS, _CLUSTER, _CUES = (
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
    0x1C53BB6B,
)
_TIME, _SIMPLE, _GROUP, _BLOCK, _LASTS, _REFERENCE = 0xE7, 0xA3, 0xA0, 0xA1, 0x9B, 0xFB
_ENTRY, _CODEC, _PRIVATE = 0xAE, 0x86, 0x63A2
_KEY = 0x80
_BLOCK_HEAD = 4  # its track, its time, its flags (RFC 9559 §10.1)
_NAMES: dict[Codec, bytes] = {
    **{"opus": b"A_OPUS", "VP8": b"V_VP8"},
    **{"VP9": b"V_VP9", "AV1": b"V_AV1"},
}

_EBML = element(
    0x1A45DFA3,
    element(0x4286, b"\x01"),
    element(0x42F7, b"\x01"),
    element(0x42F2, b"\x04"),
    element(0x42F3, b"\x08"),
    element(0x4282, b"webm"),
    element(0x4287, b"\x04"),
    element(0x4285, b"\x02"),
)
_SEEK_SPACE = 68  # a SeekHead of three entries
_SIZE_AT = len(_EBML) + 4
_BODY = _SIZE_AT + 8  # offsets inside a Segment count from here (RFC 9559 §16)
_INFO_START = element(0x2AD7B1, ebml.number(1_000_000))
_INFO_AT = _BODY + _SEEK_SPACE
_DURATION_SIZE = 11
_APPS = element(0x4D80, b"synclass") + element(0x5741, b"synclass")
_DURATION_AT = _INFO_AT + 5 + len(_INFO_START)
_INFO_SIZE = 5 + len(_INFO_START) + _DURATION_SIZE + len(_APPS)


def mime(setup: Setup) -> str:
    if setup.codec == "opus":
        return 'audio/webm; codecs="opus"'
    codec = obu.mime(setup.private) if setup.codec == "AV1" else setup.codec.lower()
    return f'video/webm; codecs="{codec}"'


def head(setup: Setup) -> bytes:
    """Everything before the first cluster: the initialisation segment."""
    info = element(_INFO, _INFO_START, ebml.void(_DURATION_SIZE), _APPS)
    tracks = element(_TRACKS, element(_ENTRY, _track(setup)))
    space = ebml.void(_SEEK_SPACE)
    return _EBML + ebml.number(_SEGMENT) + ebml.UNKNOWN + space + info + tracks


def cluster(blocks: list[Block], *, laced: bool = False) -> bytes:
    """Blocks of at most 32 s, with their own times; ``laced``: sound that goes on shares them.

    The last picture says how long it lasts, and the last sound where it is not what one expects.
    """
    begin = blocks[0].ms
    if laced:
        parts = [_shared(some, begin) for some in lace.laces(blocks[:-1])]
    else:
        parts = [_simple(block, begin) for block in blocks[:-1]]
    last = blocks[-1]
    sound = last.setup is not None and last.setup.codec == "opus"
    expected = _expected([block.ms for block in blocks])
    plain = sound and last.lasts_ms == expected
    parts.append(_simple(last, begin) if plain else _group(last, begin))
    return element(_CLUSTER, element(_TIME, ebml.number(begin)), *parts)


def ending(start: bytes, clusters: list[Cluster], size: int) -> tuple[bytes, bytes]:
    """The head with its holes filled, and the index to put behind ``size`` bytes of file."""
    index = element(_CUES, *(_cue(found) for found in _worth_a_cue(clusters)))
    return _filled(start, clusters[-1].ends_ms, size - _BODY + len(index), cues=size), index


def ending_without_index(start: bytes, clusters: list[Cluster], size: int) -> bytes:
    """The filled head of a file behind which there is no room for an index."""
    return _filled(start, clusters[-1].ends_ms, size - _BODY, cues=None)


def is_finished(start: bytes) -> bool:
    return start[_SIZE_AT:_BODY] != ebml.UNKNOWN


def head_size(data: bytes | memoryview) -> int:
    """Bytes before the first cluster, 0 where the head is cut."""
    if len(data) < _BODY or bytes(data[: len(_EBML)]) != _EBML:
        return 0
    parts = ebml.elements(data, _BODY, len(data))
    tracks = next((part.end for part in parts if part.id == _TRACKS), 0)
    behind = next(parts, None)
    return behind.end if behind is not None and behind.id == ebml.VOID else tracks


def read_setup(start: bytes) -> Setup:
    """What is known of the track of a head, but for its size; raises Malformed."""
    found = {}
    tracks = (e for e in ebml.elements(start, _BODY, len(start)) if e.id == _TRACKS)
    for entry in (e for t in tracks for e in ebml.elements(start, t.begin, t.end)):
        parts = ebml.elements(start, entry.begin, entry.end)
        found = {part.id: start[part.begin : part.end] for part in parts}
    private = found.get(_PRIVATE, b"")
    for codec, name in _NAMES.items():
        if found.get(_CODEC) == name and (codec != "AV1" or len(private) >= obu.SHORTEST):
            return Setup(codec, private=private if codec == "AV1" else b"")
    raise Malformed("a head without a track of ours")


def hole(data: bytes) -> bytes:
    return element(ebml.VOID, data)


def begins_cluster(start: bytes) -> bool:
    return start.startswith(ebml.number(_CLUSTER))


def clusters(data: Bytes, at: int) -> list[Cluster]:
    """The whole clusters from byte ``at`` on, up to the first thing that is not one."""
    found: list[Cluster] = []
    for part in ebml.elements(data, at, len(data)):
        if part.id != _CLUSTER or not (blocks := _times(data, part)):
            break
        found.append(_read(blocks, part))
    return found


def packets(data: bytes | memoryview, at: int) -> Iterator[tuple[int, bytes]]:
    """(ms, bytes) of what lies in the whole clusters from byte ``at`` on."""
    for part in ebml.elements(data, at, len(data)):
        if part.id != _CLUSTER:
            return
        begin = 0
        for child in ebml.elements(data, part.begin, part.end):
            if child.id == _TIME:
                begin = int.from_bytes(data[child.begin : child.end], "big")
            elif (block := _lies(data, child)) and block.end - block.begin > _BLOCK_HEAD:
                yield from _unlaced(data, block, begin)


def _track(setup: Setup) -> bytes:
    head = element(0xD7, b"\x01") + element(0x73C5, b"\x01") + element(0x9C, b"\x00")
    if setup.codec == "opus":
        private = pack("<8sBBHIhB", b"OpusHead", 1, setup.channels, 0, RATE, 0, 0)  # RFC 7845 §5.1
        kind = element(0x83, b"\x02") + element(_CODEC, _NAMES["opus"]) + element(_PRIVATE, private)
        kind += element(0x56AA, b"\x00") + element(0x56BB, ebml.number(80_000_000))  # ns pre-roll
        frequency = element(0xB5, ebml.double(RATE))
        return head + kind + element(0xE1, frequency, element(0x9F, bytes([setup.channels])))
    size = element(0xB0, ebml.number(setup.width)) + element(0xBA, ebml.number(setup.height))
    kind = element(0x83, b"\x01") + element(_CODEC, _NAMES[setup.codec])
    kind += element(_PRIVATE, setup.private) if setup.private else b""
    return head + kind + element(0xE0, size)


def _simple(block: Block, begin: int) -> bytes:
    flags = _KEY if block.setup is not None else 0
    return element(_SIMPLE, pack("!BhB", 0x81, block.ms - begin, flags), block.data)


def _shared(some: list[Block], begin: int) -> bytes:
    if len(some) == 1:
        return _simple(some[0], begin)
    how, data = lace.join([block.data for block in some])
    return element(_SIMPLE, pack("!BhB", 0x81, some[0].ms - begin, _KEY | how), data)


def _group(block: Block, begin: int) -> bytes:
    """A block with its duration; one that refers to another is no key frame (RFC 9559 §5.1.3.5)."""
    data = element(_BLOCK, pack("!BhB", 0x81, block.ms - begin, 0), block.data)
    refers = b"" if block.setup is not None else element(_REFERENCE, b"\xff")
    return element(_GROUP, data, element(_LASTS, ebml.number(block.lasts_ms)), refers)


def _worth_a_cue(clusters: list[Cluster]) -> list[Cluster]:
    found: list[Cluster] = []
    sound = all(c.key for c in clusters)
    for one in clusters:
        if one.key and not (sound and found and one.ms - found[-1].ms < CUE_EVERY):
            found.append(one)
    return found


def _cue(found: Cluster) -> bytes:
    place = element(0xF7, b"\x01") + element(0xF1, ebml.number(found.offset - _BODY))
    return element(0xBB, element(0xB3, ebml.number(found.ms)), element(0xB7, place))


def _filled(start: bytes, ends_ms: int, size: int, *, cues: int | None) -> bytes:
    places = {_INFO: _SEEK_SPACE, _TRACKS: _SEEK_SPACE + _INFO_SIZE}
    if cues is not None:
        places[_CUES] = cues - _BODY
    seek = element(0x114D9B74, *(_seek(id, place) for id, place in places.items()))
    if len(seek) < _SEEK_SPACE:
        seek += ebml.void(_SEEK_SPACE - len(seek))
    duration = element(0x4489, ebml.double(ends_ms))
    filled = start[:_SIZE_AT] + ebml.vint(size, 8) + seek + start[_INFO_AT:_DURATION_AT]
    return filled + duration + start[_DURATION_AT + _DURATION_SIZE :]


def _seek(id: int, place: int) -> bytes:
    return element(0x4DBB, element(0x53AB, ebml.number(id)), element(0x53AC, pack("!Q", place)))


class _Timed(Struct, frozen=True):
    """What is read of a block: its lesson ms, how long it lasts (0: unsaid), may one begin here?"""

    ms: int
    lasts_ms: int
    key: bool


def _times(data: Bytes, part: ebml.Element) -> list[_Timed]:
    """The blocks of a cluster; none where it is damaged."""
    children = list(ebml.elements(data, part.begin, part.end))
    if not children or children[0].id != _TIME or children[-1].end != part.end:
        return []
    begin = int.from_bytes(data[children[0].begin : children[0].end], "big")
    try:
        return [one for child in children[1:] for one in _block(data, child, begin)]
    except Malformed:
        return []


def _block(data: Bytes, child: ebml.Element, begin: int) -> list[_Timed]:
    """What lies in one child of a cluster; raises Malformed."""
    block = _lies(data, child)
    if block is None or block.end - block.begin < _BLOCK_HEAD:
        raise Malformed("a cluster with something else in it")
    time, flags = unpack("!hB", data[block.begin + 1 : block.begin + 4])
    if child.id == _SIMPLE and flags & lace.KINDS:
        return [_Timed(ms, 0, flags & _KEY == _KEY) for ms, _ in _unlaced(data, block, begin)]
    if child.id == _SIMPLE:
        return [_Timed(begin + time, 0, flags == _KEY)]
    inner = {e.id: e for e in ebml.elements(data, child.begin, child.end)}
    lasts = inner.get(_LASTS)
    lasts_ms = int.from_bytes(data[lasts.begin : lasts.end], "big") if lasts else 0
    return [_Timed(begin + time, lasts_ms, _REFERENCE not in inner)]


def _unlaced(data: Bytes, block: ebml.Element, begin: int) -> Iterator[tuple[int, bytes]]:
    """The packets of a block, each where the one before it ends; raises Malformed."""
    time, flags = unpack("!hB", data[block.begin + 1 : block.begin + _BLOCK_HEAD])
    body = bytes(data[block.begin + _BLOCK_HEAD : block.end])
    at = begin + time
    for packet in (packets := lace.split(flags, body)):
        yield at, packet
        at += samples(packet) * 1000 // RATE if len(packets) > 1 else 0


def _lies(data: Bytes, child: ebml.Element) -> ebml.Element | None:
    """The block that this child of a cluster is, or has in it."""
    if child.id == _SIMPLE:
        return child
    inner = ebml.elements(data, child.begin, child.end) if child.id == _GROUP else ()
    return next((one for one in inner if one.id == _BLOCK), None)


def _read(blocks: list[_Timed], part: ebml.Element) -> Cluster:
    last = blocks[-1]
    lasts = last.lasts_ms or _expected([block.ms for block in blocks])
    return Cluster(blocks[0].ms, last.ms + lasts, part.at, part.end, blocks[0].key)


def _expected(times: list[int]) -> int:
    """How long the last of a cluster lasts where nothing is said: as long as the one before it."""
    return times[-1] - times[-2] if len(times) > 1 else 20
