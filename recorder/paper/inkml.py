"""All ink of a board as InkML (W3C, 2011), for programs that read handwriting."""

from collections.abc import Iterable, Iterator

from synclass.ink import Point, decode_stroke
from synclass.marks import UNIT, Ink, Page, Pen

from .book import Book
from .drawing import HIGHLIGHT, INKS
from .look import Look, look, rest
from .svg import plain

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ink xmlns="http://www.w3.org/2003/InkML">
<definitions>
<context xml:id="board" timestampRef="#begin">
<inkSource xml:id="pen">
<sampleRate uniform="true" value="120"/>
<traceFormat>
<channel name="X" type="integer" units="dev"/>
<channel name="Y" type="integer" units="dev"/>
<channel name="F" type="integer" min="0" max="31"/>
</traceFormat>
<channelProperties>
<channelProperty channel="X" name="resolution" value="4" units="1/px"/>
<channelProperty channel="Y" name="resolution" value="4" units="1/px"/>
</channelProperties>
</inkSource>
</context>
"""


def inkml(book: Book) -> str:
    """A traceGroup for each page; what was erased is not there, what was moved is where it is."""
    groups = [[*_traces(leaf.page, book), *_traces(leaf.traces, book)] for leaf in book.leaves]
    pens = sorted({pen for group in groups for pen, _ in group}, key=_name)
    parts = [HEAD, f'<timestamp xml:id="begin" time="{book.wall * 1000:.0f}"/>\n']
    parts += [_brush(pen) for pen in pens]
    parts += ["</definitions>\n", f'<annotation type="title">{plain(book.title)}</annotation>\n']
    for number, group in enumerate(groups, 1):
        parts.append(f'<traceGroup xml:id="page{number}" contextRef="#board">\n')
        parts += [trace for _, trace in group]
        parts.append("</traceGroup>\n")
    return "".join([*parts, "</ink>\n"])


def _traces(page: Page, book: Book) -> Iterator[tuple[Pen, str]]:
    for number, mark in page.marks.items():
        seen = look(number, page, mark) if isinstance(mark.body, Ink) else None
        if seen and isinstance(seen.body, Ink):
            pen = seen.body.pen
            if seen.colour is not None:
                pen = Pen(pen.tool, seen.colour, pen.width)
            yield from ((pen, trace) for trace in _runs(seen, pen, book.begun.get(number)))


def _runs(seen: Look, pen: Pen, begun: int | None) -> Iterator[str]:
    """A trace for each run of points that is left; marks that were pasted have no time."""
    assert isinstance(seen.body, Ink)
    points = decode_stroke(seen.body.ink)
    starts = [0, *(end for _, end in seen.cuts)]
    for run in rest(points, seen.cuts):
        first = next(start for start in reversed(starts) if points[start : start + 1] == run[:1])
        time = "" if begun is None else f' timeOffset="{begun + first * 1000 / 120:.0f}"'
        coded = ", ".join(f"{x} {y} {p}" for x, y, p in _moved(run, seen))
        yield f'<trace brushRef="#{_name(pen)}"{time}>{coded}</trace>\n'


def _moved(points: Iterable[Point], seen: Look) -> Iterator[Point]:
    if seen.matrix is None:
        yield from points
        return
    a, b, c, d, e, f = seen.matrix
    for x, y, p in points:
        yield round(a * x + c * y + e), round(b * x + d * y + f), p


def _name(pen: Pen) -> str:
    return f"{pen.tool}-{pen.colour}-{pen.width}"


def _brush(pen: Pen) -> str:
    faint = 1 - HIGHLIGHT if pen.tool == "highlighter" else 0
    values = {
        "width": f"{pen.width / UNIT:g}",
        "color": INKS[pen.colour] if pen.colour < len(INKS) else INKS[0],
        "transparency": f"{255 * faint:.0f}",
    }
    properties = "".join(
        f'<brushProperty name="{name}" value="{value}"/>' for name, value in values.items()
    )
    return f'<brush xml:id="{_name(pen)}">{properties}</brush>\n'
