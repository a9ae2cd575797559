"""A lesson becomes one film that any player shows, and a crash costs a minute of it at most."""

import shutil
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from recorder import export
from recorder.export import Export
from recorder.film.terms import NAME
from recorder.shelf import FileShelf
from synclass.errors import Refused, Unavailable
from synclass.words import LessonId

from .film.scenes import BELL, LESSON, TEACHER, a_class, entries, kept, spoken
from .film.test_cameras import filmed
from .test_deck import probe
from .test_journal import tiny_disk

__all__ = ["tiny_disk"]

ROOM = 90_000  # bytes: for the sound and half of the pictures


def quiet(done: float) -> None:
    assert 0 <= done <= 1


def made(data: Path) -> Path:
    return Export(FileShelf(data), LESSON, data / "out", quiet, hands=2).make()


def lasts(film: Path) -> float:
    found: Any = probe(film)
    return float(found["format"]["duration"])


def seen(film: Path, at: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The picture at a second of the film."""
    with av.open(str(film)) as file:
        frames = [frame for frame in file.decode(video=0) if frame.time <= at + 0.001]
        return np.asarray(frames[-1].to_ndarray(format="rgb24"), np.uint8)


def test_a_film_shows_the_ink_when_it_was_written_and_lets_the_teacher_be_heard(
    tmp_path: Path,
) -> None:
    kept(tmp_path, entries(a_class()))
    spoken(tmp_path, TEACHER.id, start=BELL, seconds=18, tone=(3.0, 3.5))
    filmed(tmp_path, "VP8", start=BELL + 5)
    film = made(tmp_path)
    before, then, after = (int(seen(film, at)[950, 1700, 0]) for at in (4.5, 6.5, 12.0))
    assert before > 240 and after > 240 and abs(then - 190 * 255 / 219) < 40
    assert seen(film, 1.9)[250, 150].min() > 240
    half, whole, turned = (seen(film, at)[250] for at in (2.6, 4.0, 9.0))
    assert half[150, 0] < 120 and half[1200, 0] > 240
    assert whole[1200, 0] < 120 and turned[150].min() > 200
    found: Any = probe(film)
    kinds = {stream["codec_name"]: stream for stream in found["streams"]}
    assert {"h264", "aac"} <= set(kinds)
    assert (kinds["h264"]["width"], kinds["h264"]["height"]) == (1920, 1080)
    for part in (found["format"], kinds["h264"], kinds["aac"]):
        assert abs(float(part["duration"]) - 20) < 0.1
    with av.open(str(film)) as file:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    loud = np.flatnonzero(np.abs(sound) > 0.04) / 48_000
    assert abs(loud[0] - 3.0) < 0.04 and abs(loud[-1] - 3.5) < 0.04
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "chat.vtt",
        NAME,
        "plan.json",
    ]


@pytest.mark.parametrize(("seconds", "shown"), [(0.1, 1.0), (2.0, 2.0)])
def test_a_lesson_in_which_nothing_was_is_a_film_of_an_empty_page(
    tmp_path: Path, seconds: float, shown: float
) -> None:
    kept(tmp_path, entries(a_class(seconds)))
    film = made(tmp_path)
    assert seen(film, 0.5).min() > 240
    assert abs(lasts(film) - shown) < 0.1


def test_no_film_is_made_while_the_lesson_goes_on(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class()[:-1]))
    for lesson, code in ((LESSON, "not-ended"), (LessonId("other"), "no-recording")):
        with pytest.raises(Refused) as refused:
            Export(FileShelf(tmp_path), lesson, tmp_path / "out", quiet)
        assert refused.value.code == code


def test_after_a_crash_the_finished_parts_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "SEGMENT", 5)
    kept(tmp_path, entries(a_class()))
    filmed(tmp_path, "VP8", start=BELL + 4)
    whole = made(tmp_path).read_bytes()
    (tmp_path / "out").rename(tmp_path / "before")

    def dies(done: float) -> None:
        if done > 0.7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Export(FileShelf(tmp_path), LESSON, tmp_path / "out", dies, hands=1).make()
    parts = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.mp4")}
    assert len(parts) == 3
    times: list[float] = []
    Export(FileShelf(tmp_path), LESSON, tmp_path / "out", times.append, hands=1).make()
    assert min(times) > 0.5
    assert {path.exists() for path in parts} == {False}
    assert (tmp_path / "out" / NAME).read_bytes() == whole


def test_where_the_disk_is_full_what_is_made_stays_and_goes_on_later(
    tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "SEGMENT", 5)
    kept(tiny_disk, entries(a_class()))
    begun = Export(FileShelf(tiny_disk), LESSON, tiny_disk / "out", quiet, hands=2)
    ballast, free = tiny_disk / "ballast", shutil.disk_usage(tiny_disk).free
    ballast.write_bytes(bytes(free - ROOM))
    with pytest.raises(Unavailable) as full:
        begun.make()
    assert full.value.code == "disk-full"
    left = {path.name: path.stat().st_mtime_ns for path in (tiny_disk / "out").glob("*.mp4")}
    assert left and NAME not in left, "two work beside one another: any may be done first"
    ballast.unlink()
    shares: list[float] = []
    made = Export(FileShelf(tiny_disk), LESSON, tiny_disk / "out", shares.append, hands=1).make()
    assert min(shares) > 0.1 and abs(lasts(made) - 20) < 0.1
    assert not list((tiny_disk / "out").glob("*.part"))


def test_a_film_that_is_there_is_not_made_twice_unless_the_recording_is_another(
    tmp_path: Path,
) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    before = made(tmp_path).stat().st_mtime_ns
    assert made(tmp_path).stat().st_mtime_ns == before
    spoken(tmp_path, TEACHER.id, start=BELL, seconds=2, tone=(0.5, 1.0))
    assert made(tmp_path).stat().st_mtime_ns != before
