"""What a packed lesson says of itself: lesson.json, the first member of its ZIP."""

import msgspec
from msgspec import Struct

from synclass.errors import Malformed
from synclass.ports import TrackFile

FORMAT = "synclass.lesson"
VERSION = 1
FIRST = "lesson.json"


class Contents(Struct, frozen=True):
    format: str
    version: int
    id: str
    title: str
    subject: str
    teacher: str
    """The name that the class saw; accounts stay in the house."""
    wall: float
    """UTC of lesson time 0 in Unix seconds."""
    began_at: float
    ended_at: float
    """In lesson seconds, as the bells rang; began_at is 0 where it never did."""
    tracks: list[TrackFile] = []
    members: dict[str, str] = {}
    """SHA-256 of every other member by its name, in the order in which they lie."""


def write(contents: Contents) -> bytes:
    return msgspec.json.encode(contents)


def read(data: bytes) -> Contents:
    """Raises Malformed for what is no lesson of ours, or one of a later version."""
    try:
        contents = msgspec.json.decode(data, type=Contents)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"no packed lesson: {error}") from error
    if contents.format != FORMAT:
        raise Malformed("no packed lesson")
    if contents.version != VERSION:
        raise Malformed(f"a packed lesson of version {contents.version}: this server is older")
    return contents
