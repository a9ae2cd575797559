"""A robot's ink is what its hand would write: in time, in place, and packed without loss."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.cli.robot.glyphs import GLYPHS, Line, text
from synclass.cli.robot.pen import SPEED, batches, points
from synclass.ink import TICK, UNIT, check_batch, decode_stroke

corners = st.tuples(st.floats(0, 1919), st.floats(0, 1079))
lines = st.lists(corners, min_size=1, max_size=9).map(tuple)
STEP = SPEED * TICK  # pixels that the pen is moved in a tick at most


@given(lines)
def test_packed_ink_is_the_pens_own_way(line: Line) -> None:
    packed = list(batches(points(line)))
    assert decode_stroke(b"".join(packed)) == points(line)


@given(lines)
def test_ink_comes_in_batches_of_a_tick_that_a_server_takes(line: Line) -> None:
    counts = [check_batch(ink, first=n == 0) for n, ink in enumerate(batches(points(line)))]
    assert sum(counts) == len(points(line))
    assert all(count * TICK == pytest.approx(0.05) for count in counts[:-1])


@given(lines)
def test_no_pen_is_quicker_than_a_calm_hand(line: Line) -> None:
    for here, there in pairwise(points(line)):
        assert math.dist(here[:2], there[:2]) <= STEP * UNIT + 2  # and both were rounded


@given(lines)
def test_a_stroke_begins_and_ends_where_its_line_does(line: Line) -> None:
    first, *_, last = points(line)
    for (x, y, _), corner in ((first, line[0]), (last, line[-1])):
        assert math.dist((x / UNIT, y / UNIT), corner) <= 0.18  # half a quarter pixel each way


@pytest.mark.parametrize("letter", GLYPHS)
def test_the_pen_passes_every_corner_of_what_it_writes(letter: str) -> None:
    """It is looked at 120 times a second, so a corner is at most half a step from a point."""
    for line in text(letter, 300, 300, 150):
        found = [(x / UNIT, y / UNIT) for x, y, _ in points(line)]
        for corner in line:
            assert min(math.dist(corner, point) for point in found) <= STEP / 2 + 0.2


def test_a_hand_starts_slowly_and_presses_in_the_middle() -> None:
    way = points(((100.0, 100.0), (700.0, 100.0)))
    steps = [b[0] - a[0] for a, b in pairwise(way)]
    assert steps[0] < steps[len(steps) // 2] / 2
    pressed = [p for _, _, p in way]
    assert pressed[0] < max(pressed) > pressed[-1] and max(pressed) == pressed[len(way) // 2]
    assert 0.9 < len(way) * TICK < 2.5, "seconds for 600 pixels"


def test_a_dot_is_ink_too() -> None:
    assert {point[:2] for point in points(((10.0, 20.0),))} == {(40, 80)}
