"""A piece of a film is the same whoever makes it, and whatever was made before it."""

from pathlib import Path

import av

from recorder.film.maker import PER_SECOND, WITH_CAMERA, Job, Maker
from recorder.film.plan import read
from recorder.shelf import FileShelf
from synclass.lesson import Entry

from .scenes import BELL, LESSON, TEACHER, a_class, entries, kept, spoken
from .test_cameras import filmed

LOG = entries(a_class(20.0))


def maker(data: Path, log: list[Entry] = LOG) -> Maker:
    return Maker(kept(data, log), LESSON, read(log))


def made(by: Maker, path: Path, begins: int | None, lasts: float = 5.0) -> bytes:
    told = list[float]()
    by.make(Job(path, begins, lasts), told.append)
    assert told == sorted(told) and told[-1] > lasts - 1.1
    return path.read_bytes()


def test_a_part_is_the_same_after_a_leap_as_after_the_part_before_it(tmp_path: Path) -> None:
    filmed(tmp_path / "data", "VP8", start=BELL + 1)
    filmed(tmp_path / "data", "VP8", start=BELL + 14)
    by = maker(tmp_path / "data")
    assert by.rate == WITH_CAMERA
    parts = [made(by, tmp_path / f"{at}.mp4", at) for at in (0, 5, 10, 15)]
    again = Maker(FileShelf(tmp_path / "data"), LESSON, read(LOG))
    made(again, tmp_path / "first.mp4", 0)
    assert made(again, tmp_path / "leapt.mp4", 15) == parts[3]


def test_the_sound_lasts_as_long_as_the_lesson(tmp_path: Path) -> None:
    spoken(tmp_path / "data", TEACHER.id, start=BELL, seconds=8, tone=(3.0, 3.5))
    by = maker(tmp_path / "data")
    assert by.rate == PER_SECOND
    made(by, tmp_path / "sound.mp4", None, 20.0)
    with av.open(str(tmp_path / "sound.mp4")) as file:
        last = [packet for packet in file.demux() if packet.pts is not None][-1]
        assert last.pts is not None and abs(float(last.pts * last.time_base) - 20) < 0.05
