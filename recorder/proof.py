"""Proves a lesson against its manifest: reads every byte, and names the first that is wrong."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from synclass.errors import Malformed

from . import clear, journal, manifest, sums
from .manifest import File, Manifest, Segment
from .names import media_name


class Fault(Struct, frozen=True):
    """Where something is wrong, from which byte on, and what."""

    name: str
    at: int
    what: str

    def __str__(self) -> str:
        return f"{self.name} at byte {self.at}: {self.what}"


def signed(folder: Path) -> Manifest | None:
    """A lesson's manifest, None where there is none; raises Malformed where it is not to be had."""
    try:
        with (folder / manifest.NAME).open("rb") as file:
            return manifest.read(file.read(manifest.LONGEST + 1))
    except FileNotFoundError:
        return None


def faults(folder: Path, told: Manifest) -> Iterator[Fault]:
    """What is not as the manifest says, one for each file, the log first."""
    yield from _log(folder / "log", told.log)
    for file in told.files:
        fault = _file(folder, file)
        if fault is not None:
            yield fault
    known = {file.name for file in told.files}
    for path in sorted((folder / "media").glob("*")):
        name = f"media/{path.name}"
        if _is_media(path.name) and name not in known:
            yield Fault(name, 0, "the manifest knows no such file")


def erased(folder: Path) -> list[str]:
    """The tracks that nobody has a key of any more."""
    media = (path for path in sorted((folder / "media").glob("*")) if _is_media(path.name))
    return [f"media/{path.name}" for path in media if clear.erased(path)]


def later(folder: Path, told: Manifest) -> int:
    """Records that came to the log behind what is signed."""
    return sum(1 for _ in journal.read(folder / "log")) - sum(one.records for one in told.log)


def _log(log: Path, segments: list[Segment]) -> Iterator[Fault]:
    """A log may have gone on behind the manifest; what is signed must still be in it."""
    wanted = {(one.name, one.bytes): one for one in segments}
    reached: dict[str, int] = {}
    for place in journal.places(log):
        reached[place.segment] = place.end
        one = wanted.pop((place.segment, place.end), None)
        if one is not None and one.link != place.link.hex():
            yield Fault(f"log/{one.name}", 0, "this is another log than the one that was signed")
            return
    for one in wanted.values():
        at = min(reached.get(one.name, 0), one.bytes)
        yield Fault(f"log/{one.name}", at, f"the log is cut: {one.bytes} bytes were signed")


def _file(folder: Path, told: File) -> Fault | None:
    path = folder / told.name
    if not path.is_file():
        return Fault(told.name, 0, "the file is missing")
    found, size = list(sums.of(path, told.bytes)), path.stat().st_size
    if sums.root(found) == told.hash:
        longer = Fault(told.name, told.bytes, f"only {told.bytes} bytes were signed")
        return longer if size > told.bytes else None
    return _first(told, found, _told_blocks(path, told), size)


def _first(told: File, found: list[bytes], blocks: list[bytes], size: int) -> Fault:
    """The first block that is not as it was; the rest of a block that was cut tells nothing."""
    if not blocks:
        return Fault(told.name, 0, "damaged; where cannot be told, no hashes of blocks are left")
    whole = len(blocks) if size >= told.bytes else size // sums.BLOCK
    for n in range(whole):
        if found[n] != blocks[n]:
            end = min((n + 1) * sums.BLOCK, told.bytes)
            return Fault(told.name, n * sums.BLOCK, f"damaged there, or before byte {end}")
    return Fault(told.name, size, f"the file is cut: {told.bytes} bytes were signed")


def _told_blocks(path: Path, told: File) -> list[bytes]:
    """The hashes beside the file, if they are those that were signed."""
    try:
        _, blocks = sums.parse(sums.beside(path).read_bytes())
    except (Malformed, FileNotFoundError):
        return []
    return blocks if sums.root(blocks) == told.hash else []


def _is_media(name: str) -> bool:
    try:
        media_name(name)
    except Malformed:
        return False
    return True
