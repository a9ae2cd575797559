"""What is pasted looks like what was copied."""

import base64
import random

from synclass.ink import Chain, Point, decode_stroke, encode
from synclass.marks import LONGEST_STROKE, Ink, Pen, check_body

from .browser import browser

STILL = (1, 0, 0, 1, 0, 0)


def wandering(seed: int, count: int) -> list[Point]:
    dice, points, x, y = random.Random(seed), list[Point](), 3000, 2000
    for _ in range(count):
        x, y = x + dice.randrange(-40, 41), y + dice.randrange(-40, 41)
        points.append((x, y, dice.randrange(1, 32)))
    return points


def stroke(points: list[Point]) -> bytes:
    chain, parts = Chain(), [points[:64]]
    parts += [points[at : at + 63] for at in range(64, len(points), 63)]
    return b"".join(encode(chain, part, first=n == 0) for n, part in enumerate(parts))


def copied(points: list[Point], cuts: list[int], matrix: tuple[float, ...]) -> list[Ink]:
    [copies] = browser([("copies", 12, stroke(points), cuts, matrix)])
    return [Ink(Pen(*pen), base64.b64decode(ink)) for pen, ink in copies]


def test_a_copy_lies_where_its_mark_was_moved_to_and_is_as_large() -> None:
    points = wandering(1, 300)
    [copy] = copied(points, [], (0.5, 0, 0, 0.5, 400, -80))
    assert copy.pen == Pen("pen", 5, 6)
    want = [(0.5 * x + 400, 0.5 * y - 80, p) for x, y, p in points]
    there = decode_stroke(copy.ink)
    assert len(there) == len(want)
    assert all(
        abs(x - a) <= 0.5 and abs(y - b) <= 0.5 and p == q
        for (x, y, p), (a, b, q) in zip(there, want, strict=True)
    )


def test_what_was_erased_from_a_stroke_is_not_pasted() -> None:
    points = wandering(2, 200)
    pieces = copied(points, [0, 10, 50, 120], STILL)
    assert [decode_stroke(piece.ink) for piece in pieces] == [points[10:50], points[120:]]


def test_a_stroke_that_grew_too_long_is_pasted_in_pieces_the_lesson_takes() -> None:
    points = wandering(3, 6000)
    pieces = copied(points, [], (3, 0, 0, 3, -6000, -4000))
    assert len(pieces) > 1
    for piece in pieces:
        check_body(piece)
        assert len(piece.ink) <= LONGEST_STROKE
    assert sum(len(decode_stroke(piece.ink)) for piece in pieces) == len(points) + len(pieces) - 1
