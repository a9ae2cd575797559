"""Draws words and sticky notes; the lines were broken when they were put; twin of words.ts."""

import re
from collections.abc import Iterator

from synclass.marks import UNIT, Text

from .drawing import INKS, Fill, Item, Line, Words, box

LINE = 1.4  # heights of the letters, from line to line
PADDING = 0.5  # heights of the letters, around the words of a note
BASELINE = 1.08  # heights of the letters, from the top of a line
SHEET = 0.18  # opacity of a note in its colour
_ENDS = re.compile("[\n\u2028]")


def text(body: Text, said: str, colour: int) -> Iterator[Item]:
    size = body.size / UNIT
    x, y, width, height = (value / UNIT for value in body.box)
    inset = PADDING * size if body.note else 0.0
    lines = _ENDS.split(said)
    if body.note:
        sheet = box(x, y, width, max(height, len(lines) * LINE * size + 2 * inset))
        yield Fill(sheet, INKS[colour], SHEET)
        yield Line(sheet, INKS[colour], 2)
    ink, most = INKS[0 if body.note else colour], max(1.0, width - 2 * inset)
    for n, line in enumerate(lines):
        base = y + inset + (n * LINE + BASELINE) * size
        yield Words(x + inset, base, line, size, ink, most=most)
