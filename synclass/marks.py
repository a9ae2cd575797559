"""What lies on a page: ink, shapes, words and pictures, and what was done to them since.

A mark is never changed and never taken away.  What is done to it is an *edit*, made by an *op*;
an op can be switched off (undone) and on again (redone).  A mark looks as its edits say whose op
is on, in the order of the log: so undo is exact, whoever did what in between.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from math import hypot, isfinite
from typing import Literal, TypeAlias

from msgspec import Struct, field

from .errors import Malformed, Refused
from .ink import LONGEST_BATCH, check_batch
from .outlines import read as read_outline

UNIT = 4  # units to a pixel of the 1920x1080 board: as fine as ink
WIDTH, HEIGHT = 1920 * UNIT, 1080 * UNIT  # of a page
REACH = 1 << 13  # units from the middle of nothing; the board has 7680 x 4320, and room around it
SEAT = 1 << 20  # marks a person may make: a mark's number is seat * SEAT + a count of its own
LONGEST_TEXT = 2000  # characters of one text, note or formula
LONGEST_STROKE = 16_384  # bytes, about 10,000 points: a minute and a half without lifting the pen
MOST_CORNERS = 64  # of a polygon
MOST_EDITS = 200  # of one mark: a stroke rubbed at for minutes
MOST_SPANS = 4096  # of one movement of the eraser

Background = Literal["blank", "grid", "tian", "mi", "lines", "staff", "axes"]
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in units."""
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a x + c y + e, y' = b x + d y + f, in units, as SVG and canvas have it."""


class Pen(Struct, frozen=True, array_like=True):
    tool: Literal["pen", "highlighter", "chalk"]
    colour: int
    """0..7, an index into the palette."""
    width: int
    """Units, 4..255."""


class Ink(Struct, frozen=True, array_like=True, tag="ink"):
    """A whole stroke: its batches one behind the other, see ink.py."""

    pen: Pen
    ink: bytes


class Shape(Struct, frozen=True, array_like=True, tag="shape"):
    kind: Literal["line", "arrow", "rect", "ellipse", "polygon", "axes", "quadrant"]
    """Axes that are lower than three of their units are a number line."""
    pen: Pen
    corners: list[int]
    """x y x y ... in units: two corners, and of a polygon as many as it has."""
    filled: bool = False


class Text(Struct, frozen=True, array_like=True, tag="text"):
    """Words, as plain text with line ends; a note is words on a sticky sheet.

    A line end that only a full box has made is U+2028: lines are broken once, by whoever wrote
    them, and not by the fonts of each machine.
    """

    box: Box
    text: str
    size: int
    """Height of the letters in units."""
    colour: int
    note: bool = False


class Formula(Struct, frozen=True, array_like=True, tag="formula"):
    x: int
    y: int
    latex: str
    size: int
    """Height of the letters in units."""
    colour: int
    outline: bytes = b""
    """How it is set, see outlines.py; without it each page sets it by itself."""


class Picture(Struct, frozen=True, array_like=True, tag="picture"):
    """A picture of the courseware, by the name it is kept under."""

    box: Box
    sheet: str


class Hide(Struct, frozen=True, array_like=True, tag="hide"):
    """Erased as a whole."""


class Cut(Struct, frozen=True, array_like=True, tag="cut"):
    """Erased in part: (mark, from, to) hide the points from..to-1 of a stroke."""

    spans: list[tuple[int, int, int]]


class Place(Struct, frozen=True, array_like=True, tag="place"):
    """Moved, scaled or turned, after whatever moved it before."""

    by: Matrix


class Tint(Struct, frozen=True, array_like=True, tag="tint"):
    colour: int


class Rewrite(Struct, frozen=True, array_like=True, tag="rewrite"):
    """Other words in the same place."""

    text: str
    outline: bytes = b""
    """Of a formula, as it is set now."""


Body: TypeAlias = Ink | Shape | Text | Formula | Picture
Edit: TypeAlias = Hide | Cut | Place | Tint | Rewrite


class Change(Struct, frozen=True, array_like=True):
    """An edit, and the op that made it."""

    op: int
    edit: Edit


class Mark(Struct, array_like=True):
    body: Body
    op: int
    """What made it: its own number where it is a stroke of a pen."""
    changes: list[Change] = field(default_factory=list)


class NewMark(Struct, frozen=True, array_like=True):
    number: int
    body: Body


class Page(Struct, array_like=True):
    """The marks of a page in the order they came, which is how they lie upon one another."""

    marks: dict[int, Mark] = field(default_factory=dict)
    off: list[int] = field(default_factory=list)
    """The ops that are undone, rising: each mark and edit is looked up in it."""
    here: bool = True
    """False in a late joiner's copy whose marks are still to be fetched."""

    def shows(self, mark: Mark) -> bool:
        """Whether anything of it is to be seen (its cuts apart)."""
        if not self.is_on(mark.op):
            return False
        for change in mark.changes:  # no generator: this is asked for each mark of each edit
            if isinstance(change.edit, Hide) and self.is_on(change.op):
                return False
        return True

    def is_on(self, op: int) -> bool:
        off = self.off
        if not off or op > off[-1]:
            return True
        return off[bisect_left(off, op)] != op

    def shown(self) -> dict[int, Mark]:
        return {number: mark for number, mark in self.marks.items() if self.shows(mark)}


class Act(Struct, frozen=True, array_like=True):
    """What somebody did on a page, so that it can be undone."""

    page: int
    op: int


