"""What a page is made of, whatever draws it: outlines, lines, words and sheets, in board pixels."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from synclass.marks import Matrix

WIDTH, HEIGHT = 1920, 1080
PAPER, LINES = "#fdfcf8", "#dcd8cc"
"""As in web/src/style/tokens.css, of the board by day: a chalkboard would be a black page."""
INKS = (
    *("#1b1f24", "#c2220f", "#0a55c4", "#0a7d55"),
    *("#d97706", "#8b2fb3", "#5b9bd5", "#7a7468"),
)
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")
HIGHLIGHT = 0.35  # opacity of a highlighter: the words below are still read
KAPPA = 0.5522847498  # of a quarter circle's handles: off by 0.03 % at most

Segment: TypeAlias = tuple[str, tuple[float, ...]]
Path: TypeAlias = list[Segment]
"""M x y, L x y, Q x y x y, C x y x y x y and Z, as SVG has them."""


Grain: TypeAlias = Literal["", "edge", "middle"]
"""Of chalk: its edge has many holes, its middle, where it is pressed, few."""


class Fill(Struct, frozen=True):
    path: Path
    colour: str
    alpha: float = 1.0
    grain: Grain = ""


class Line(Struct, frozen=True):
    path: Path
    colour: str
    width: float
    alpha: float = 1.0
    dash: float = 0.0
    """Length of its dashes and of the gaps between them; 0 for none."""
    soft: bool = False
    """Round ends and corners."""


class Words(Struct, frozen=True):
    """One line of text; ``most`` is the width it must fit, 0 for any."""

    x: float
    base: float
    text: str
    size: float
    colour: str
    anchor: Literal["start", "middle", "end"] = "start"
    most: float = 0.0


class Sheet(Struct, frozen=True):
    """A page or a picture of the courseware, by its name."""

    x: float
    y: float
    width: float
    height: float
    name: str
    whole: bool = False
    """Kept in its proportions, and in the middle of the box."""


class Group(Struct, frozen=True):
    """What is moved, scaled or turned by the matrix: in pixels, not in units."""

    matrix: Matrix
    items: "list[Item]"


Item: TypeAlias = Fill | Line | Words | Sheet | Group


def line(*corners: float) -> Path:
    """From corner to corner."""
    points = list(zip(corners[::2], corners[1::2], strict=True))
    return [("L" if n else "M", point) for n, point in enumerate(points)]


def box(left: float, top: float, width: float, height: float) -> Path:
    right, bottom = left + width, top + height
    return [*line(left, top, right, top, right, bottom, left, bottom), ("Z", ())]


def ellipse(x: float, y: float, across: float, down: float) -> Path:
    """Around a middle, with two half axes."""
    i, j = across * KAPPA, down * KAPPA
    return [
        ("M", (x + across, y)),
        ("C", (x + across, y + j, x + i, y + down, x, y + down)),
        ("C", (x - i, y + down, x - across, y + j, x - across, y)),
        ("C", (x - across, y - j, x - i, y - down, x, y - down)),
        ("C", (x + i, y - down, x + across, y - j, x + across, y)),
        ("Z", ()),
    ]


def curve(corners: Sequence[complex]) -> Path:
    """A closed curve through the middles of an outline's sides."""
    if not corners:
        return []
    start = (corners[-1] + corners[0]) / 2
    path: Path = [("M", (start.real, start.imag))]
    for corner, then in zip(corners, [*corners[1:], corners[0]], strict=True):
        end = (corner + then) / 2
        path.append(("Q", (corner.real, corner.imag, end.real, end.imag)))
    return [*path, ("Z", ())]
