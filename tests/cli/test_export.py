"""`synclass export` writes a lesson's board to files."""

from pathlib import Path

from click.testing import CliRunner

from recorder.paper import book
from synclass.cli import main

from ..recorder.film.scenes import a_class, entries, kept
from ..recorder.paper.scenes import LESSON, a_lesson


def export(data: Path, *options: str) -> str:
    folder = str(data / "lessons" / LESSON)
    done = CliRunner().invoke(main, ["export", folder, "--to", str(data / "out"), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_board_is_one_document_and_pages_are_files_of_their_own(tmp_path: Path) -> None:
    pages = len(book.read(a_lesson(tmp_path).read(LESSON)).leaves)
    assert "board.pdf: " in export(tmp_path)
    export(tmp_path, "--inkml")
    export(tmp_path, "--svg")
    export(tmp_path, "--png", "--page", "1", "--width", "320")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    svgs = [f"page-{n:03}.svg" for n in range(1, pages + 1)]
    assert names == ["board.inkml", "board.pdf", "page-001.png", *svgs][:3] + svgs


def test_a_page_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    folder = str(tmp_path / "lessons" / LESSON)
    done = CliRunner().invoke(main, ["export", folder, "--svg", "--page", "99"])
    assert done.exit_code == 1 and "[no-page]" in done.output


def test_a_lesson_is_a_film_by_one_command(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    assert "film.mp4: " in export(tmp_path, "--film")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["chat.vtt", "film.mp4"]
