"""Handwriting for the benches: characters as a hand writes them, at its speed, trembling."""

import math
import random
from collections.abc import Iterator
from itertools import pairwise
from math import ceil, dist, floor

from ...ink import TICK, UNIT, Point
from ..robot.glyphs import GLYPHS, Line, text
from ..robot.pen import smooth

Spot = tuple[float, float, float]
"""Where the pen is at a tick: board pixels, pressure 0..1."""

SPEED = 340.0  # board pixels a second, between lifting and lifting: a teacher at a chalkboard
TREMBLE = 0.35  # board pixels, at the rate at which a hand that is held still trembles
TREMBLES = (8.1, 11.3)  # Hz
NEAR = 0.18  # board pixels: no point is written further from where the pen was
NOISE = 0.08  # board pixels: what a digitiser adds
HEIGHT_OF_LETTERS = 130.0  # board pixels: seven lines on a board, as seen from the back row
LIFTED = 0.14  # seconds between two strokes: a third of the time the pen is in the air
LETTERS = [letter for letter in GLYPHS if ord(letter) > 0x2000]
EDGE = 40.0  # board pixels that are left free around a page
WIDTH, HEIGHT = 1920, 1080


def writing(dice: random.Random, height: float) -> Iterator[Line]:
    """The strokes of line after line of characters, and from the top again; without an end."""
    line = height * 1.5
    while True:
        y = EDGE
        while y + height < HEIGHT - EDGE:
            letters = int((WIDTH - 2 * EDGE) / (1.08 * height))
            yield from text("".join(dice.choices(LETTERS, k=letters)), EDGE, y, height)
            y += line


def page(dice: random.Random, strokes: int) -> list[Line]:
    """So many strokes as fill a page and do not cover one another."""
    height = 0.74 * math.sqrt(WIDTH * HEIGHT * 7 / strokes / 1.62)  # seven strokes a character
    lines = writing(dice, height)
    return [next(lines) for _ in range(strokes)]


def pen(line: Line, dice: random.Random) -> list[Spot]:
    """Where the pen is 120 times a second on its way along a stroke: slow at both ends."""
    path = smooth(line)
    lengths = [dist(a, b) for a, b in pairwise(path)]
    ticks = max(2, round(sum(lengths) / SPEED / TICK))
    phases = [dice.uniform(0, 2 * math.pi) for _ in range(4)]
    spots, done, piece = [], 0.0, 0
    for n in range(ticks + 1):
        share = n / ticks
        gone = sum(lengths) * share**3 * (10 - 15 * share + 6 * share**2)
        while piece < len(lengths) - 1 and done + lengths[piece] < gone:
            done += lengths[piece]
            piece += 1
        part = (gone - done) / (lengths[piece] or 1.0)
        (x, y), (to_x, to_y) = path[piece], path[piece + 1]
        dx, dy = (_tremble(n * TICK, phases[i : i + 2]) + dice.gauss(0, NOISE) for i in (0, 2))
        pressure = 0.35 + 0.4 * math.sin(math.pi * share) ** 0.5
        spots.append((x + (to_x - x) * part + dx, y + (to_y - y) * part + dy, pressure))
    return spots


def points(spots: list[Spot]) -> list[Point]:
    """As the board's pen writes them: of the places near enough, where it goes on most evenly."""
    found: list[Point] = []
    x = y = dx = dy = 0
    for spot in spots:
        before = x, y
        ahead = (x + dx, y + dy) if found else (spot[0] * UNIT, spot[1] * UNIT)
        x, y = min(_around(spot), key=lambda place: _uneven(place, ahead))
        dx, dy = (x - before[0], y - before[1]) if found else (0, 0)
        found.append((x, y, round(spot[2] * 31)))
    return found


def _around(spot: Spot) -> list[tuple[int, int]]:
    """The places of the board within NEAR, the nearest first."""
    x, y = spot[0] * UNIT, spot[1] * UNIT
    places = [(a, b) for a in (floor(x), ceil(x)) for b in (floor(y), ceil(y))]
    near = [place for place in places if dist(place, (x, y)) <= NEAR * UNIT]
    return sorted(near, key=lambda place: dist(place, (x, y)))


def _uneven(place: tuple[int, int], ahead: tuple[float, float]) -> float:
    return abs(place[0] - ahead[0]) + abs(place[1] - ahead[1])


def _tremble(at: float, phases: list[float]) -> float:
    waves = zip(TREMBLES, phases, strict=True)
    return TREMBLE / 2 * sum(math.sin(2 * math.pi * rate * at + phase) for rate, phase in waves)
