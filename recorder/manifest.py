"""What an ended lesson consists of, signed: a line of JSON and a line with its signature."""

import re
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from synclass.errors import Malformed

from . import index, pages
from .names import media_name

NAME = "manifest.jsonl"
VERSION = 1
LONGEST = 4 * 1024 * 1024
"""Bytes of a manifest: thirty thousand files; more is not read."""
_SEGMENT = re.compile(r"[0-9]{6,9}\.log")


class Segment(Struct, frozen=True):
    """How far a segment of the log went: its bytes, its records, and the chain's link there."""

    name: str
    bytes: int
    records: int
    link: str


class File(Struct, frozen=True):
    """A file below the lesson's folder, and the hash over those of its blocks (recorder.sums)."""

    name: str
    bytes: int
    hash: str


class Manifest(Struct, frozen=True):
    """Wall times are Unix seconds; ``key`` is whose signature it is."""

    kind: Literal["synclass manifest"]
    version: int
    lesson: str
    ended: float
    reason: str
    signed: float
    log: list[Segment]
    files: list[File]
    key: str


class _Version(Struct):
    kind: Literal["synclass manifest"]
    version: int
    key: str


class _Signature(Struct):
    signature: str


def public(seal: bytes) -> str:
    """The key by which this seal's signatures are known, in hex."""
    return Ed25519PrivateKey.from_private_bytes(seal).public_key().public_bytes_raw().hex()


def sign(manifest: Manifest, seal: bytes) -> bytes:
    """The manifest as its file has it; ``key`` must be the seal's."""
    line = msgspec.json.encode(manifest)
    signature = Ed25519PrivateKey.from_private_bytes(seal).sign(line)
    return line + b"\n" + msgspec.json.encode(_Signature(signature.hex())) + b"\n"


def read(data: bytes) -> Manifest:
    """Check the signature, then believe the rest.  Raises Malformed with what is wrong."""
    if len(data) > LONGEST:
        raise Malformed(f"a manifest of {len(data)} bytes; the longest is {LONGEST}")
    line, _, rest = data.partition(b"\n")
    if not rest.endswith(b"\n"):
        raise Malformed("the manifest is cut")
    try:
        head = msgspec.json.decode(line, type=_Version)
        signature = bytes.fromhex(msgspec.json.decode(rest, type=_Signature).signature)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key)).verify(signature, line)
        if head.version != VERSION:
            raise Malformed(f"a manifest of version {head.version}; this program reads {VERSION}")
        found = msgspec.json.decode(line, type=Manifest)
    except InvalidSignature as error:
        raise Malformed("the signature is wrong: the manifest was changed") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise Malformed(f"this is no manifest: {error}") from error
    _check_names(found)
    return found


def _check_names(found: Manifest) -> None:
    """No name leads out of the lesson's folder, and none is there twice."""
    for segment in found.log:
        if not _SEGMENT.fullmatch(segment.name):
            raise Malformed(f"{segment.name!r} is no segment of a log")
    for file in found.files:
        _check_name(file.name)
    names = [segment.name for segment in found.log] + [file.name for file in found.files]
    if len(names) != len(set(names)):
        raise Malformed("a file is named twice")


def _check_name(name: str) -> None:
    folder, _, plain = name.partition("/")
    if folder == "media":
        media_name(plain.removesuffix(index.SUFFIX))
    elif folder != "pages" or not pages.NAME.fullmatch(plain):
        raise Malformed(f"{name!r} is no file of a lesson")
