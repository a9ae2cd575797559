"""Boards and sheets that several tests of paper use."""

import gzip
import hashlib
from pathlib import Path

from recorder.journal import FileJournal
from recorder.shelf import FileShelf
from synclass import wire
from synclass.ink import Chain, encode
from synclass.marks import SEAT, Body, Change, Ink, Mark, Page, Pen
from synclass.words import LessonId

from ...plausible import play

LESSON = LessonId("lesson")
SHEET = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">'
    b'<defs><path id="a" d="M0 0H50V50H0Z"/></defs><use href="#a" fill="#ff0000"/></svg>'
)
NAME = f"{hashlib.sha256(SHEET).hexdigest()}.svg"
POINTS = [(400 + 8 * n, 400, 16) for n in range(60)]
INK = encode(Chain(), POINTS, first=True)


def a_page(*bodies: Body, changes: list[Change] | None = None) -> Page:
    """A page with these marks, numbered from SEAT on, all changed in the same way."""
    numbered = enumerate(bodies, SEAT)
    return Page({n: Mark(body, n, list(changes or ())) for n, body in numbered})


def a_stroke(tool: str = "pen", colour: int = 2, width: int = 40) -> Ink:
    return Ink(Pen(tool, colour, width), INK)  # type: ignore[arg-type]


def a_lesson(data: Path, seed: int = 3, steps: int = 200) -> FileShelf:
    """A random lesson on the disk."""
    shelf = FileShelf(data)
    journal = shelf.journal(LESSON)
    assert isinstance(journal, FileJournal)
    for entry in play(seed, steps)[1]:
        journal.append(wire.record([entry]))
    journal.close()
    shelf.keep_page(LESSON, f"{NAME}.gz", gzip.compress(SHEET))
    return shelf
