"""Photographs are copied to the bucket, may leave the disk, come back, and are erased in both."""

import time
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from recorder.bucket import Bucket
from recorder.copies import BELOW
from recorder.eraser import FileEraser
from recorder.offsite import RESTS, Offsite
from recorder.shelf import FileShelf
from synclass.errors import Unavailable

from .test_offsite import bucket, there
from .test_photographs import NAME, files

__all__ = ["bucket"]
OTHER = f"{'b2' * 16}.webp"
LATER = time.time() + 2 * RESTS


def house(data: Path, store: MemoryStore) -> tuple[Offsite, FileShelf]:
    offsite = Offsite(data, Bucket(store))
    return offsite, FileShelf(data, offsite=offsite)


def test_photographs_are_copied_leave_the_disk_and_come_back(tmp_path: Path) -> None:
    offsite, shelf = house(tmp_path, store := MemoryStore())
    shelf.keep_photograph(NAME, b"webp")
    offsite.keep_up()
    shelf.keep_photograph(OTHER, b"another")
    assert offsite.free(1, LATER) == 4, "the other is not there yet"
    offsite.keep_up()
    assert there(store) == [f"{BELOW}/{NAME}", f"{BELOW}/{OTHER}"]
    assert not (tmp_path / "photographs" / "a1" / NAME).exists()
    path = shelf.photograph(NAME)
    assert path is not None and path.read_bytes() == b"webp"
    assert path.stat().st_mode & 0o077 == 0
    assert offsite.free(1, time.time() + RESTS - 60) == 0, "it was wanted a moment ago"
    offsite.keep_up()
    assert len(there(store)) == 2


def test_one_that_is_erased_is_gone_from_both(tmp_path: Path) -> None:
    offsite, shelf = house(tmp_path, store := MemoryStore())
    for name in (NAME, OTHER):
        shelf.keep_photograph(name, b"webp")
    offsite.keep_up()
    offsite.free(1, LATER)
    for name in (NAME, OTHER):
        FileEraser(tmp_path, offsite).drop_photograph(name)
    assert there(store) == [] and files(tmp_path) == []
    offsite.keep_up()
    assert shelf.photograph(NAME) is None and there(store) == []


def test_one_that_goes_while_it_is_copied_leaves_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offsite, shelf = house(tmp_path, store := MemoryStore())
    shelf.keep_photograph(NAME, b"webp")
    put = Bucket._put

    def erased_meanwhile(self: Bucket, name: str, path: Path, size: int) -> None:
        put(self, name, path, size)
        FileEraser(tmp_path, offsite).drop_photograph(NAME)

    monkeypatch.setattr(Bucket, "_put", erased_meanwhile)
    offsite.keep_up()
    assert there(store) == [] and files(tmp_path) == []


def test_a_bucket_that_is_not_there_says_so_and_the_file_stays(tmp_path: Path, bucket: str) -> None:
    missing = Offsite.at(tmp_path, "s3://no-such-bucket")
    shelf = FileShelf(tmp_path, offsite=missing)
    shelf.keep_photograph(NAME, b"webp")
    with pytest.raises(Unavailable) as error:
        missing.keep_up()
    assert error.value.code == "offsite" and shelf.photograph(NAME) is not None
    with pytest.raises(Unavailable):
        FileEraser(tmp_path, missing).drop_photograph(NAME)


def test_a_real_s3_gives_a_photograph_back(tmp_path: Path, bucket: str) -> None:
    offsite = Offsite.at(tmp_path, bucket)
    shelf = FileShelf(tmp_path, offsite=offsite)
    shelf.keep_photograph(NAME, b"webp")
    offsite.keep_up()
    assert offsite.free(1, LATER) == 4
    path = shelf.photograph(NAME)
    assert path is not None and path.read_bytes() == b"webp"
    for _ in range(2):
        FileEraser(tmp_path, offsite).drop_photograph(NAME)
    assert shelf.photograph(NAME) is None