def last_act(page: int, acts: Sequence[Act]) -> Act | None:
    """The latest on this page."""
    return next((act for act in reversed(acts) if act.page == page), None)


def move_act(act: Act, source: list[Act], target: list[Act]) -> None:
    """From what may be undone to what may be redone, or back."""
    source.remove(act)
    target.append(act)


def shares(marks: Iterable[int], op: int, edit: Edit) -> Iterable[tuple[int, Change]]:
    """What an edit does to each of its marks: of a cut each has its own pieces only."""
    if not isinstance(edit, Cut):
        same = Change(op, edit)
        return ((mark, same) for mark in marks)
    pieces: dict[int, list[tuple[int, int, int]]] = {}
    for span in edit.spans:
        pieces.setdefault(span[0], []).append(span)
    return ((mark, Change(op, Cut(pieces[mark]))) for mark in marks if mark in pieces)


def check_body(body: Body) -> None:
    """Raise Refused where it cannot be drawn."""
    match body:
        case Ink(pen, ink):
            check_pen(pen)
            check_ink(ink)
        case Shape(kind, pen, corners):
            check_pen(pen)
            most = 2 * MOST_CORNERS if kind == "polygon" else 4
            if not 4 <= len(corners) <= most or len(corners) % 2 or not _near(corners):
                raise Refused("bad-shape", "a shape needs its corners, and on the board")
        case Text(box, text, size, colour):
            check_text(text)
            check_colour(colour)
            _check_box(box)
            _check_size(size)
        case Formula(x, y, latex, size, colour, outline):
            check_text(latex)
            check_outline(outline)
            check_colour(colour)
            _check_box((x, y, 1, 1))
            _check_size(size)
        case Picture(box, sheet):
            check_sheet(sheet)
            _check_box(box)


def check_edit(edit: Edit, marks: dict[int, Mark], named: Collection[int] | None = None) -> None:
    """Raise Refused where this cannot be done to these marks.

    ``named`` were named beside them: some are gone already, and their pieces with them.
    """
    match edit:
        case Cut(spans):
            if not 0 < len(spans) <= MOST_SPANS:
                raise Refused("bad-cut", f"between 1 and {MOST_SPANS} pieces are erased at once")
            named = named or marks
            for number, start, end in spans:
                if number not in named or not 0 <= start < end <= REACH * UNIT:
                    raise Refused("bad-cut", "a piece is cut from a stroke that is erased here")
            if not all(isinstance(mark.body, Ink) for mark in marks.values()):
                raise Refused("bad-cut", "only ink is erased in part")
        case Place(by):
            if not all(isfinite(value) for value in by) or not _sane(by):
                raise Refused("bad-place", "too far, too large or too small")
        case Tint(colour):
            check_colour(colour)
        case Rewrite(text, outline):
            check_text(text)
            check_outline(outline)
            worded = Formula if outline else Text | Formula
            if not all(isinstance(mark.body, worded) for mark in marks.values()):
                raise Refused("bad-words", "only words and formulas are written anew")


def check_pen(pen: Pen) -> None:
    if not (0 <= pen.colour <= 7 and 4 <= pen.width <= 255):
        raise Refused("bad-pen", "there are eight colours, and widths of 1 to 64 pixels")


def check_colour(colour: int) -> None:
    if not 0 <= colour <= 7:
        raise Refused("bad-pen", "there are eight colours")


def check_text(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise Refused("bad-text", f"between 1 and {LONGEST_TEXT} characters")


def check_outline(packed: bytes) -> None:
    try:
        if packed:
            read_outline(packed)
    except Malformed as error:
        raise Refused("bad-outline", str(error)) from error


def check_sheet(sheet: str) -> None:
    """The name of a kept page: its SHA-256 in hex, and what it is."""
    name, _, kind = sheet.partition(".")
    if len(name) != 64 or name.strip("0123456789abcdef") or kind not in ("svg", "webp"):
        raise Refused("bad-sheet", "no page of the courseware has this name")


def check_ink(ink: bytes) -> None:
    """A whole stroke: its first batch must be one; what follows is read for what it is."""
    if len(ink) > LONGEST_STROKE:
        raise Refused("stroke-long", "this stroke is too long")
    check_first_batch(ink[:LONGEST_BATCH])


def check_first_batch(ink: bytes) -> None:
    _check_batch(ink, first=True)


def check_next_batch(ink: bytes) -> None:
    _check_batch(ink, first=False)


def _check_batch(ink: bytes, *, first: bool) -> None:
    try:
        check_batch(ink, first=first)
    except Malformed as error:
        raise Refused("bad-ink", str(error)) from error


def _near(values: Iterable[int]) -> bool:
    return all(-REACH <= value < REACH for value in values)


def _check_box(box: Box) -> None:
    if not _near(box) or min(box[2:]) < 1:
        raise Refused("bad-place", "too far, too large or too small")


def _check_size(size: int) -> None:
    if not UNIT * 8 <= size <= UNIT * 400:
        raise Refused("bad-text", "letters are 8 to 400 pixels high")


def _sane(by: Matrix) -> bool:
    a, b, c, d, e, f = by
    scale = abs(a * d - b * c)
    return 1e-4 <= scale <= 1e4 and max(hypot(a, b), hypot(c, d)) <= 100 and _close(e) and _close(f)


def _close(value: float) -> bool:
    return abs(value) <= 8 * REACH
