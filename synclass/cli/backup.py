"""`synclass backup`: a data folder as one file, while the server runs or not."""

import hashlib
import io
import os
import sqlite3
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import click
import msgspec
from msgspec import Struct

from ..errors import Refused, Unavailable

REGISTRY = "synclass.sqlite"
CONTENTS = "backup.json"
"""The last member: a backup without it was cut off."""
VERSION = 1
PIECE = 1 << 20
"""Bytes read at once."""


class Kept(Struct, frozen=True):
    size: int
    sha256: str


class Contents(Struct, frozen=True):
    version: int
    made_at: float
    files: dict[str, Kept]


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
@click.option("--registry-url", default="", envvar="SYNCLASS_REGISTRY_URL", hidden=True)
def command(file: Path, *, data: Path, registry_url: str) -> None:
    """Write registry, lessons, media and keys into FILE; whoever has it has all voices.

    A lesson that goes on is in it up to this moment.  `synclass restore` makes a data folder of it.
    """
    if registry_url:
        raise Refused("postgres", "the registry is in PostgreSQL: keep it by pg_dump")
    contents = backup(data, file)
    size = file.stat().st_size / 1e6
    click.echo(f"{len(contents.files)} files, {size:.1f} MB: {file} (keep it as you keep keys)")


def backup(data: Path, file: Path) -> Contents:
    """The whole file, or none.  Raises Refused("there-already"), Unavailable("not-written")."""
    if file.exists():
        raise Refused("there-already", f"{file} is there already")
    aside = file.with_name(f".{file.name}.part")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            contents = _write(data, out, {file, aside})
            out.flush()
            os.fsync(descriptor)
        aside.rename(file)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("not-written", f"{file}: {error}") from error
    finally:
        aside.unlink(missing_ok=True)
    return contents


def _write(data: Path, out: BinaryIO, itself: set[Path]) -> Contents:
    """The registry first: whatever it names then was on the disk before."""
    files: dict[str, Kept] = {}
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        if (data / REGISTRY).exists():
            with TemporaryDirectory(dir=data, prefix=".backup") as folder:
                copy = Path(folder) / REGISTRY
                _copy_registry(data / REGISTRY, copy)
                files[REGISTRY] = _add(tar, copy, REGISTRY)
        for path, name in _found(data, files, itself):
            try:
                files[name] = _add(tar, path, name)
            except FileNotFoundError:  # erased, or packed into a file that is found later
                continue
        contents = Contents(VERSION, time.time(), files)
        said = msgspec.json.encode(contents)
        tar.addfile(_member(CONTENTS, len(said), 0o600, contents.made_at), io.BytesIO(said))
    return contents


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


def _add(tar: tarfile.TarFile, path: Path, name: str) -> Kept:
    """As long as it is now: what is appended to it from here on is not in it."""
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        reader = _Reader(file, about.st_size)
        tar.addfile(_member(name, about.st_size, about.st_mode & 0o700, about.st_mtime), reader)
        return Kept(about.st_size, reader.hash.hexdigest())


def _member(name: str, size: int, mode: int, at: float) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, mode, int(at)
    return member


class _Reader(io.RawIOBase):
    """So many bytes of a file, and their hash."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size if size >= 0 else PIECE, self._left))
        if not data and self._left:
            raise OSError("a file became shorter while it was read: try again")
        self._left -= len(data)
        self.hash.update(data)
        return data
