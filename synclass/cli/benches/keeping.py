"""An hour's lesson recorded, signed at the bell and packed: how soon, how large, at what cost."""

import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from recorder import pack
from recorder.shelf import FileShelf
from signaling.app import STATIC

from ... import wire
from ...channel import Command
from ...conduct import Begin, End, Join, Open
from ...inclass.tracks import NoteClock, NoteTrack
from ...toolbox import new_lesson
from ...words import SYSTEM, Participant
from ..pack import write
from ..robot.script import SUBJECT, TITLE
from . import hour, ink
from .hour import TEACHER
from .taping import LESSON, Kind, Taped, tape

PAGE = STATIC / "packed.html"
HOUR = 3600.0


class Kept(Struct, frozen=True):
    taped: Taped
    pack_s: float
    board_kb_per_hour: float
    packed_mb_per_hour: float
    """All of the file: page, board, and what was published."""
    over_zip_share: float
    """By how much the file is larger than its ZIP."""


def measure(
    kinds: tuple[Kind, ...], *, seconds: float = hour.HOUR, tell: Callable[[str], None]
) -> Iterator[tuple[Kind, Kept]]:
    """One after the other; ``tell`` hears what is being done.  The page must have been built."""
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank"
        tell(f"the board of {seconds / 60:g} minutes")
        teach(FileShelf(blank), seconds)
        for kind in kinds:
            data = Path(folder) / kind
            shutil.copytree(blank, data)
            tell(f"recorded with {kind}, signed, packed")
            yield kind, _kept(data, seconds, kind)
            shutil.rmtree(data)


def teach(shelf: FileShelf, seconds: float) -> None:
    """The journal of the ink bench's hour, in a class of thirty rooms, up to its bell."""
    journal = shelf.journal(LESSON)
    for data in _records(seconds):
        journal.append(data)
    journal.close()


def _records(seconds: float) -> Iterator[bytes]:
    lesson, now = new_lesson(), 0.0
    for at, by, command in _asked(seconds):
        now = max(now, at)  # a line may bring what was due later first
        entries = lesson.decide(by, command, now)
        lesson.apply(entries)
        yield wire.record(entries)


def _asked(seconds: float) -> Iterator[tuple[float, Participant, Command]]:
    yield 0.0, SYSTEM, Open(1, 1.7e9, "boot:0", TITLE, SUBJECT, TEACHER.name)
    for person in (TEACHER, *hour.rooms()):
        yield 0.0, person, Join()
    yield 0.0, TEACHER, Begin()
    yield 0.0, SYSTEM, NoteTrack(TEACHER.id, "voice", "opus")
    clock = 0.0
    for _, at, command in ink.hour():
        if at >= seconds:
            break
        while clock < at:
            yield clock, SYSTEM, NoteClock(TEACHER.id, "voice", round(clock * 48_000), clock)
            clock += hour.CLOCKS
        yield at, TEACHER, command
    yield seconds, TEACHER, End()


def _kept(data: Path, seconds: float, kind: Kind) -> Kept:
    taped = tape(data, seconds, kind)
    began, out = time.perf_counter(), data / "packed.html"
    write(pack.pack(FileShelf(data), LESSON, PAGE.read_bytes()), out)
    took = time.perf_counter() - began
    with zipfile.ZipFile(out) as found:
        board = sum(one.file_size for one in found.infolist() if one.filename.startswith("log/"))
        begins = min(one.header_offset for one in found.infolist())
    size, hours = out.stat().st_size, seconds / HOUR
    return Kept(
        taped=taped,
        pack_s=took,
        board_kb_per_hour=board / hours / 1e3,
        packed_mb_per_hour=size / hours / 1e6,
        over_zip_share=begins / (size - begins),
    )


def figures(found: dict[Kind, Kept]) -> dict[str, float]:
    """One line of them: of the voice, and with its name before it what another kind has."""
    told = dict[str, float]()
    for kind, kept in found.items():
        before = "" if kind == "voice" else f"{kind}_"
        told[f"{before}ready_s"] = kept.taped.ready_s
        told[f"{before}audio_board_mb_per_hour"] = kept.packed_mb_per_hour
        told[f"{before}over_zip_share"] = kept.over_zip_share
        told[f"{before}pack_s"] = kept.pack_s
        told[f"{before}cpu_ms_per_recorded_minute"] = kept.taped.cpu_ms_per_recorded_minute
        told[f"{before}rss_10min_mb"] = kept.taped.rss_10min_mb
        told[f"{before}rss_end_mb"] = kept.taped.rss_end_mb
        told[f"{before}rss_grown_mb"] = kept.taped.rss_end_mb - kept.taped.rss_10min_mb
        told["board_kb_per_hour"] = kept.board_kb_per_hour
    return told
