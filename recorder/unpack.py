"""Takes a packed lesson into the house: nothing in the file is believed until it is checked.

Members are stored, never inflated by the ZIP; only names of ours are looked at, so none leads out
of the lesson's folder; all together are no longer than the file.  What the log says is folded once,
as every later reader will.  The lesson lies whole in its place, or nothing does.
"""

import gzip
import hashlib
import io
import os
import re
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from synclass import wire
from synclass.conduct import MOST_PRESENT
from synclass.errors import Malformed, Unavailable
from synclass.lesson import Entry
from synclass.ports import LessonCard
from synclass.toolbox import new_lesson
from synclass.words import LessonId, Stage

from . import columns, disk, mend, pages
from .contents import FIRST, Contents, read
from .journal import FileJournal
from .names import media_name
from .shelf import lesson_folder

ARRIVING = "arriving"
"""Below the data folder: where a lesson lies until all of it is checked."""
LONGEST_FIRST = 16 << 20  # bytes of lesson.json: eight hours of a dozen tracks
LONGEST_CHUNK = 4 << 20  # bytes of half a minute: the busiest has a hundredth
LONGEST_PAGE = 8 << 20  # bytes of a page of courseware, and of its SVG
MOST = 20_000  # members: a day's chunks, and as many pages
LONGEST_TITLE = 80  # characters, as the form for a new lesson has it
PIECE = 1 << 20
_CHUNK = re.compile(r"log/[0-9]{6,9}\.chunk")
_UNFOLDABLE = (KeyError, ValueError, IndexError, TypeError, AttributeError, OverflowError)


def look(path: Path) -> Contents:
    """What the file says of itself; raises Malformed where it is no packed lesson."""
    with _opened(path) as file:
        return _contents(file, path.stat().st_size)


def take_in(data: Path, path: Path) -> Contents:
    """Bring the lesson into its folder; where it is there already nothing changes.

    Raises Malformed with what is wrong, Unavailable("disk-full").
    """
    with _opened(path) as file:
        contents = _contents(file, path.stat().st_size)
        place = lesson_folder(data, contents.id)
        if place.exists():
            return contents
        aside = data / ARRIVING / secrets.token_hex(8)
        disk.make_folder(aside)
        disk.make_folder(place.parent)
        held = disk.hold(aside)
        try:
            _fill(aside, data / "pages", file, contents)
            aside.rename(place)
            disk.commit(place.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            os.close(held)
        return contents


def sweep(data: Path) -> None:
    """Clear away what a fall left behind; a lesson that somebody is taking in is held."""
    for path in (data / ARRIVING).glob("*"):
        if path.is_dir():
            with suppress(Unavailable):
                held = disk.hold(path)
                shutil.rmtree(path, ignore_errors=True)
                os.close(held)
        else:
            with suppress(OSError):
                path.unlink()


def card(contents: Contents) -> LessonCard:
    """How the lists of this house name it; whose it is here, somebody here must say."""
    return LessonCard(
        id=LessonId(contents.id),
        title=contents.title[:LONGEST_TITLE],
        subject=contents.subject[:LONGEST_TITLE],
        teacher="",
        code="",
        made_at=contents.wall,
        began_at=contents.wall + contents.began_at,
        ended_at=contents.wall + contents.ended_at,
    )


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as file:
            yield file
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise Malformed(f"this is no packed lesson: {error}") from error
    except OSError as error:
        raise disk.unavailable(error) from error


def _contents(file: zipfile.ZipFile, size: int) -> Contents:
    members = file.infolist()
    if not members or members[0].filename != FIRST or len(members) > MOST:
        raise Malformed("this is no packed lesson")
    if sum(one.file_size for one in members) > size:
        raise Malformed("its members are longer than the file")
    if any(one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1 for one in members):
        raise Malformed("its members are not stored")
    return read(_short(file, members[0], LONGEST_FIRST))


def _fill(folder: Path, store: Path, file: zipfile.ZipFile, contents: Contents) -> None:
    members = {one.filename: one for one in file.infolist()}
    if missing := set(contents.members) - set(members):
        raise Malformed(f"{min(missing)} is missing")
    journal = FileJournal(folder / "log")
    try:
        for entry in _folded(file, contents, members):
            journal.append(wire.record([entry]))
    finally:
        journal.close()
    for name, digest in contents.members.items():
        kind, _, rest = name.partition("/")
        if kind == "pages":
            body = _checked(_short(file, members[name], LONGEST_PAGE), name, digest)
            pages.keep(store, folder / "pages", rest, _page(rest, body))
        elif kind == "media":
            _keep_media(folder / "media" / str(media_name(rest)), file.open(members[name]), digest)


def _folded(
    file: zipfile.ZipFile, contents: Contents, members: dict[str, zipfile.ZipInfo]
) -> Iterator[Entry]:
    """The log in order; raises Malformed unless it is a whole lesson that can be folded."""
    lesson, seq, ms = new_lesson(), 0, 0
    for name in contents.members:
        if not _CHUNK.fullmatch(name):
            continue
        chunk = _checked(_short(file, members[name], LONGEST_CHUNK), name, contents.members[name])
        for entry in _entries(chunk):
            if entry.seq <= seq or entry.ms < ms:
                raise Malformed(f"{name}: fact {entry.seq} is out of order")
            seq, ms = entry.seq, entry.ms
            try:
                lesson.apply([entry])
            except _UNFOLDABLE as error:
                raise Malformed(f"{name}: fact {seq} cannot be: {error!r}") from error
            yield entry
    if lesson.conduct.stage is not Stage.POSTCLASS or not lesson.conduct.title:
        raise Malformed("its log is not that of an ended lesson")
    if len(lesson.conduct.seats) > 2 * MOST_PRESENT:
        raise Malformed("more people than a lesson can have")


def _entries(chunk: bytes) -> Iterator[Entry]:
    try:
        for record in columns.unpack(chunk):
            yield from wire.entries(record)
    except _UNFOLDABLE as error:
        raise Malformed(f"a chunk that cannot be: {error!r}") from error


def _short(file: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    if one.file_size > most:
        raise Malformed(f"{one.filename} has {one.file_size} bytes; {most} at most")
    return file.read(one)


def _checked(data: bytes, name: str, digest: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != digest:
        raise Malformed(f"{name} is not what it was")
    return data


def _page(name: str, data: bytes) -> bytes:
    """A page under the hash of what it shows: lessons share it, so it must be what it says."""
    shown = data
    if name.endswith(".gz"):
        try:
            with gzip.open(io.BytesIO(data)) as packed:
                shown = packed.read(LONGEST_PAGE + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Malformed(f"pages/{name} is damaged: {error}") from error
    if len(shown) > LONGEST_PAGE:
        raise Malformed(f"pages/{name} is too long")
    return _checked(shown, f"pages/{name}", name.partition(".")[0]) and data


def _keep_media(path: Path, source: IO[bytes], digest: str) -> None:
    disk.make_folder(path.parent)
    hashed = hashlib.sha256()
    with source, path.open("xb") as file:
        while piece := source.read(PIECE):
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if hashed.hexdigest() != digest:
        raise Malformed(f"media/{path.name} is not what it was")
    mend.index_anew(path)
