"""Voices are heard in a film when they were heard in class."""

from pathlib import Path

import numpy as np

from recorder.bundle import bundle
from recorder.film.voices import BLOCK, LOUDEST, RATE, Voice, mixed
from recorder.shelf import FileShelf
from synclass.words import ParticipantId

from ...signaling.sfu.speech import spoken as speech
from ..test_bundle import kept
from .scenes import LESSON, TEACHER, spoken


def heard(data: Path, begins: float, lasts: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    shelf, voices = FileShelf(data), list[Voice]()
    for track in shelf.tracks(LESSON):
        path = shelf.media(LESSON, track.name)
        assert path is not None
        voices.append(Voice(path, first=track.clusters[0][0] / 1000, begins=begins))
    return np.concatenate(list(mixed(voices, lasts)))


def loud(sound: np.ndarray[tuple[int], np.dtype[np.float32]]) -> list[float]:
    """Seconds at which tones begin and end, to 10 ms."""
    parts = np.abs(sound[: len(sound) // 480 * 480].reshape(-1, 480)).max(axis=1) > 0.04
    return [round(n / 100, 2) for n in np.flatnonzero(np.diff(parts.astype(int))) + 1]


def near(found: list[float], wanted: list[float]) -> bool:
    return len(found) == len(wanted) and max(map(abs, np.subtract(found, wanted))) <= 0.03


def test_a_tone_is_where_it_was_and_before_and_after_is_silence(tmp_path: Path) -> None:
    spoken(tmp_path, TEACHER.id, start=3.0, seconds=3.0, tone=(1.0, 1.5))
    sound = heard(tmp_path, begins=2.0, lasts=6.0)
    assert len(sound) >= 6 * RATE and len(sound) % BLOCK == 0
    assert near(loud(sound), [2.0, 2.5])


def test_what_was_said_before_the_bell_is_not_in_the_film(tmp_path: Path) -> None:
    spoken(tmp_path, TEACHER.id, start=3.0, seconds=3.0, tone=(1.0, 1.5))
    assert near(loud(heard(tmp_path, begins=4.2, lasts=2.0)), [0.3])


def test_a_recorder_that_fell_leaves_a_gap_and_the_rest_in_its_place(tmp_path: Path) -> None:
    spoken(tmp_path, TEACHER.id, start=1.0, seconds=2.0, tone=(0.5, 1.0))
    spoken(tmp_path, TEACHER.id, start=6.0, seconds=2.0, tone=(0.5, 1.0))
    assert near(loud(heard(tmp_path, begins=0.0, lasts=9.0)), [1.5, 2.0, 6.5, 7.0])


def test_two_voices_are_heard_together_and_never_too_loud(tmp_path: Path) -> None:
    spoken(tmp_path, TEACHER.id, start=1.0, seconds=2.0, tone=(0.5, 1.0))
    spoken(tmp_path, ParticipantId("room"), start=1.0, seconds=2.0, tone=(0.8, 1.4))
    sound = heard(tmp_path, begins=0.0, lasts=4.0)
    assert near(loud(sound), [1.5, 2.4])
    alone, both = (np.abs(sound[a:b]).max() for a, b in ((75000, 80000), (88000, 94000)))
    assert 1.5 * alone < both <= LOUDEST


def test_a_voice_cut_in_the_middle_is_heard_to_the_cut(tmp_path: Path) -> None:
    spoken(tmp_path, TEACHER.id, start=1.0, seconds=4.0, tone=(0.5, 3.0))
    (path,) = (tmp_path / "lessons" / LESSON / "media").glob("*.webm")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    times = loud(heard(tmp_path, begins=0.0, lasts=6.0))
    assert near(times[:1], [1.5]) and 2.0 < times[1] < 4.0


def test_a_voice_merged_for_a_packed_lesson_sounds_as_it_was_recorded(tmp_path: Path) -> None:
    told = [(20 * n, packet) for n, packet in enumerate(speech(6, 16_000, 16_000))]
    (tmp_path / "voice.webm").write_bytes(kept(told))
    (tmp_path / "merged.webm").write_bytes(bundle(kept(told)).data)
    plain, merged = (
        np.concatenate(list(mixed([Voice(tmp_path / name, first=0.0, begins=0.0)], 6.0)))
        for name in ("voice.webm", "merged.webm")
    )
    off, loudness = np.abs(plain - merged).max(), np.abs(plain).max()
    assert loudness > 0.1 and off < loudness / 1000
