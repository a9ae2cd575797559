"""The background thread commits what is dirty and says so where it cannot."""

import os
from pathlib import Path
from threading import Event

from recorder.syncer import Syncer


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
