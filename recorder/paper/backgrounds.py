"""Draws what may lie under the ink: squares, 田字格, 米字格, staves; twin of backgrounds.ts."""

from collections.abc import Callable, Iterator

from synclass.marks import Background

from .drawing import HEIGHT, INKS, LINES, WIDTH, Item, Line, Path, Words, line

SQUARE = 60  # 32 by 18 on the board
CELL = 180  # 田字格 and 米字格: ten across and five down
LEFT, TOP = 60, 90
RIGHT, BOTTOM = LEFT + 10 * CELL, TOP + 5 * CELL
STAFF_GAP = 28  # between the lines of a stave
STAFF_PITCH = 252  # four staves, with room for words below each
ARROW = 18
DASH = 10
STRONG = INKS[7]


def background(kind: Background) -> Iterator[Item]:
    drawn: dict[Background, Callable[[], Iterator[Item]]] = {
        "grid": lambda: iter([_thin(_squares())]),
        "tian": lambda: _cells(diagonals=False),
        "mi": lambda: _cells(diagonals=True),
        "lines": lambda: iter([_thin(_four_lines())]),
        "staff": lambda: iter([_thin(_staves())]),
        "axes": _axes,
    }
    if kind in drawn:
        yield from drawn[kind]()


def _thin(path: Path, dash: float = 0.0) -> Line:
    return Line(path, LINES, 2, dash=dash)


def _squares() -> Path:
    down = [part for x in range(SQUARE, WIDTH, SQUARE) for part in line(x, 0, x, HEIGHT)]
    across = [part for y in range(SQUARE, HEIGHT, SQUARE) for part in line(0, y, WIDTH, y)]
    return down + across


def _cells(*, diagonals: bool) -> Iterator[Item]:
    yield _thin(_ruled(LEFT, TOP, 1))
    halves = _ruled(LEFT + CELL // 2, TOP + CELL // 2, 0)
    for x in range(LEFT, RIGHT, CELL) if diagonals else ():
        for y in range(TOP, BOTTOM, CELL):
            halves += line(x, y, x + CELL, y + CELL) + line(x + CELL, y, x, y + CELL)
    yield _thin(halves, DASH)


def _ruled(left: int, top: int, more: int) -> Path:
    """A line each cell, from a first one on."""
    path: Path = []
    for x in range(left, RIGHT + more, CELL):
        path += line(x, TOP, x, BOTTOM)
    for y in range(top, BOTTOM + more, CELL):
        path += line(LEFT, y, RIGHT, y)
    return path


def _four_lines() -> Path:
    path: Path = []
    for top in range(TOP + 30, HEIGHT - 120, CELL):
        for y in range(top, top + 160, 40):
            path += line(LEFT, y, WIDTH - LEFT, y)
    return path


def _staves() -> Path:
    path: Path = []
    for top in range(TOP, HEIGHT - 4 * STAFF_GAP, STAFF_PITCH):
        bottom = top + 4 * STAFF_GAP
        for y in range(top, bottom + 1, STAFF_GAP):
            path += line(LEFT, y, WIDTH - LEFT, y)
        path += line(LEFT, top, LEFT, bottom) + line(WIDTH - LEFT, top, WIDTH - LEFT, bottom)
    return path


def _axes() -> Iterator[Item]:
    x, y, right, bottom = WIDTH // 2, HEIGHT // 2, WIDTH - LEFT, HEIGHT - LEFT
    yield _thin(_squares())
    path = line(LEFT, y, right, y) + line(x, LEFT, x, bottom)
    path += line(right - ARROW, y - ARROW / 2, right, y, right - ARROW, y + ARROW / 2)
    path += line(x - ARROW / 2, LEFT + ARROW, x, LEFT, x + ARROW / 2, LEFT + ARROW)
    for at in range(2 * SQUARE, right, SQUARE):
        path += line(at, y - 7, at, y + 7)
    for at in range(2 * SQUARE, bottom, SQUARE):
        path += line(x - 7, at, x + 7, at)
    yield Line(path, STRONG, 3)
    yield Words(x - 34, y + 38, "O", 34, STRONG)
    yield Words(right - 20, y + 44, "x", 34, STRONG)
    yield Words(x + 22, LEFT + 22, "y", 34, STRONG)
