"""`synclass pack` makes one file of an ended lesson, whole or not at all."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from synclass.cli import main
from synclass.cli import pack as packing

from ..recorder.test_deck import LESSON
from ..recorder.test_pack import PAGE, kept


@pytest.fixture(autouse=True)
def _page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "packed.html"
    page.write_bytes(PAGE)
    monkeypatch.setattr(packing, "PAGE", page)


def pack(data: Path, out: Path) -> Result:
    folder = str(data / "lessons" / LESSON)
    return CliRunner().invoke(main, ["pack", folder, "--out", str(out)])


def test_a_lesson_becomes_one_file(tmp_path: Path) -> None:
    kept(tmp_path)
    done = pack(tmp_path, tmp_path / "out.lesson.html")
    assert done.exit_code == 0 and "bytes" in done.output, done.output
    assert zipfile.ZipFile(tmp_path / "out.lesson.html").testzip() is None


def test_what_cannot_be_packed_is_said_in_a_line_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "lessons" / LESSON).mkdir(parents=True)
    done = pack(tmp_path, tmp_path / "out.lesson.html")
    assert done.exit_code == 1 and "[no-recording]" in done.output
    kept(tmp_path)
    done = pack(tmp_path, tmp_path / "none" / "out.lesson.html")
    assert done.exit_code == 1 and "[not-writable]" in done.output
    (tmp_path / "packed.html").unlink()
    done = pack(tmp_path, tmp_path / "out.lesson.html")
    assert done.exit_code == 1 and "[no-client]" in done.output
    assert not list(tmp_path.glob("*.lesson.html")) and not list(tmp_path.glob(".*.html*"))
