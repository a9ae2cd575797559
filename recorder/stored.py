"""A ZIP of stored members, written as it streams by; any unzip program reads it.

What a member holds is known before the first byte is written, so no size comes too late and the
length of the whole is known, too.  The files of a long lesson need ZIP64 (APPNOTE.TXT §4.3.14).
"""

import time
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from struct import Struct as Layout

from msgspec import Struct

from synclass.errors import Unavailable

from .opener import opened

PIECE = 1 << 20  # bytes in memory at once
_LOCAL = Layout("<4s5H3I2H")
_CENTRAL = Layout("<4s6H3I5H2I")
_END = Layout("<4s4H2IH")
_END_64 = Layout("<4sQ2H2I4Q")
_WHERE_64 = Layout("<4sIQI")
_PLAIN, _WITH_64 = 10, 45  # the version needed to extract, times ten
_FULL, _MANY = 0xFFFFFFFF, 0xFFFF


class Member(Struct, frozen=True):
    """A file of the ZIP: a name in ASCII, and what was found in it."""

    name: str
    size: int
    crc: int
    digest: str
    """SHA-256, in hex."""
    body: bytes | Path


def member(name: str, body: bytes | Path, size: int = -1) -> Member:
    """Look through a file, or through its first ``size`` bytes."""
    crc, hashed, count = 0, sha256(), 0
    for piece in _pieces(body, size):
        crc, count = zlib.crc32(piece, crc), count + len(piece)
        hashed.update(piece)
    return Member(name, count, crc, hashed.hexdigest(), body)


def bodies(members: Sequence[Member], wall: float) -> Iterator[bytes]:
    """The ZIP without its directory; raises Unavailable("changed") if a file is another by now."""
    for one in members:
        yield _local(one, _stamp(wall))
        crc = 0
        for piece in _pieces(one.body, one.size):
            crc = zlib.crc32(piece, crc)
            yield piece
        if crc != one.crc:
            raise Unavailable("changed", f"{one.name} is still being written: try again soon")


def size_of(members: Sequence[Member]) -> int:
    """Bytes without the directory."""
    return sum(len(_local(one, (0, 0))) + one.size for one in members)


def directory(members: Sequence[Member], wall: float, start: int) -> bytes:
    """What stands behind the members; ``start`` is where the first lies in the whole file."""
    stamp, at, lines = _stamp(wall), start, []
    for one in members:
        lines.append(_central(one, stamp, at))
        at += len(_local(one, stamp)) + one.size
    listed = b"".join(lines)
    return listed + _end(len(members), len(listed), at)


def _pieces(body: bytes | Path, size: int) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    with opened(body) as file:
        while piece := file.read(min(PIECE, size) if size >= 0 else PIECE):
            size -= len(piece) if size >= 0 else 0
            yield piece


def _stamp(wall: float) -> tuple[int, int]:
    """A moment (UTC) as MS-DOS had it: time and date."""
    year, month, day, hour, minute, second, *_ = time.gmtime(max(wall, 0))
    if year < 1980:
        return 0, 1 << 5 | 1
    return hour << 11 | minute << 5 | second >> 1, year - 1980 << 9 | month << 5 | day


def _wide(*values: int) -> bytes:
    """The extra field with those numbers that do not fit into 32 bits."""
    wide = [value.to_bytes(8, "little") for value in values if value >= _FULL]
    data = b"".join(wide)
    return Layout("<2H").pack(1, len(data)) + data if data else b""


def _local(one: Member, stamp: tuple[int, int]) -> bytes:
    name, size, extra = one.name.encode("ascii"), min(one.size, _FULL), _wide(one.size, one.size)
    version = _WITH_64 if extra else _PLAIN
    shape = (version, 0, 0, *stamp, one.crc, size, size, len(name), len(extra))
    return _LOCAL.pack(b"PK\3\4", *shape) + name + extra


def _central(one: Member, stamp: tuple[int, int], at: int) -> bytes:
    name, size, extra = (
        one.name.encode("ascii"),
        min(one.size, _FULL),
        _wide(one.size, one.size, at),
    )
    version = _WITH_64 if extra else _PLAIN
    shape = (version, version, 0, 0, *stamp, one.crc, size, size, len(name), len(extra))
    return _CENTRAL.pack(b"PK\1\2", *shape, 0, 0, 0, 0, min(at, _FULL)) + name + extra


def _end(count: int, length: int, at: int) -> bytes:
    many = min(count, _MANY)
    end = _END.pack(b"PK\5\6", 0, 0, many, many, min(length, _FULL), min(at, _FULL), 0)
    if at < _FULL and count < _MANY:
        return end
    shape = (44, _WITH_64, _WITH_64, 0, 0, count, count, length, at)
    wide = _END_64.pack(b"PK\6\6", *shape) + _WHERE_64.pack(b"PK\6\7", 0, at + length, 1)
    return wide + end
