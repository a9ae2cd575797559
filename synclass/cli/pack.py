"""`synclass pack`: a lesson as one file that a double-click opens, without a server."""

import secrets
from pathlib import Path

import click

from recorder import pack
from recorder.names import unsafe
from recorder.shelf import FileShelf
from signaling.app import STATIC

from ..errors import Unavailable
from ..words import LessonId

PAGE = STATIC / "packed.html"


@click.command("pack")
@click.argument("lesson", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Here: <lesson>.lesson.html.")
def command(lesson: Path, out: Path | None) -> None:
    """Pack the ended lesson in the folder LESSON: what its classrooms saw and heard."""
    lesson = lesson.resolve()
    out = out or Path(f"{lesson.name}.lesson.html")
    if not PAGE.exists():
        raise Unavailable("no-client", "the web client is not built: run `make run`")
    shelf, id = FileShelf(lesson.parent.parent), LessonId(unsafe(lesson.name))
    write(pack.pack(shelf, id, PAGE.read_bytes()), out)
    click.echo(f"{out}: {out.stat().st_size} bytes")


def write(parcel: pack.Parcel, out: Path) -> None:
    """Whole or not at all: beside it first."""
    aside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("xb") as file:
            for piece in parcel.pieces():
                file.write(piece)
        aside.replace(out)
    except OSError as error:
        raise Unavailable("not-writable", f"{out}: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)
