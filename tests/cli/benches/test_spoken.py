"""The voice of the benches is a recording like any other."""

from pathlib import Path

from recorder.shelf import FileShelf
from synclass.cli.benches import spoken
from synclass.words import LessonId, ParticipantId


def test_a_voice_is_kept_for_as_long_as_the_lesson_lasts(tmp_path: Path) -> None:
    spoken.keep(tmp_path, LessonId("l1"), ParticipantId("u-wang"), 30.0)
    (track,) = FileShelf(tmp_path).tracks(LessonId("l1"))
    assert (track.track, track.ends_ms, track.live) == ("voice", 30_000, False)
    assert track.size * 8 / 30 < 2 * spoken.BPS
