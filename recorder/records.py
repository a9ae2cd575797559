"""How a record lies in a journal segment: length, checksum, link of the hash chain, payload."""

from collections.abc import Iterator
from hashlib import blake2b
from struct import Struct as Layout
from zlib import crc32

from msgspec import Struct

from synclass.errors import Malformed

MAGIC = b"synclass"
VERSION = 1
LINK = 16
"""Bytes of a BLAKE2b-128 link: link = hash(link before + payload)."""
GENESIS = bytes(LINK)
"""The link before the first record of a journal."""
LONGEST = 16 * 1024 * 1024
"""Bytes of the longest payload; four times the longest message (synclass.framing)."""

_HEADER = Layout(f"!8sII{LINK}s")
_CRC = Layout("!I")
_HEAD = Layout(f"!II{LINK}s")
HEADER = _HEADER.size + _CRC.size
"""Bytes of a segment's header."""


class Record(Struct, frozen=True):
    """A whole record: what it says, the chain's link after it, and where the next one begins."""

    payload: bytes
    link: bytes
    end: int


def next_link(link: bytes, payload: bytes) -> bytes:
    return blake2b(link + payload, digest_size=LINK).digest()


def header(number: int, link: bytes) -> bytes:
    """The first bytes of segment ``number``, which goes on after ``link``."""
    head = _HEADER.pack(MAGIC, VERSION, number, link)
    return head + _CRC.pack(crc32(head))


def record(payload: bytes, link: bytes) -> bytes:
    """A record as it lies on disk; ``link`` is the chain's value after it."""
    if len(payload) > LONGEST:
        raise ValueError(f"a record of {len(payload)} bytes; the longest is {LONGEST}")
    return _HEAD.pack(len(payload), _checksum(payload, link), link) + payload


def check_header(data: bytes, number: int, link: bytes) -> None:
    """Is this segment ``number`` of the chain that stands at ``link``?  Raises Malformed."""
    if len(data) < HEADER:
        raise Malformed("the segment's header is cut")
    if data[:HEADER] != header(number, link):
        raise Malformed("the segment's header is damaged or belongs to another journal")


def records(data: bytes, link: bytes) -> Iterator[Record]:
    """The records behind a segment's header; raises Malformed at the first that is not whole.

    The checksum tells a damaged record, the chain one that was changed, moved or left out by hand.
    """
    at = HEADER
    while at < len(data):
        found = _record(data, at, link)
        yield found
        at, link = found.end, found.link


def _record(data: bytes, at: int, link: bytes) -> Record:
    if len(data) - at < _HEAD.size:
        raise Malformed("a record's head is cut")
    size, checksum, claimed = _HEAD.unpack_from(data, at)
    begin, end = at + _HEAD.size, at + _HEAD.size + size
    if size > LONGEST or end > len(data):
        raise Malformed("a record is cut, or its length is damaged")
    payload = data[begin:end]
    if checksum != _checksum(payload, claimed):
        raise Malformed("a record is damaged: its checksum is wrong")
    if claimed != next_link(link, payload):
        raise Malformed("the chain is broken: a record was changed, moved or left out")
    return Record(payload, claimed, end)


def _checksum(payload: bytes, link: bytes) -> int:
    """CRC-32 over length, link and payload: a flipped bit anywhere shows."""
    return crc32(payload, crc32(link, crc32(_CRC.pack(len(payload)))))
