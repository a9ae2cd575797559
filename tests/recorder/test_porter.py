"""A lesson is packed by a child, beside the classes that go on."""

import os
from pathlib import Path

import pytest

from recorder import disk, porter
from recorder.pack import pack
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from recorder.unpack import ARRIVING
from synclass.errors import Refused, Unavailable
from synclass.words import LessonId

from .test_deck import LESSON
from .test_pack import PAGE, kept


def here(data: Path) -> FilePorter:
    (data / "packed.html").write_bytes(PAGE)
    return FilePorter(data, data / "packed.html")


async def test_a_child_packs_what_we_would_have_packed(tmp_path: Path) -> None:
    kept(tmp_path)
    async with here(tmp_path).pack(LESSON) as (size, pieces):
        data = b"".join([piece async for piece in pieces])
    assert len(data) == size
    assert data == b"".join(pack(FileShelf(tmp_path), LESSON, PAGE).pieces())


async def test_a_reason_comes_back_with_its_code(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        async with here(tmp_path).pack(LessonId("none")):
            pass
    assert refused.value.code == "no-recording"


async def test_a_child_that_falls_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(Unavailable) as failed:
        async with here(tmp_path).pack(LESSON):
            pass
    assert failed.value.code == "not-packed"


async def test_who_goes_away_makes_room_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(porter, "MOST", 1)
    kept(tmp_path)
    packer = here(tmp_path)
    async with packer.pack(LESSON) as (size, _):
        with pytest.raises(Refused) as busy:
            async with packer.pack(LESSON):
                pass
        assert size > 0 and busy.value.code == "busy"
    async with packer.pack(LESSON) as (again, _):
        assert again == size


def test_what_a_fall_left_half_taken_in_is_gone_at_the_next_start(tmp_path: Path) -> None:
    arriving = tmp_path / ARRIVING
    for name in ("fallen", "going-on"):
        (arriving / name / "media").mkdir(parents=True)
    (arriving / "upload.file").write_bytes(b"half of it")
    held = disk.hold(arriving / "going-on")
    here(tmp_path)
    assert [path.name for path in arriving.iterdir()] == ["going-on"]
    os.close(held)
    here(tmp_path)
    assert list(arriving.iterdir()) == []
