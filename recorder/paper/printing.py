"""Prints what is asked for of a lesson: its board as PDF or InkML, a page as SVG or PNG."""

from synclass.errors import Refused
from synclass.ports import Printout, Shelf
from synclass.words import LessonId

from . import book, canvas, inkml, page, svg

NARROWEST, WIDEST = 64, 3840  # pixels of a PNG: a thumbnail, and twice as fine as the board


def print_out(shelf: Shelf, lesson: LessonId, what: Printout) -> bytes:
    """The file's bytes.  Raises Refused("no-page"), ("bad-size") or ("no-recording")."""
    told = book.read(shelf.read(lesson))
    if not told.title:
        raise Refused("no-recording", "there is no such lesson here")
    sheets = book.sheets(shelf, lesson)
    match what.kind:
        case "pdf":
            pages = (page.drawing(leaf) for leaf in told.leaves)
            return canvas.pdf(pages, sheets, told.title)
        case "inkml":
            return inkml.inkml(told).encode()
    leaf = told.leaf(what.page)
    items = page.drawing(leaf)
    if what.kind == "svg":
        return svg.page(items, sheets).encode()
    if not NARROWEST <= what.width <= WIDEST:
        raise Refused("bad-size", f"a picture is {NARROWEST} to {WIDEST} pixels wide")
    return canvas.png(items, sheets, what.width)
