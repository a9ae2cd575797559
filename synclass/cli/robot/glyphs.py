"""How a robot writes: digits, signs and some characters as lines a pen follows, in stroke order."""

import math

Line = tuple[tuple[float, float], ...]
"""Corners of one stroke, in hundredths of the glyph's height, y downwards."""

NARROW = frozenset("0123456789+-=<>")
DIGIT_WIDTH, WIDTH = 62.0, 108.0  # hundredths of the height from one glyph to the next


def ellipse(x: float, y: float, across: float, down: float, *, start: float = -1.6) -> Line:
    """A closed round, drawn against the clock from the top as a hand does."""
    turns = (start - 2 * math.pi * n / 24 for n in range(26))
    return tuple((x + across * math.cos(a), y + down * math.sin(a)) for a in turns)


GLYPHS: dict[str, tuple[Line, ...]] = {
    "0": (ellipse(30, 50, 22, 46),),
    "1": (((18, 22), (34, 4), (34, 98)),),
    "2": (((8, 24), (20, 6), (42, 6), (52, 24), (42, 46), (8, 96), (54, 95)),),
    "3": (((8, 14), (28, 4), (48, 16), (44, 38), (24, 46), (48, 54), (54, 76), (36, 96), (8, 86)),),
    "4": (((40, 4), (6, 64), (56, 64)), ((40, 36), (40, 98))),
    "5": (
        ((14, 6), (10, 44), (34, 38), (54, 60), (46, 88), (26, 97), (6, 86)),
        ((14, 6), (50, 5)),
    ),
    "6": (((44, 6), (20, 30), (8, 66), (16, 92), (38, 96), (52, 78), (44, 58), (24, 56), (9, 72)),),
    "7": (((6, 6), (54, 6), (26, 98)),),
    "8": (
        (
            *((46, 16), (28, 4), (12, 18), (26, 42), (50, 66), (42, 94)),
            *((18, 94), (8, 70), (34, 46), (48, 22), (44, 12)),
        ),
    ),
    "9": (((50, 24), (32, 4), (10, 20), (18, 44), (40, 42), (50, 22), (48, 60), (38, 97)),),
    "+": (((8, 52), (52, 52)), ((30, 30), (30, 74))),
    "-": (((8, 52), (52, 52)),),
    "=": (((8, 42), (52, 41)), ((8, 62), (52, 61))),
    ">": (((10, 28), (50, 50), (10, 74)),),
    "<": (((50, 28), (10, 50), (50, 74)),),
    "一": (((8, 52), (50, 50), (92, 48)),),
    "二": (((22, 28), (78, 26)), ((8, 80), (92, 78))),
    "三": (((18, 18), (82, 16)), ((26, 48), (74, 47)), ((6, 84), (94, 82))),
    "分": (
        ((42, 8), (30, 34), (8, 55)),
        ((56, 8), (72, 34), (95, 52)),
        ((25, 58), (72, 57), (68, 84), (62, 96), (52, 88)),
        ((46, 58), (40, 78), (18, 96)),
    ),
    "之": (
        ((46, 4), (56, 15)),
        ((20, 30), (72, 29), (44, 56), (22, 77)),
        ((22, 77), (34, 74), (58, 88), (96, 93)),
    ),
    "半": (
        ((28, 12), (36, 27)),
        ((72, 10), (62, 27)),
        ((18, 38), (82, 36)),
        ((6, 63), (94, 61)),
        ((50, 6), (50, 97)),
    ),
    "大": (
        ((8, 36), (92, 34)),
        ((50, 6), (48, 40), (30, 74), (6, 94)),
        ((52, 40), (68, 70), (96, 94)),
    ),
    "小": (
        ((50, 6), (50, 92), (38, 84)),
        ((28, 38), (10, 70)),
        ((70, 36), (92, 68)),
    ),
    "个": (
        ((50, 6), (34, 36), (6, 60)),
        ((50, 6), (68, 36), (96, 58)),
        ((50, 44), (50, 98)),
    ),
    "义": (
        ((44, 4), (54, 18)),
        ((80, 24), (62, 58), (36, 80), (8, 94)),
        ((22, 22), (44, 58), (68, 80), (96, 94)),
    ),
    "的": (
        ((28, 4), (20, 18)),
        ((10, 20), (10, 88)),
        ((10, 20), (44, 20), (44, 86)),
        ((10, 52), (42, 52)),
        ((10, 84), (42, 84)),
        ((64, 6), (50, 40)),
        ((58, 26), (92, 26), (90, 70), (84, 92), (72, 84)),
        ((64, 48), (74, 60)),
    ),
    "意": (
        ((48, 2), (54, 10)),
        ((18, 15), (82, 14)),
        ((34, 20), (39, 29)),
        ((66, 19), (60, 30)),
        ((6, 35), (94, 34)),
        ((28, 42), (28, 68)),
        ((28, 42), (72, 42), (72, 68)),
        ((28, 55), (70, 55)),
        ((28, 67), (72, 67)),
        ((14, 76), (8, 92)),
        ((30, 74), (34, 90), (52, 95), (72, 94), (76, 82)),
        ((50, 72), (56, 82)),
        ((82, 74), (92, 86)),
    ),
    "数": (
        ((20, 8), (26, 20)),
        ((46, 6), (38, 20)),
        ((8, 28), (54, 27)),
        ((31, 8), (31, 50)),
        ((30, 30), (10, 48)),
        ((33, 30), (52, 44)),
        ((28, 54), (16, 72), (50, 92)),
        ((44, 58), (36, 78), (8, 96)),
        ((6, 68), (56, 66)),
        ((70, 6), (58, 34)),
        ((66, 24), (96, 22)),
        ((86, 24), (76, 60), (52, 94)),
        ((62, 42), (78, 70), (98, 94)),
    ),
}


