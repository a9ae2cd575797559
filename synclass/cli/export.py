"""`synclass export`: a lesson's board as PDF, SVG, PNG or InkML, and the lesson as a film."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import click

from recorder.export import Export
from recorder.film.terms import CAPTIONS, NAME
from recorder.names import unsafe
from recorder.paper import book
from recorder.paper.printing import print_out
from recorder.shelf import FileShelf

from ..ports import Language, Printout
from ..words import LessonId

Board: TypeAlias = Literal["pdf", "svg", "png", "inkml"]
Kind: TypeAlias = Board | Literal["film"]
STEPS = 1000  # of the bar
WORK = ".film"  # the folder of a film that is not finished: the same command goes on with it


@click.command("export")
@click.argument("lesson", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pdf", "kind", flag_value="pdf", default=True, help="The whole board (default).")
@click.option("--inkml", "kind", flag_value="inkml", help="All ink, as the W3C has it.")
@click.option("--svg", "kind", flag_value="svg", help="Each page as a file of its own.")
@click.option("--png", "kind", flag_value="png", help="Each page as a file of its own.")
@click.option("--film", "kind", flag_value="film", help="Board and voices as MP4, chat as WebVTT.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="Of a --film.")
@click.option("--page", default=0, help="Of --svg and --png this page alone.")
@click.option("--width", default=1920, show_default=True, help="Pixels of a --png.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path(), help="Where to.")
def command(
    *, lesson: Path, kind: Kind, language: Language, page: int, width: int, folder: Path
) -> None:
    """Write the board of the lesson in the folder LESSON to files beside one another."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "film":
        film(lesson.resolve(), folder, language)
        return
    for name, data in printed(lesson.resolve(), kind, page, width):
        (folder / name).write_bytes(data)
        click.echo(f"{folder / name}: {len(data)} bytes")


def film(lesson: Path, folder: Path, language: Language) -> None:
    """The whole lesson as ``film.mp4``, its chat as ``chat.vtt``; a bar grows meanwhile."""
    shelf, id = FileShelf(lesson.parent.parent), LessonId(unsafe(lesson.name))
    with click.progressbar(length=STEPS, label=NAME) as bar:

        def tell(done: float) -> None:
            bar.update(round(STEPS * done) - bar.pos)

        export = Export(shelf, id, folder / WORK, tell, language=language)
        made = export.make().rename(folder / NAME)
        (folder / WORK / CAPTIONS).rename(folder / CAPTIONS)
    shutil.rmtree(folder / WORK)
    click.echo(f"{made}: {made.stat().st_size} bytes")


def printed(lesson: Path, kind: Board, page: int, width: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file."""
    shelf, id = FileShelf(lesson.parent.parent), LessonId(unsafe(lesson.name))
    if kind not in ("svg", "png"):
        yield f"board.{kind}", print_out(shelf, id, Printout(kind))
        return
    pages = [page] if page else range(1, 1 + len(book.read(shelf.read(id)).leaves))
    for number in pages:
        yield f"page-{number:03}.{kind}", print_out(shelf, id, Printout(kind, number, width))
