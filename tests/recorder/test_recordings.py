"""Each message of the tape reaches its lesson's track, and a lesson ends with its bell."""

from pathlib import Path

import pytest

from recorder.mend import mend, unfinished
from recorder.recordings import FORGOTTEN, TAKEN_UP, Recordings
from recorder.room import Room
from recorder.shelf import FileShelf
from synclass.errors import Malformed
from synclass.tape import (
    Bell,
    Kept,
    KeyframeWanted,
    Missed,
    Packets,
    Report,
    ToWorker,
    TrackClosed,
    TrackOpened,
)
from synclass.words import LessonId, ParticipantId

from . import studio

LESSON, WHO = LessonId("l1"), ParticipantId("teacher")
SOUNDS = studio.sound_packets([b"\xf8\xff\xfe"] * 100, start=0)


class Wishes:
    """A worker's end: what it was told."""

    def __init__(self) -> None:
        self.told: list[ToWorker] = []

    def tell(self, message: ToWorker) -> None:
        self.told.append(message)


def unheard(folder: str) -> None:
    """Nobody need know that this lesson is over."""


def names(data: Path, lesson: str = LESSON) -> list[str]:
    return [track.name for track in FileShelf(data).tracks(LessonId(lesson))]


def test_lessons_are_kept_apart(tmp_path: Path) -> None:
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=unheard), Wishes()
    for lesson in ("a", "b"):
        recordings.take(TrackOpened(lesson, WHO, "voice", "opus"), worker, 100)
    recordings.take(Packets("a", WHO, "voice", SOUNDS), worker, 102)
    recordings.take(Bell("a"), worker, 102)
    recordings.take(Packets("b", WHO, "voice", SOUNDS[:50]), worker, 102)
    recordings.finish(102)
    assert [FileShelf(tmp_path).tracks(LessonId(x))[0].ends_ms for x in "ab"] == [2000, 1000]


def test_another_codec_and_another_opening_begin_another_file(tmp_path: Path) -> None:
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=unheard), Wishes()
    vp8 = studio.vp8_packets(studio.vp8(20), start=0)
    h264 = studio.h264_packets(studio.h264(20), start=1)
    recordings.take(TrackOpened(LESSON, WHO, "camera", "VP8"), worker, 100)
    recordings.take(Packets(LESSON, WHO, "camera", vp8), worker, 101)
    recordings.take(TrackOpened(LESSON, WHO, "camera", "VP8"), worker, 101)
    recordings.take(TrackOpened(LESSON, WHO, "camera", "H264"), worker, 101)
    recordings.take(Packets(LESSON, WHO, "camera", h264), worker, 102)
    recordings.take(TrackClosed(LESSON, WHO, "camera"), worker, 102)
    recordings.take(Packets(LESSON, WHO, "camera", h264), worker, 102)
    assert names(tmp_path) == ["teacher.camera.1.webm", "teacher.camera.2.mp4"]
    assert unfinished(tmp_path) == []


def test_a_track_nobody_opened_is_not_kept(tmp_path: Path) -> None:
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=unheard), Wishes()
    recordings.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 100)
    recordings.take(Report(LESSON, WHO, "voice", 1.0, 1, 1.0), worker, 100)
    recordings.take(Bell(LESSON), worker, 100)
    assert names(tmp_path) == []


def test_key_frames_are_asked_of_the_worker_that_opened_the_camera_last(tmp_path: Path) -> None:
    recordings, old, new = Recordings(tmp_path, Room(tmp_path, 0), over=unheard), Wishes(), Wishes()
    for worker in (old, new):
        recordings.take(TrackOpened(LESSON, WHO, "camera", "VP8"), worker, 100)
    packets = studio.vp8_packets(studio.vp8(3)[1:], start=0)
    recordings.take(Packets(LESSON, WHO, "camera", packets), new, 100)
    recordings.tick(100.05)
    assert (old.told, new.told) == ([], [KeyframeWanted(LESSON, WHO, "camera")])


