"""`synclass backup`: a data folder as one file, while the server runs or not."""

import asyncio
import hashlib
import io
import os
import sqlite3
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol

import click
import msgspec
from msgspec import Struct

from recorder.bucket import Bucket, Copy
from recorder.offsite import FOLDER, elsewhere

from ..adapters.registry.dump import dump
from ..errors import Refused, Unavailable
from .config import OFFSITE
from .registry import VARIABLE

REGISTRY = "synclass.sqlite"
CONTENTS = "backup.json"
"""The last member: a backup without it was cut off."""
TABLES = "registry/"
"""Members that are pieces of a registry in PostgreSQL."""
VERSION = 2
"""Since there are such; a backup without them is of 1."""
PIECE = 1 << 20
"""Bytes read at once."""


class Kept(Struct, frozen=True):
    size: int
    sha256: str


class Contents(Struct, frozen=True):
    version: int
    made_at: float
    files: dict[str, Kept]
    revision: str = ""
    """Of the tables of a registry in PostgreSQL."""


class _Source(Protocol):
    """What a member is read from."""

    def read(self, size: int = -1) -> bytes: ...


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
@click.option("--registry-url", default="", envvar=VARIABLE, help="A registry in PostgreSQL.")
@click.option("--offsite", default="", envvar=OFFSITE, help="Where lessons are copied to.")
def command(file: Path, *, data: Path, registry_url: str, offsite: str) -> None:
    """Write registry, lessons, media and keys into FILE; whoever has it has all voices.

    Also what lies in PostgreSQL, and media that lie in the bucket alone.  A lesson that goes on is
    in it up to this moment.  `synclass restore` makes a data folder of it.
    """
    bucket = Bucket.at(offsite) if offsite else None
    contents = backup(data, file, registry_url=registry_url, bucket=bucket)
    size = file.stat().st_size / 1e6
    click.echo(f"{len(contents.files)} files, {size:.1f} MB: {file} (keep it as you keep keys)")


def backup(
    data: Path, file: Path, *, registry_url: str = "", bucket: Bucket | None = None
) -> Contents:
    """The whole file, or none.

    Raises Refused("there-already"), Refused("offsite") where something lies in a bucket alone and
    none is given; Unavailable: "not-written", "offsite", "registry".
    """
    if file.exists():
        raise Refused("there-already", f"{file} is there already")
    aside = file.with_name(f".{file.name}.part")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            contents = _Writer(data, out, bucket).write({file, aside}, registry_url)
            out.flush()
            os.fsync(descriptor)
        aside.rename(file)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("not-written", f"{file}: {error}") from error
    finally:
        aside.unlink(missing_ok=True)
    return contents


class _Writer:
    def __init__(self, data: Path, out: BinaryIO, bucket: Bucket | None) -> None:
        self._data, self._out, self._bucket = data, out, bucket
        self._files: dict[str, Kept] = {}

    def write(self, itself: set[Path], registry_url: str) -> Contents:
        """The registry first: whatever it names then was on the disk before."""
        with tarfile.open(fileobj=self._out, mode="w|", format=tarfile.PAX_FORMAT) as self._tar:
            revision = self._add_registry(registry_url)
            self._add_files(itself, but=FOLDER)
            for name, there, copy in elsewhere(self._data):
                if name not in self._files:
                    self._add_copy(name, there, copy)
            self._add_files(itself)  # what the bucket has is noted after it: not what was erased
            version = VERSION if revision else 1
            contents = Contents(version, time.time(), self._files, revision)
            said = msgspec.json.encode(contents)
            member = _member(CONTENTS, len(said), 0o600, contents.made_at)
            self._tar.addfile(member, io.BytesIO(said))
        return contents

    def _add_files(self, itself: set[Path], but: str = "") -> None:
        for path, name in _found(self._data, self._files, itself):
            if Path(name).parts[0] != but:
                with suppress(FileNotFoundError):  # erased, or packed into a file found later
                    self._add_file(path, name)

    def _add_registry(self, url: str) -> str:
        """The revision of one in PostgreSQL; a file goes in as it is."""
        if url:
            return asyncio.run(dump(url, self._add_piece))
        if (self._data / REGISTRY).exists():
            with TemporaryDirectory(dir=self._data, prefix=".backup") as folder:
                copy = Path(folder) / REGISTRY
                _copy_registry(self._data / REGISTRY, copy)
                self._add_file(copy, REGISTRY)
        return ""

    def _add_piece(self, name: str, data: bytes) -> None:
        member = _member(TABLES + name, len(data), 0o600, time.time())
        self._add(member, io.BytesIO(data))

    def _add_file(self, path: Path, name: str) -> None:
        """As long as it is now: what is appended to it from here on is not in it."""
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            self._add(_member(name, about.st_size, about.st_mode & 0o700, about.st_mtime), file)

    def _add_copy(self, name: str, there: str, copy: Copy) -> None:
        """What has left the disk, as it comes from the bucket; not what was erased meanwhile."""
        if self._bucket is None:
            raise Refused("offsite", f"{name} lies in a bucket alone: say --offsite")
        pieces = self._bucket.pieces(there)
        try:
            first = next(pieces, b"")
        except Unavailable:
            if (name, there, copy) in elsewhere(self._data):
                raise
            return
        self._add(_member(name, copy.size, 0o600, time.time()), _Stream(first, pieces))
        if self._files[name].sha256 != copy.sha256:
            raise Unavailable("offsite", f"{name} is not what was copied")

    def _add(self, member: tarfile.TarInfo, source: _Source) -> None:
        reader = _Reader(source, member.size)
        self._tar.addfile(member, reader)
        self._files[member.name] = Kept(member.size, reader.hash.hexdigest())


def _copy_registry(path: Path, copy: Path) -> None:
    """As it is at one moment, whoever writes."""
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _found(data: Path, known: dict[str, Kept], itself: set[Path]) -> Iterator[tuple[Path, str]]:
    """All files, and again those that have come meanwhile, until none has."""
    seen = {*known, *(REGISTRY + end for end in ("", "-wal", "-shm", "-journal"))}
    while True:
        paths = {str(p.relative_to(data)): p for p in sorted(data.rglob("*")) if p.is_file()}
        new = {n: p for n, p in paths.items() if n not in seen and p not in itself}
        new = {n: p for n, p in new.items() if not any(x.startswith(".") for x in Path(n).parts)}
        if not new:
            return
        for name, path in new.items():
            seen.add(name)
            yield path, name


def _member(name: str, size: int, mode: int, at: float) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, mode, int(at)
    return member


class _Reader(io.RawIOBase):
    """So many bytes of a file, and their hash."""

    def __init__(self, file: _Source, size: int) -> None:
        self._file, self._left = file, size
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size if size >= 0 else PIECE, self._left))
        if not data and self._left:
            raise OSError("a file became shorter while it was read: try again")
        self._left -= len(data)
        self.hash.update(data)
        return data


class _Stream:
    """Pieces that come, as a file that is read once."""

    def __init__(self, first: bytes, pieces: Iterator[bytes]) -> None:
        self._rest, self._pieces = first, pieces

    def read(self, size: int = -1) -> bytes:
        if not self._rest:
            self._rest = next(self._pieces, b"")
        found = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(found) :]
        return found
