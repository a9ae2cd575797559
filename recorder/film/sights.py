"""Where the class is to look, as it is drawn: pointers, spotlight, curtain, the teacher's view."""

from collections.abc import Iterator

from synclass.inclass.gaze import Curtain, Spot, View
from synclass.marks import UNIT
from synclass.marks import WIDTH as WIDE

from ..paper.drawing import HEIGHT, INKS, LINES, PAPER, WIDTH, Fill, Item, Line, box, ellipse, line
from .region import Region, together
from .scene import Scene

FADES = 1.5  # seconds a pointer is seen after it moved, and half of that dimmer and dimmer
SIZE, HALO = 14, 4  # board pixels: as web/src/board/moving.ts draws it
DIMMED, DIM = "#1b1f24", 0.78
EDGE, ACCENT = 6, "#0b7a75"  # of a curtain


def view(seen: View) -> tuple[float, float, float]:
    """How many times as large the page is, and the board pixel in the upper left corner."""
    return WIDE / max(1, seen.width), seen.x / UNIT, seen.y / UNIT


def pointers(scene: Scene) -> Region | None:
    """Where pointers are in the picture."""
    scale, x, y = view(scene.gaze.view)
    out = SIZE + HALO
    return together(
        Region.around(
            (at_x - out - x) * scale,
            (at_y - out - y) * scale,
            (at_x + out - x) * scale,
            (at_y + out - y) * scale,
        )
        for at_x, at_y, _ in _pointing(scene)
    )


def veil(scene: Scene) -> Iterator[Item]:
    """What lies over the page, the lowest first."""
    gaze = scene.gaze
    if gaze.spot.radius > 0:
        yield _dim(gaze.spot)
    if gaze.curtain.reach > 0:
        yield from _curtain(gaze.curtain)
    for x, y, alpha in _pointing(scene):
        round_ = ellipse(x, y, SIZE, SIZE)
        yield Fill(round_, INKS[1], alpha)
        yield Line(round_, PAPER, HALO, alpha)


def _pointing(scene: Scene) -> Iterator[tuple[float, float, float]]:
    """Board pixels, and how well it is seen."""
    for who, pointer in scene.gaze.pointers.items():
        left = 1 - (scene.at - scene.pointed.get(who, 0.0)) / FADES
        if left > 0:
            yield pointer.x / UNIT, pointer.y / UNIT, min(1.0, 2 * left)


def _dim(spot: Spot) -> Item:
    """The board and much around it, without a circle: its way turns against the box's."""
    x, y, radius = spot.x / UNIT, spot.y / UNIT, spot.radius / UNIT
    far = 4 * WIDTH
    outside = [*line(-far, -far, -far, far, far, far, far, -far), ("Z", ())]
    return Fill([*outside, *ellipse(x, y, radius, radius)], DIMMED, DIM)


def _curtain(curtain: Curtain) -> Iterator[Item]:
    reach = curtain.reach / UNIT
    beside = {
        "top": (0.0, 0.0, float(WIDTH), reach),
        "bottom": (0.0, HEIGHT - reach, float(WIDTH), reach),
        "left": (0.0, 0.0, reach, float(HEIGHT)),
        "right": (WIDTH - reach, 0.0, reach, float(HEIGHT)),
    }
    left, top, width, height = beside[curtain.side]
    yield Fill(box(left, top, width, height), LINES)
    match curtain.side:
        case "top":
            yield Fill(box(left, reach - EDGE, width, EDGE), ACCENT)
        case "bottom":
            yield Fill(box(left, top, width, EDGE), ACCENT)
        case "left":
            yield Fill(box(reach - EDGE, top, EDGE, height), ACCENT)
        case "right":
            yield Fill(box(left, top, EDGE, height), ACCENT)
