"""The child that converts one file: gives up its rights first, then looks at what it was given."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from synclass.errors import Refused

from . import jail, office, pictures, svg
from .kinds import SNIFF, kind_of
from .pdf import Pdf
from .slip import MOST_BYTES, RESULT, SOURCE, Made, Word

HEAVIEST = 300_000  # bytes of a page's SVG, gzipped: 40 s on 64 kbit/s; a raster is lighter


def main(folder: Path) -> None:
    """Convert ``source`` in this folder into pages and a list of them, ``result.json``."""
    say(Word(lacks=jail.enter(folder)))
    try:
        made = list(_bounded(folder, pages_of(folder)))
    except Refused as error:
        say(Word(code=error.code, message=str(error)))
    except MemoryError:
        say(Word(code="too-heavy", message="this file takes more memory than courseware may"))
    else:
        (folder / RESULT).write_bytes(msgspec.json.encode(made))


def say(word: Word) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def pages_of(folder: Path) -> Iterator[Made]:
    """Make the pages, one after another.  Raises Refused."""
    source = folder / SOURCE
    with source.open("rb") as file:
        kind = kind_of(file.read(SNIFF))
    match kind:
        case "picture":
            data, width, height = pictures.to_webp(source)
            yield _written(folder, "1.webp", data, size=(width, height))
        case "svg":
            yield _drawing(folder, source)
        case "office":
            yield from _pages(office.to_pdf(source, office.check(source), folder), folder)
        case "pdf":
            yield from _pages(source, folder)


def _pages(source: Path, folder: Path) -> Iterator[Made]:
    with Pdf(source, folder) as pdf:
        for n in range(len(pdf)):
            say(Word(page=n + 1, of=len(pdf)))
            size, words = pdf.size(n), pdf.words(n)
            drawing = pdf.lines(n)
            if drawing and (data := _light(drawing)):
                yield _written(folder, f"{n + 1}.svg", data, size=size, words=words)
            else:
                picture = pdf.pixels(n)
                data = pictures.encode(picture)
                yield _written(folder, f"{n + 1}.webp", data, size=picture.size, words=words)


def _drawing(folder: Path, source: Path) -> Made:
    drawing = svg.clean(source.read_bytes(), pictures.inside)
    data = _light(drawing)
    if data is None:
        raise Refused("too-heavy", "this drawing is too large: save it as PDF or PNG")
    return _written(folder, "1.svg", data, size=(drawing.width, drawing.height))


def _light(drawing: svg.Drawing) -> bytes | None:
    """The drawing's bytes, unless a raster would be lighter."""
    data = drawing.text.encode()
    return data if len(gzip.compress(data)) <= HEAVIEST else None


def _written(
    folder: Path, name: str, data: bytes, *, size: tuple[float, float], words: str = ""
) -> Made:
    (folder / name).write_bytes(data)
    return Made(name, max(1, round(size[0])), max(1, round(size[1])), words)


def _bounded(folder: Path, made: Iterator[Made]) -> Iterator[Made]:
    total = 0
    for page in made:
        total += (folder / page.file).stat().st_size
        if total > MOST_BYTES:
            raise Refused("too-large", "these pages are more than a village's line can bring")
        yield page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
