"""A click, a flash and a stroke of one moment are of one moment in the recording, for an hour."""

import os
from pathlib import Path

import av
from av.audio.frame import AudioFrame

from recorder.shelf import FileShelf
from synclass import wire
from synclass.cli.benches.serving import LESSON
from synclass.strokes import StrokeBegun

from . import hours

APART = 0.04  # seconds: beyond it lips and voice, or pen and voice, are seen to differ
SEED = 20261127
LOUD, LIGHT = 0.05, 120
PROOF = os.environ.get("SYNCLASS_PROOF") == "1"


def clicks(path: Path) -> list[float]:
    """When each click begins, in lesson seconds."""
    found = list[float]()
    with av.open(str(path)) as media:
        for frame in media.decode(audio=0):
            assert isinstance(frame, AudioFrame) and frame.time is not None
            wave = frame.to_ndarray()[0]
            if abs(wave).max() < LOUD:
                continue
            at = frame.time + float((abs(wave) >= LOUD).argmax()) / frame.sample_rate
            if not found or at - found[-1] > 1:
                found.append(at)
    return found


def flashes(path: Path) -> list[float]:
    found, light = list[float](), False
    with av.open(str(path)) as media:
        for frame in media.decode(video=0):
            now = bytes(frame.planes[0])[frame.width * 4 + 9] > LIGHT
            if now and not light:
                found.append(frame.time or 0.0)
            light = now
    return found


def strokes(data: Path) -> list[float]:
    records = FileShelf(data).read(LESSON)
    entries = [entry for record in records for entry in wire.entries(record)]
    return [entry.ms / 1000 for entry in entries if isinstance(entry.fact, StrokeBegun)]


def seen(data: Path, track: str) -> dict[int, float]:
    """By the minute: when the click or the flash of it is in the files of a track."""
    shelf, found = FileShelf(data), dict[int, float]()
    for one in shelf.tracks(LESSON):
        if one.track != track:
            continue
        path = shelf.media(LESSON, one.name)
        assert path is not None
        for at in clicks(path) if track == "voice" else flashes(path):
            assert int(at // 60) not in found, "each is there once"
            found[int(at // 60)] = at
    return found


def test_voice_picture_and_ink_are_of_one_moment_whatever_happens(tmp_path: Path) -> None:
    plan = hours.HOUR if PROOF else hours.SHORT
    hours.write(tmp_path, plan, SEED)
    hours.record(tmp_path, plan, SEED)
    ink = strokes(tmp_path)
    heard, shown = seen(tmp_path, "voice"), seen(tmp_path, "camera")
    here = [m for m in range(plan.minutes) if not hours.within(m, plan.away)]
    spoke = [m for m in here if not hours.within(m, plan.muted)]
    assert len(heard) >= len(spoke) * 0.9 and set(heard) <= set(spoke), "but for lost packets"
    assert len(shown) >= len(here) * 0.8 and set(shown) <= set(here)
    apart = {
        m: max(times) - min(times)
        for m in here
        for times in [[ink[m], *(all_[m] for all_ in (heard, shown) if m in all_)]]
    }
    assert max(apart.values()) < APART, apart
