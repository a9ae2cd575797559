"""What the disk says becomes the port's words, and half a write is no write."""

import errno
import os
from pathlib import Path

import pytest

from recorder import disk
from synclass.errors import Unavailable

from .test_journal import tiny_disk

__all__ = ["tiny_disk"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "not-writable"),
        (errno.EACCES, "not-writable"),
    ],
)
def test_each_error_has_its_word(number: int, code: str) -> None:
    assert disk.unavailable(OSError(number, "so")).code == code


def test_half_a_write_is_taken_back(tiny_disk: Path) -> None:
    file = os.open(tiny_disk / "x", os.O_RDWR | os.O_CREAT)
    disk.write_all(file, b"whole", 0)
    with pytest.raises(Unavailable):
        disk.write_all(file, bytes(2 << 20), 5)
    assert os.fstat(file).st_size == 5
    os.close(file)


def test_a_folder_is_held_by_one_until_it_is_let_go(tmp_path: Path) -> None:
    held = disk.hold(tmp_path)
    with pytest.raises(Unavailable):
        disk.hold(tmp_path)
    os.close(held)
    os.close(disk.hold(tmp_path))


def test_a_folder_in_the_place_of_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable) as caught:
        disk.make_folder(tmp_path / "file" / "log")
    assert caught.value.code == "not-writable"
