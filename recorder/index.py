"""The small file beside a growing media file that tells which of its clusters are whole."""

from struct import Struct as Layout

from msgspec import Struct

from synclass.errors import Malformed

from .containers import Cluster

SUFFIX = ".idx"
_MAGIC = b"synidx1\n"
_HEAD = Layout("!8sIH")
_ENTRY = Layout("!IIQQ?")


class Index(Struct):
    """What such a file says: the media's kind, the bytes of its head, and its clusters."""

    mime: str
    head: int
    clusters: list[Cluster]


def begin(mime: str, head: int) -> bytes:
    """The first bytes of an index."""
    name = mime.encode()
    return _HEAD.pack(_MAGIC, head, len(name)) + name


def entry(found: Cluster) -> bytes:
    """What is added when a cluster is whole."""
    return _ENTRY.pack(found.ms, found.ends_ms, found.offset, found.end, found.key)


def parse(data: bytes) -> Index:
    """Read an index, to its last whole entry; raises Malformed."""
    if len(data) < _HEAD.size:
        raise Malformed("the index is cut")
    magic, head, size = _HEAD.unpack_from(data)
    body = data[_HEAD.size + size :]
    if magic != _MAGIC or len(data) < _HEAD.size + size:
        raise Malformed("not an index")
    whole = body[: len(body) // _ENTRY.size * _ENTRY.size]
    entries = [Cluster(*fields) for fields in _ENTRY.iter_unpack(whole)]
    return Index(data[_HEAD.size : _HEAD.size + size].decode("latin-1"), head, entries)
