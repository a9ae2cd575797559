"""Draws formulas by the outlines that came with them; as LaTeX where none came."""

from collections.abc import Iterator

from synclass.errors import Malformed
from synclass.marks import UNIT, Formula
from synclass.outlines import EM, Outline, Said, read

from .drawing import Fill, Group, Item, Line, Words
from .look import Look


def formula(body: Formula, seen: Look, colour: str) -> Item:
    latex = body.latex if seen.text is None else seen.text
    x, y, size = body.x / UNIT, body.y / UNIT, body.size / UNIT
    outline = _outline(body.outline if seen.text is None else seen.outline)
    if outline is None:
        return Words(x, y + size, latex, size, colour)
    scale = size / EM
    return Group((scale, 0.0, 0.0, scale, x, y), list(_parts(outline, colour)))


def _outline(packed: bytes) -> Outline | None:
    """None where there is none, or that of a later version."""
    try:
        return read(packed) if packed else None
    except Malformed:
        return None


def _parts(outline: Outline, colour: str) -> Iterator[Item]:
    for part in outline.parts:
        if isinstance(part, Said):
            yield Words(part.x, part.y, part.text, part.size, colour)
        elif part.line:
            yield Line([*part.path], colour, part.line)
        else:
            yield Fill([*part.path], colour)
