import shutil
from pathlib import Path

import pytest

from signaling.courseware import pdf as pdfs
from signaling.courseware.pdf import MOST_PAGES, Pdf
from synclass.errors import Refused

from .files import joined, pdf


def opened(folder: Path, data: bytes) -> Pdf:
    (folder / "source").write_bytes(data)
    return Pdf(folder / "source", folder)


def refused(folder: Path, data: bytes) -> str:
    with pytest.raises(Refused) as refusal, opened(folder, data) as file:
        file.size(0)
    return refusal.value.code


def test_a_page_has_a_size_words_lines_and_pixels(tmp_path: Path) -> None:
    with opened(tmp_path, pdf(3, text="one half")) as file:
        assert len(file) == 3 and file.size(1) == (960, 540)
        assert file.words(1) == "one half 2"
        drawing = file.lines(1)
        assert drawing and drawing.width == 960 and "<path" in drawing.text
        picture = file.pixels(1)
        assert picture.size == (1920, 1080) and picture.getpixel((100, 860)) == (0, 0, 0)
        assert picture.getpixel((1900, 10)) == (255, 255, 255)


def test_a_tall_page_is_as_high_as_the_wall(tmp_path: Path) -> None:
    with opened(tmp_path, pdf(size=(595, 842))) as file:
        assert file.pixels(0).height == 1080


def test_without_pdftocairo_there_are_no_lines_and_the_pixels_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with opened(tmp_path, pdf()) as file:
        assert file.lines(0) is None
        assert file.pixels(0).size == (1920, 1080)


@pytest.mark.parametrize(
    "does", ["exit 1", "kill -9 $$", "exec /bin/sleep 9", "echo '<svg/>' > $6"]
)
def test_a_pdftocairo_that_fails_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    tool = tmp_path / "pdftocairo"
    tool.write_text(f"#!/bin/sh\n{does}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdfs, "PATIENCE", 0.5)
    with opened(tmp_path, pdf()) as file:
        assert file.lines(0) is None


def test_the_real_pdftocairo_is_here() -> None:
    assert shutil.which("pdftocairo"), "install poppler-utils: see .ci/programs"


def test_more_pages_than_a_lesson_can_have_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, pdf(MOST_PAGES + 1)) == "too-many-pages"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2000000000/Kids[]>>"]
    assert refused(tmp_path, joined(objects)) in ("too-many-pages", "broken-file")


@pytest.mark.parametrize("size", [(200_000, 200_000), (14_000, 100), (1, 1), (0.001, 9_000)])
def test_a_page_that_fits_on_no_board_is_refused(tmp_path: Path, size: tuple[float, float]) -> None:
    assert refused(tmp_path, pdf(size=size)) == "bad-size"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 5000, pdf()[:300]])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data) in ("broken-file", "too-many-pages", "bad-size")


def test_a_tree_of_pages_that_holds_itself_ends(tmp_path: Path) -> None:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]
    assert refused(tmp_path, joined(objects)) in ("broken-file", "bad-size", "too-many-pages")