def test_a_lesson_is_over_with_its_bell_whether_anything_of_it_was_recorded(tmp_path: Path) -> None:
    over: list[str] = []
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=over.append), Wishes()
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    recordings.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 102)
    assert over == []
    recordings.take(Bell(LESSON), worker, 102)
    recordings.take(Bell(LessonId("no/media")), worker, 102)
    assert over == [LESSON, "no=2Fmedia"]


def test_a_lesson_whose_worker_died_is_finished_after_a_while(tmp_path: Path) -> None:
    over: list[str] = []
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=over.append), Wishes()
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    recordings.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 102)
    recordings.tick(103)
    assert (len(unfinished(tmp_path)), over) == (1, [])
    recordings.tick(103 + FORGOTTEN)
    assert over == [LESSON]
    assert unfinished(tmp_path) == []


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -5.0, 1e9])
def test_an_arrival_outside_any_lesson_is_refused(tmp_path: Path, at: float) -> None:
    recordings, worker = Recordings(tmp_path, Room(tmp_path, 0), over=unheard), Wishes()
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    with pytest.raises(Malformed):
        recordings.take(Packets(LESSON, WHO, "voice", [(at, SOUNDS[0][1])]), worker, 100)


def test_the_worker_is_told_that_nothing_is_kept_and_what_was_missed(tmp_path: Path) -> None:
    full = Room(tmp_path, 10**18)
    recordings, worker = Recordings(tmp_path, full, over=unheard), Wishes()
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    recordings.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 102)
    recordings.tick(102.1)
    recordings.tick(102.2)
    assert worker.told == [Kept(LESSON, False)]
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 103)
    recordings.tick(103.1)
    assert worker.told[1:] == [Kept(LESSON, False)]  # to a worker that may not know
    recordings.take(Bell(LESSON), worker, 110)
    (missed,) = worker.told[2:]
    assert isinstance(missed, Missed)
    assert (missed.who, missed.track, round(missed.until)) == (WHO, "voice", 10)
    assert missed.since < 2.5


def test_what_a_recorder_that_fell_has_missed_is_told_by_the_next(tmp_path: Path) -> None:
    room, worker = Room(tmp_path, 0), Wishes()
    fell = Recordings(tmp_path, room, over=unheard)
    fell.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    fell.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 102)
    fell.tick(102.5)
    fallen = unfinished(tmp_path)
    for path in fallen:
        mend(path)
    again = Recordings(tmp_path, room, over=unheard, fallen=fallen)
    again.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 130)
    later = studio.sound_packets([b"\xf8\xff\xfe"] * 50, start=30)
    again.take(Packets(LESSON, WHO, "voice", later), worker, 131)
    again.tick(131.5)
    (missed,) = worker.told
    assert isinstance(missed, Missed)
    assert missed == Missed(LESSON, WHO, "voice", missed.since, 30.0)
    assert 1.5 <= missed.since <= 2.5
    assert names(tmp_path) == ["teacher.voice.1.webm", "teacher.voice.2.webm"]


def test_a_camera_that_is_turned_on_long_after_a_fall_has_missed_nothing(tmp_path: Path) -> None:
    room, worker = Room(tmp_path, 0), Wishes()
    fell = Recordings(tmp_path, room, over=unheard)
    fell.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 100)
    fell.take(Packets(LESSON, WHO, "voice", SOUNDS), worker, 102)
    fell.tick(102.5)
    fallen = unfinished(tmp_path)
    for path in fallen:
        mend(path)
    again = Recordings(tmp_path, room, over=unheard, fallen=fallen)
    again.tick(110)
    again.tick(110.1 + TAKEN_UP)
    again.take(TrackOpened(LESSON, WHO, "voice", "opus"), worker, 130)
    later = studio.sound_packets([b"\xf8\xff\xfe"] * 50, start=30)
    again.take(Packets(LESSON, WHO, "voice", later), worker, 131)
    again.finish(132)
    assert worker.told == []
