"""Names of folders and files: an id of any letters can never lead out of its folder."""

import re
from typing import get_args

from msgspec import Struct

from synclass.errors import Malformed
from synclass.words import ParticipantId, TrackName

LONGEST = 120
"""Bytes an id may take in a file name; the whole name must stay below the system's 255."""
_PLAIN = re.compile(rb"[A-Za-z0-9_-]")
_SAFE = re.compile(r"(?:[A-Za-z0-9_-]|=[0-9A-F]{2})+")
_NAME = re.compile(r"([A-Za-z0-9_=-]+)\.([a-z]+)\.([1-9][0-9]{0,8})\.(webm|mp4)")


class MediaName(Struct, frozen=True):
    """The name of a media file, ``<who>.<track>.<n>.<suffix>``."""

    who: ParticipantId
    track: TrackName
    n: int
    suffix: str

    def __str__(self) -> str:
        return f"{safe(self.who)}.{self.track}.{self.n}.{self.suffix}"


def safe(id: str) -> str:
    """An id as a file name: letters, digits, ``-`` and ``_`` stay, each other byte is ``=XX``.

    Raises Malformed where it is empty or longer than LONGEST.
    """
    raw = id.encode("utf-8", "surrogatepass")
    pieces = (bytes([byte]) for byte in raw)
    name = "".join(p.decode() if _PLAIN.match(p) else f"={p[0]:02X}" for p in pieces)
    if not 0 < len(name) <= LONGEST:
        raise Malformed("an id that cannot be a name")
    return name


def unsafe(name: str) -> str:
    """The id behind a name; raises Malformed where ``safe`` never made it."""
    if not _SAFE.fullmatch(name) or len(name) > LONGEST:
        raise Malformed(f"{name!r} is no id")
    raw = re.sub(r"=([0-9A-F]{2})", lambda hit: chr(int(hit[1], 16)), name).encode("latin-1")
    try:
        id = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise Malformed(f"{name!r} is no id") from error
    if safe(id) != name:
        raise Malformed(f"{name!r} is another spelling of an id")
    return id


def media_name(name: str) -> MediaName:
    """Read a media file's name; raises Malformed."""
    hit = _NAME.fullmatch(name)
    if hit is None:
        raise Malformed(f"{name!r} is no media file")
    for track in get_args(TrackName):
        if hit[2] == track:
            return MediaName(ParticipantId(unsafe(hit[1])), track, int(hit[3]), hit[4])
    raise Malformed(f"{hit[2]!r} is no track")