def text(words: str, x: float, y: float, height: float) -> list[Line]:
    """The strokes of a line of writing whose top left corner is at x, y (board pixels)."""
    lines: list[Line] = []
    scale = height / 100
    for letter in words:
        for line in GLYPHS.get(letter, ()):
            lines.append(tuple((x + across * scale, y + down * scale) for across, down in line))
        x += (DIGIT_WIDTH if letter in NARROW else WIDTH) * scale
    return lines


def fraction(over: int, under: int, x: float, y: float, height: float) -> list[Line]:
    """A fraction as it is written by hand: the bar, what is below it, then what is above."""
    size = height * 0.42
    width = max(len(str(over)), len(str(under))) * DIGIT_WIDTH / 100 * size
    bar: Line = ((x - 8, y + height / 2), (x + width + 8, y + height / 2 - 2))
    below = text(str(under), x, y + height * 0.57, size)
    return [bar, *below, *text(str(over), x, y, size)]


def cake(x: float, y: float, radius: float, *, parts: int, eaten: int) -> list[Line]:
    """A round cut into equal parts, the first of them hatched."""
    lines = [ellipse(x, y, radius, radius)]
    angles = [-math.pi / 2 + 2 * math.pi * n / parts for n in range(parts)]
    for angle in angles:
        lines.append(((x, y), (x + radius * math.cos(angle), y + radius * math.sin(angle))))
    for n in range(eaten):
        for share in (0.25, 0.5, 0.75):
            angle = angles[n] + 2 * math.pi / parts * share
            inner, outer = radius * 0.25, radius * 0.85
            lines.append(
                (
                    (x + inner * math.cos(angle), y + inner * math.sin(angle)),
                    (x + outer * math.cos(angle), y + outer * math.sin(angle)),
                )
            )
    return lines


def ribbon(x: float, y: float, width: float, *, parts: int, marked: int) -> list[Line]:
    """A strip of paper folded into equal parts, the first of them hatched."""
    height, part = 90.0, width / parts
    lines: list[Line] = [
        ((x, y), (x + width, y)),
        ((x, y + height), (x + width, y + height)),
    ]
    lines += [((x + part * n, y), (x + part * n, y + height)) for n in range(parts + 1)]
    for n in range(marked):
        left = x + part * n
        for share in (0.3, 0.6, 0.9):
            lines.append(
                ((left + part * share, y + 8), (left + part * (share - 0.2), y + height - 8))
            )
    return lines
