"""`synclass restore`: a backup becomes a data folder, every byte of it compared first."""

import asyncio
import hashlib
import shutil
import tarfile
from pathlib import Path
from tempfile import mkdtemp

import click
import msgspec

from ..adapters.registry.dump import dump, load
from ..errors import Malformed, Refused, Unavailable
from .backup import CONTENTS, PIECE, REGISTRY, TABLES, VERSION, Contents, Kept
from .registry import VARIABLE


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", default="data", type=click.Path(path_type=Path))
@click.option("--registry-url", default="", envvar=VARIABLE, help="An empty PostgreSQL for it.")
def command(file: Path, *, data: Path, registry_url: str) -> None:
    """Make a data folder of FILE, which `synclass backup` wrote; one that has something is left.

    The registry goes into the folder, or into an empty PostgreSQL, wherever it was before.
    """
    contents = restore(file, data, registry_url=registry_url)
    click.echo(f"{len(contents.files)} files are in {data}, each as it was kept")


def restore(file: Path, data: Path, *, registry_url: str = "") -> Contents:
    """All of it or nothing.

    Raises Refused("not-empty"), Malformed, Unavailable: "not-written", "registry".
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
        if contents.revision or registry_url:
            asyncio.run(_settle(aside, contents, registry_url))
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


async def _settle(folder: Path, contents: Contents, url: str) -> None:
    """The registry from where it was to where it is wanted; every byte has been compared."""
    pieces, revision = folder / TABLES, contents.revision
    names = [name for name in contents.files if name.startswith(TABLES)]
    if not revision and (folder / REGISTRY).exists():

        def add(name: str, data: bytes) -> None:
            (pieces / name).write_bytes(data)
            names.append(name)

        pieces.mkdir()
        revision = await dump(folder / REGISTRY, add)
        (folder / REGISTRY).unlink()
    if revision:
        told = (pieces / Path(name).name for name in names)
        where = url or folder / REGISTRY
        await load(where, revision, ((path.name, path.read_bytes()) for path in told))
        shutil.rmtree(pieces, ignore_errors=True)


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
