"""Finishes the media files that a killed recorder left open."""

import mmap
import os
from pathlib import Path

from synclass.errors import Malformed, Refused

from . import clear, disk, index, manifest, sums, take
from .containers import Cluster
from .formats import BY_SUFFIX
from .names import media_name


def unfinished(data: Path) -> list[Path]:
    """The media files of all lessons that were not finished, or not wholly on the disk then.

    Of what was erased that is not asked: nobody can finish it.
    """
    found = sorted(data.glob("lessons/*/media/*"))
    return [path for path in found if _is_media(path) and _is_left(path)]


def _is_left(path: Path) -> bool:
    return not clear.erased(path) and (is_open(path) or _is_torn(path))


def mend(path: Path) -> None:
    """Cut a file back to its last whole cluster and make it seekable; remove an empty one.

    Its index is written anew from the file itself.  Raises Unavailable.
    """
    form = BY_SUFFIX[path.suffix[1:]]
    head, clusters = scan(path)
    if not clusters:
        take.remove(path)
        return
    try:
        _write_index(path, head, clusters)
        sums.beside(path).unlink(missing_ok=True)
        os.truncate(path, clusters[-1].end)
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise disk.unavailable(error) from error
    try:
        take.finish(file, form, clusters)
        os.fdatasync(file)
    finally:
        os.close(file)


def scan(path: Path) -> tuple[int, list[Cluster]]:
    """Bytes of the head, and the whole clusters, found by walking over the file itself.

    Raises Refused("erased") where the key of a locked one is gone.
    """
    form = BY_SUFFIX[path.suffix[1:]]
    if path.stat().st_size == 0:
        return 0, []
    if (locked := clear.of(path)) is not None:
        with locked:
            return locked.head, form.clusters(locked, locked.head)
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole,
        memoryview(whole) as view,
    ):
        head = form.head_size(view)
        return head, form.clusters(view, head) if head else []


def index_anew(path: Path) -> None:
    """Write the index of a finished file; raises Malformed where it is none of ours."""
    try:
        head, clusters = scan(path)
    except Refused as error:
        raise Malformed(f"{path.name} is locked, and not with a key of ours") from error
    if not clusters or not mime(path, head):
        raise Malformed(f"{path.name} is no recording")
    _write_index(path, head, clusters)


def mime(path: Path, head: int) -> str:
    """What MediaSource must be told of a file whose index is lost; "" where the head is damaged."""
    with path.open("rb") as file:
        start = file.read(head)
    form = BY_SUFFIX[path.suffix[1:]]
    try:
        return form.mime(form.read_setup(start))
    except Malformed:
        return ""


def _write_index(path: Path, head: int, clusters: list[Cluster]) -> None:
    entries = b"".join(index.entry(found) for found in clusters)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(index.begin(mime(path, head), head) + entries)
    fresh.replace(take.index_path(path))


def _is_torn(path: Path) -> bool:
    """Did the power fail while it was being finished?  Its index then ends somewhere else than it.

    Of lessons that are signed that is not asked.
    """
    if (path.parent.parent / manifest.NAME).exists():
        return False
    try:
        known = index.parse(take.index_path(path).read_bytes()).clusters
    except (Malformed, FileNotFoundError):
        return True
    end, size = known[-1].end if known else 0, path.stat().st_size
    if not 0 < end <= size:
        return True
    form = BY_SUFFIX[path.suffix[1:]]
    if (locked := clear.of(path)) is not None:
        with locked:
            return form.begins_cluster(locked.read(end, 8))
    with path.open("rb") as file:
        file.seek(end)
        return form.begins_cluster(file.read(8))


def _is_media(path: Path) -> bool:
    try:
        return bool(media_name(path.name))
    except Malformed:
        return False


def is_open(path: Path) -> bool:
    """Was it never finished?  Not asked of what is no medium."""
    if not _is_media(path):
        return False
    form = BY_SUFFIX[path.suffix[1:]]
    with path.open("rb") as file:
        start = file.read(4096)
    return not form.head_size(memoryview(start)) or not form.is_finished(start)
