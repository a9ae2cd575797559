"""What a school year's compliance export says, and whether what it says hangs together."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from .chain import first_broken
from .errors import Malformed

VERSION = 2
"""Since they are signed."""
SUMS, AUDIT, SIGNED = "year.json", "audit.json", "year.sig.json"
SAYS = b"synclass year\n"
"""What is signed begins so: no signature of a lesson is one of a year."""
ERASING = frozenset({"lesson.erase", "voice.erase", "pupil.erase", "film.drop"})
"""Acts after which something is gone."""
PRINTED = "board.print"


class Note(Struct, frozen=True, array_like=True):
    """A line of the audit log with its number and its link."""

    n: int
    wall: float
    who: str
    act: str
    what: str
    link: str


class Stretch(Struct, frozen=True):
    """Lines of the audit log without a gap, and the link of the line before them."""

    before: str
    notes: list[Note]


class Sum(Struct, frozen=True):
    size: int
    sha256: str


class Signature(Struct, frozen=True):
    """Over the bytes of ``year.json``, which has a hash of each other member; in hex."""

    key: str
    signature: str


class Year(Struct, frozen=True):
    """What all of it hangs on; wall times."""

    version: int
    year: int
    since: float
    until: float
    made_at: float
    by: str
    before: str
    """The link that the first line of the year follows."""
    last: str
    """The link of the last line: whoever wrote it down elsewhere knows that nothing was changed."""
    files: dict[str, Sum]


def erased(notes: list[Note]) -> list[Note]:
    """What was deleted, and when."""
    return [note for note in notes if note.act in ERASING]


def taken(notes: list[Note]) -> list[Note]:
    """What left the house, by whom."""
    return [note for note in notes if note.act.endswith(".take") or note.act == PRINTED]


def signed(seal: bytes, year: bytes) -> Signature:
    """By the key that signs lessons (`synclass admin key` tells its public half)."""
    key = Ed25519PrivateKey.from_private_bytes(seal)
    return Signature(key.public_key().public_bytes_raw().hex(), key.sign(SAYS + year).hex())


def sum_of(data: bytes) -> Sum:
    return Sum(len(data), sha256(data).hexdigest())


def faults(members: Mapping[str, bytes], key: str = "") -> Iterator[str]:
    """Everything that is not as it was written, or was not signed by this key where one is named.

    Raises Malformed for what is no such export.
    """
    try:
        year = msgspec.json.decode(members[SUMS], type=Year)
        stretch = msgspec.json.decode(members[AUDIT], type=Stretch)
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError) as error:
        why = f"{SUMS} or {AUDIT}: {error}"
        raise Malformed(f"this is no export of a year, or a damaged one: {why}") from error
    if year.version > VERSION:
        raise Malformed(f"{SUMS} says that this export is of a newer synclass")
    yield from _signature_faults(year, members, key)
    for name in sorted(year.files.keys() | members.keys() - {SUMS, SIGNED}):
        if name not in members or year.files.get(name) != sum_of(members[name]):
            yield f"{name} is not as it was written"
    yield from _chain_faults(year, stretch)
    for name, notes in (
        ("erased.json", erased(stretch.notes)),
        ("taken.json", taken(stretch.notes)),
    ):
        if members.get(name) != msgspec.json.encode(notes):
            yield f"{name} does not say what the audit log says"


def said(members: Mapping[str, bytes]) -> str:
    """In a line, of a sound one."""
    stretch = msgspec.json.decode(members[AUDIT], type=Stretch)
    last = stretch.notes[-1].link if stretch.notes else stretch.before
    told = f"{len(stretch.notes)} lines of the audit log, chain {last or '-'}"
    if SIGNED not in members:
        return f"{told}, not signed: made before years were"
    return f"{told}, signed by {msgspec.json.decode(members[SIGNED], type=Signature).key}"


def _signature_faults(year: Year, members: Mapping[str, bytes], key: str) -> Iterator[str]:
    """One that says of itself that it is of before need have none, unless a key is wanted."""
    if SIGNED not in members:
        if year.version > 1 or key:
            yield f"{SIGNED} is missing: nobody has signed this year"
        return
    try:
        told = msgspec.json.decode(members[SIGNED], type=Signature)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told.key))
        public.verify(bytes.fromhex(told.signature), SAYS + members[SUMS])
    except (msgspec.DecodeError, ValueError, InvalidSignature):
        yield f"{SUMS} is not what was signed, or {SIGNED} was changed"
        return
    if key and told.key != key.lower():
        yield f"{SIGNED}: signed by {told.key}, not by {key}"


def _chain_faults(year: Year, stretch: Stretch) -> Iterator[str]:
    notes = stretch.notes
    lines = [(note.link, (note.wall, note.who, note.act, note.what)) for note in notes]
    if year.before != stretch.before:
        yield "the chain begins at another link"
    if broken := first_broken(lines, stretch.before):
        yield f"line {notes[broken - 1].n} of the audit log is not what was written"
    if year.last != (notes[-1].link if notes else stretch.before):
        yield "the chain ends at another link"
