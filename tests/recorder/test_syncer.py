"""The background thread commits what is dirty and says so where it cannot."""

import os
import time
from pathlib import Path
from threading import Event

import pytest

from recorder import webm
from recorder.syncer import Syncer

from . import studio
from .test_deck import deck


def test_a_commit_that_fails_is_told_to_the_journal() -> None:
    told = Event()
    read_end, write_end = os.pipe()  # a pipe cannot be committed: EINVAL
    syncer = Syncer()
    syncer.dirty(write_end, lambda error: told.set())
    assert told.wait(5)
    os.close(read_end)
    syncer.done(write_end)


def test_a_file_is_closed_after_its_last_commit(tmp_path: Path) -> None:
    failures: list[OSError] = []
    file = os.open(tmp_path / "x", os.O_RDWR | os.O_CREAT)
    syncer, closed = Syncer(), Event()
    syncer.dirty(file, failures.append)
    syncer.done(file)
    read_end, write_end = os.pipe()
    syncer.dirty(write_end, lambda error: closed.set())
    assert closed.wait(5)
    assert failures == []
    os.close(read_end)
    syncer.done(write_end)


def test_a_power_cut_at_any_moment_costs_less_than_a_second_of_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is on the disk as far as it was when its last commit began."""
    on_disk: dict[str, bytes] = {}
    commit = os.fdatasync

    def committing(file: int) -> None:
        path = os.readlink(f"/proc/self/fd/{file}")
        as_it_is = Path(path).read_bytes() if path.endswith(".webm") else b""
        commit(file)
        on_disk[path] = as_it_is

    monkeypatch.setattr(os, "fdatasync", committing)
    voice, begun, lost = deck(tmp_path, "opus", "voice"), time.monotonic(), list[float]()
    for at, packet in studio.sound_packets([b"\xf8\xff\xfe"] * 120, start=0):
        time.sleep(max(0.0, begun + at - time.monotonic()))
        voice.put(at, packet)
        voice.tick(at)
        (image,) = [data for path, data in on_disk.items() if path.endswith(".webm")] or [b""]
        kept = webm.clusters(image, webm.head_size(image)) if image else []
        lost.append(at - (kept[-1].ends_ms / 1000 if kept else 0.0))
    voice.close(2.4)
    print(f"\na power cut costs at most {max(lost):.2f} s")
    assert 0.1 < max(lost) < 1.0
    assert str(tmp_path / "lessons" / "l1" / "media") in on_disk  # its name, too
