"""A photograph is a file, whole or not there; only names of chance become paths."""

import stat
from pathlib import Path

import pytest

from recorder import photographs
from recorder.eraser import FileEraser
from recorder.shelf import FileShelf
from synclass.errors import Malformed, Unavailable

from .test_journal import tiny_disk

__all__ = ["tiny_disk"]
NAME = f"{'a1' * 16}.webp"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photograph_is_kept_and_goes(tmp_path: Path) -> None:
    shelf, eraser = FileShelf(tmp_path), FileEraser(tmp_path)
    assert shelf.photograph(NAME) is None
    shelf.keep_photograph(NAME, b"webp")
    path = shelf.photograph(NAME)
    assert path == tmp_path / "photographs" / "a1" / NAME and path.read_bytes() == b"webp"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for _ in range(2):
        eraser.drop_photograph(NAME)
    assert shelf.photograph(NAME) is None and files(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../secret.key", "A1" * 16 + ".webp", "a1" * 16, f"{NAME}\n"])
def test_what_is_no_name_of_ours_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(Malformed):
        photographs.place(tmp_path, name)


def test_a_full_disk_keeps_nothing_of_it_and_says_so(tiny_disk: Path) -> None:
    shelf = FileShelf(tiny_disk)
    shelf.keep_photograph(NAME, b"w" * 400_000)
    before = files(tiny_disk)
    for fill in (700_000, 200_000):  # more than there is; and then, what only seems to fit
        (tiny_disk / "other").write_bytes(b"o" * (600_000 - 4096 * 10) * (fill < 700_000))
        with pytest.raises(Unavailable) as full:
            shelf.keep_photograph("b2" * 16 + ".webp", b"w" * fill)
        assert full.value.code == "disk-full"
        (tiny_disk / "other").unlink()
        assert files(tiny_disk) == before
    shelf.keep_photograph("b2" * 16 + ".webp", b"w" * 200_000)


def test_a_disk_that_fills_while_it_is_written_keeps_nothing_of_it(tiny_disk: Path) -> None:
    with pytest.raises(Unavailable) as full:
        photographs.keep(tiny_disk, NAME, b"w" * 2_000_000)
    assert full.value.code == "disk-full" and files(tiny_disk) == []


def test_the_room_that_lessons_need_is_not_taken(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path, least_free=1 << 60)
    with pytest.raises(Unavailable) as full:
        shelf.keep_photograph(NAME, b"webp")
    assert full.value.code == "disk-full" and files(tmp_path) == []
