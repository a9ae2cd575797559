"""Writes fragmented MP4 (ISO/IEC 14496-12) for H.264, which browsers refuse inside WebM."""

from struct import iter_unpack, pack, unpack_from

from .containers import Bytes, Cluster
from .frames import Setup
from .lines import Block

SUFFIX = "mp4"
_UNITY = pack("!9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_KEY, _NOT_KEY = 0x02000000, 0x01010000  # sample flags (§8.8.3.1)
_BASE_IS_MOOF, _TRUN = 0x020000, 0x000701  # data offset; duration, size and flags of each sample
_TIME_AT = 8 + 16 + 8 + 16 + 12  # in a moof: behind mfhd, tfhd and the head of tfdt
_SAMPLES_AT = _TIME_AT + 8 + 20
_MEHD = b"mehd\x01\x00\x00\x00"


def mime(setup: Setup) -> str:
    return f'video/mp4; codecs="avc1.{setup.private[1:4].hex()}"'


def read_setup(start: bytes) -> Setup:
    """What is known of the track of a head, but for its size."""
    return Setup("H264", private=start.partition(b"avcC")[2])


def head(setup: Setup) -> bytes:
    """Everything before the first cluster: the initialisation segment.  Times are in ms."""
    brand = _box("ftyp", b"iso5", pack("!I", 512), b"iso5iso6mp41")
    extends = _box("mvex", _full("mehd", pack("!Q", 0), version=1), _trex())
    return brand + _box("moov", _mvhd(), _trak(setup), extends)


def cluster(blocks: list[Block]) -> bytes:
    """A movie fragment and its pictures."""
    samples = b"".join(pack("!III", b.lasts_ms, len(b.data), _flags(b)) for b in blocks)
    traf = _full("tfhd", pack("!I", 1), flags=_BASE_IS_MOOF)
    traf += _full("tfdt", pack("!Q", blocks[0].ms), version=1)
    size = _SAMPLES_AT + len(samples)
    trun = _full("trun", pack("!Ii", len(blocks), size + 8), samples, flags=_TRUN)
    sequence = _full("mfhd", pack("!I", blocks[0].ms + 1 & 0xFFFFFFFF))
    fragment = _box("moof", sequence, _box("traf", traf, trun))
    return fragment + _box("mdat", *(block.data for block in blocks))


def ending(start: bytes, clusters: list[Cluster], size: int) -> tuple[bytes, bytes]:
    """The head with the duration filled in, and the index (§8.8.9) to put behind the file."""
    keys = [found for found in clusters if found.key]
    entries = b"".join(pack("!QQBBB", c.ms, c.offset, 1, 1, 1) for c in keys)
    table = _full("tfra", pack("!III", 1, 0, len(keys)), entries, version=1)
    total = 8 + len(table) + 16
    index = _box("mfra", table, _full("mfro", pack("!I", total)))
    return ending_without_index(start, clusters, size), index


def ending_without_index(start: bytes, clusters: list[Cluster], size: int) -> bytes:
    at = start.index(_MEHD) + len(_MEHD)
    return start[:at] + pack("!Q", clusters[-1].ends_ms) + start[at + 8 :]


def is_finished(start: bytes) -> bool:
    at = start.index(_MEHD) + len(_MEHD)
    return start[at : at + 8] != bytes(8)


def head_size(data: bytes | memoryview) -> int:
    """Bytes before the first cluster, 0 where the head is cut."""
    brand = _whole(data, 0, b"ftyp")
    moov = _whole(data, brand, b"moov") if brand else 0
    return _whole(data, moov, b"free") or moov if moov else 0


def hole(data: bytes) -> bytes:
    return _box("free", data)


def begins_cluster(start: bytes) -> bool:
    return start[4:] == b"moof"


def clusters(data: Bytes, at: int) -> list[Cluster]:
    """The whole fragments from byte ``at`` on, up to the first thing that is not one."""
    found: list[Cluster] = []
    while moof := _whole(data, at, b"moof"):
        end = _whole(data, moof, b"mdat")
        one = _read(bytes(data[at:moof]), at, end)
        if not end or one is None:
            break
        found.append(one)
        at = end
    return found


def _whole(data: Bytes, at: int, kind: bytes) -> int:
    """Where the box of this kind at ``at`` ends; 0 where there is none, or not all of it."""
    if len(data) - at < 8 or bytes(data[at + 4 : at + 8]) != kind:
        return 0
    end = at + int.from_bytes(data[at : at + 4], "big")
    return end if at + 8 <= end <= len(data) else 0


def _read(moof: bytes, offset: int, end: int) -> Cluster | None:
    """The fragment whose moof this is; none where it is not as ``cluster`` made it."""
    if len(moof) < _SAMPLES_AT + 12 or (len(moof) - _SAMPLES_AT) % 12:
        return None
    (ms,) = unpack_from("!Q", moof, _TIME_AT)
    samples = list(iter_unpack("!III", moof[_SAMPLES_AT:]))
    if moof[_TIME_AT - 8 : _TIME_AT - 4] != b"tfdt" or ms > 1 << 40:
        return None
    return Cluster(
        ms, ms + sum(lasts for lasts, _, _ in samples), offset, end, samples[0][2] == _KEY
    )


def _flags(block: Block) -> int:
    return _KEY if block.setup is not None else _NOT_KEY


def _box(kind: str, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return pack("!I", len(content) + 8) + kind.encode() + content


def _full(kind: str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, pack("!I", version << 24 | flags), *parts)


def _mvhd() -> bytes:
    times = pack("!IIII", 0, 0, 1000, 0)
    return _full("mvhd", times, pack("!IH10x", 0x10000, 0x100), _UNITY, bytes(24), pack("!I", 2))


def _trak(setup: Setup) -> bytes:
    size = pack("!II", setup.width << 16, setup.height << 16)
    tkhd = _full("tkhd", pack("!IIIII", 0, 0, 1, 0, 0), bytes(16), _UNITY, size, flags=3)
    mdhd = _full("mdhd", pack("!IIIIHH", 0, 0, 1000, 0, 0x55C4, 0))
    hdlr = _full("hdlr", bytes(4), b"vide", bytes(12), b"synclass\0")
    here = _box("dinf", _full("dref", pack("!I", 1), _full("url ", flags=1)))
    minf = _box("minf", _full("vmhd", bytes(8), flags=1), here, _stbl(setup))
    return _box("trak", tkhd, _box("mdia", mdhd, hdlr, minf))


def _stbl(setup: Setup) -> bytes:
    """The sample table: how pictures are coded; the samples themselves are in the fragments."""
    dots = pack("!HHIII", setup.width, setup.height, 0x480000, 0x480000, 0)
    entry = pack("!6xH16x", 1) + dots + pack("!H32xHh", 1, 24, -1)
    stsd = _full("stsd", pack("!I", 1), _box("avc1", entry, _box("avcC", setup.private)))
    empty = (_full(kind, bytes(4)) for kind in ("stts", "stsc", "stco"))
    return _box("stbl", stsd, *empty, _full("stsz", bytes(8)))


def _trex() -> bytes:
    return _full("trex", pack("!IIIII", 1, 1, 0, 0, 0))
