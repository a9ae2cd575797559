"""Pages lie once on the disk, whole, and every lesson that has one has a link to it."""

import os
from pathlib import Path

import pytest

from recorder import pages
from recorder.shelf import FileShelf
from synclass.errors import Malformed, Unavailable
from synclass.words import LessonId

NAME = f"{'a1' * 32}.svg.gz"
MONDAY, TUESDAY = LessonId("monday"), LessonId("tuesday")


def test_two_lessons_share_a_page_and_a_third_has_none(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    for lesson in (MONDAY, TUESDAY, MONDAY):
        shelf.keep_page(lesson, NAME, b"drawing")
    found = [shelf.page(lesson, NAME) for lesson in (MONDAY, TUESDAY)]
    assert [path.read_bytes() for path in found if path] == [b"drawing"] * 2
    assert {path.stat().st_ino for path in found if path} == {
        (tmp_path / "pages" / NAME).stat().st_ino
    }
    assert shelf.page(LessonId("wednesday"), NAME) is None


def test_a_file_system_without_links_has_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    pages.keep(tmp_path / "all", tmp_path / "mine", NAME, b"drawing")
    assert (tmp_path / "mine" / NAME).read_bytes() == b"drawing"


@pytest.mark.parametrize(
    "name", ["../../secret.key", "x.svg.gz", f"{'A1' * 32}.webp", ".", NAME[:-3]]
)
def test_there_is_no_way_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.key").write_bytes(b"secret")
    assert pages.find(tmp_path / "lesson" / "pages", name) is None
    with pytest.raises(Malformed):
        pages.keep(tmp_path / "all", tmp_path / "mine", name, b"")


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as refusal:
        pages.keep(tmp_path / "all", tmp_path / "mine", NAME, b"drawing")
    assert refusal.value.code == "disk-full"
    assert list((tmp_path / "all").iterdir()) == list((tmp_path / "mine").iterdir()) == []
