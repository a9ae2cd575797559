"""Draws shapes: lines, arrows, boxes, ellipses, polygons and axes; twin of shapes.ts."""

from collections.abc import Iterator, Sequence
from math import hypot

from synclass.marks import UNIT, Shape

from .axes import axes
from .drawing import HIGHLIGHT, Fill, Item, Line, Path, box, ellipse, line

PALE = 0.25  # opacity of a filled shape: what lies below it is still read
HEAD = 4  # times the width of its line, an arrow's head is long
SHORTEST_HEAD = 18  # board pixels: it is seen at the end of a thin line, too


def shape(body: Shape, colour: str) -> Iterator[Item]:
    corners = [value / UNIT for value in body.corners]
    width = body.pen.width / UNIT
    alpha = HIGHLIGHT if body.pen.tool == "highlighter" else 1.0
    if body.kind in ("axes", "quadrant"):
        xs, ys = corners[::2], corners[1::2]
        area = (min(xs), min(ys), max(xs), max(ys))
        yield from axes(area, cross=body.kind == "axes", colour=colour, width=width)
        return
    path = _path(body.kind, corners, width)
    if body.filled and body.kind not in ("line", "arrow"):
        yield Fill(path, colour, alpha * PALE)
    yield Line(path, colour, width, alpha, soft=True)


def _path(kind: str, corners: Sequence[float], width: float) -> Path:
    xs, ys = corners[::2], corners[1::2]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    if kind == "rect":
        return box(left, top, right - left, bottom - top)
    if kind == "ellipse":
        middle = (left + right) / 2, (top + bottom) / 2
        return ellipse(*middle, (right - left) / 2, (bottom - top) / 2)
    path = line(*corners)
    if kind == "polygon":
        return [*path, ("Z", ())]
    return path + _head(corners, width) if kind == "arrow" else path


def _head(corners: Sequence[float], width: float) -> Path:
    """Two strokes back from the end; an arrow shorter than its head has a shorter head."""
    from_x, from_y, to_x, to_y = corners[:4]
    dx, dy = to_x - from_x, to_y - from_y
    length = hypot(dx, dy) or 1
    size = min(max(SHORTEST_HEAD, HEAD * width), length)
    x, y = dx / length * size, dy / length * size
    return line(
        *(to_x - x - y / 2, to_y - y + x / 2, to_x, to_y),
        *(to_x - x + y / 2, to_y - y - x / 2),
    )
