"""`synclass restore`: a backup becomes a data folder, every byte of it compared first."""

import hashlib
import shutil
import tarfile
from pathlib import Path
from tempfile import mkdtemp

import click
import msgspec

from ..errors import Malformed, Refused, Unavailable
from .backup import CONTENTS, PIECE, VERSION, Contents, Kept


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", default="data", type=click.Path(path_type=Path))
def command(file: Path, *, data: Path) -> None:
    """Make a data folder of FILE, which `synclass backup` wrote; one that has something is left."""
    contents = restore(file, data)
    click.echo(f"{len(contents.files)} files are in {data}, each as it was kept")


def restore(file: Path, data: Path) -> Contents:
    """All of it or nothing.

    Raises Refused("not-empty"), Malformed, Unavailable("not-written").
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise Refused("not-empty", f"{data} is not empty: nothing in it is touched")
    try:
        data.absolute().parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(dir=data.absolute().parent, prefix=".restore"))
    except OSError as error:
        raise Unavailable("not-written", f"{data}: {error.strerror}") from error
    try:
        contents = _unpack(file, aside)
        aside.rename(data)
    except tarfile.TarError as error:
        raise Malformed(f"{file} is no backup, or a damaged one: {error}") from error
    except OSError as error:
        raise Unavailable("not-written", f"{data}: {error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return contents


def _unpack(file: Path, folder: Path) -> Contents:
    found: dict[str, Kept] = {}
    contents: Contents | None = None
    with tarfile.open(file, mode="r|") as tar:
        for member in tar:
            if contents is not None or not member.isreg() or member.name in found:
                raise Malformed(f"{file}: {member.name} is not what a backup has there")
            if member.name == CONTENTS:
                contents = _contents(tar, member)
                continue
            tar.extract(member, folder, filter="data")
            found[member.name] = _kept(folder / member.name)
    if contents is None:
        raise Malformed(f"{file} was cut off: its end is missing")
    if wrong := {name for name, _ in contents.files.items() ^ found.items()}:
        raise Malformed(f"{file}: {min(wrong)} is not as it was kept")
    return contents


def _contents(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Contents:
    file = tar.extractfile(member)
    assert file is not None
    try:
        contents = msgspec.json.decode(file.read(), type=Contents)
    except msgspec.DecodeError as error:
        raise Malformed(f"{CONTENTS}: {error}") from error
    if contents.version > VERSION:
        raise Malformed("this backup is of a newer synclass")
    return contents


def _kept(path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Kept(size, digest.hexdigest())
