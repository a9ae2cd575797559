"""What a robot writes stays in its place and has the strokes that a teacher would write."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.cli.robot.glyphs import (
    DIGIT_WIDTH,
    GLYPHS,
    NARROW,
    WIDTH,
    Line,
    cake,
    ellipse,
    fraction,
    ribbon,
    text,
)

STROKES = {"1": 1, "4": 2, "5": 2, "一": 1, "二": 2, "三": 3, "分": 4, "之": 3, "半": 5}
STROKES |= {"大": 3, "小": 3, "个": 3, "义": 3, "意": 13, "数": 13}  # as a dictionary counts them
places = st.floats(0, 1500)
sizes = st.floats(40, 300)


def box(lines: list[Line]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some writing."""
    across, down = [x for line in lines for x, _ in line], [y for line in lines for _, y in line]
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize("letter", GLYPHS)
def test_a_glyph_does_not_run_into_the_next(letter: str) -> None:
    left, top, right, bottom = box(text(letter, 0, 0, 100))
    assert left >= 0 and right < (DIGIT_WIDTH if letter in NARROW else WIDTH)
    assert top >= 0 and bottom <= 100


@pytest.mark.parametrize(("letter", "count"), STROKES.items())
def test_a_character_has_the_strokes_of_the_dictionary(letter: str, count: int) -> None:
    assert len(GLYPHS[letter]) == count


@given(st.text(alphabet=[*GLYPHS], min_size=1, max_size=6), places, places, sizes)
def test_writing_is_the_same_wherever_and_however_large(
    words: str, x: float, y: float, height: float
) -> None:
    for line, plain in zip(text(words, x, y, height), text(words, 0, 0, 100), strict=True):
        moved = [(x + across * height / 100, y + down * height / 100) for across, down in plain]
        assert [*line] == [pytest.approx(point) for point in moved]


@given(st.text(alphabet=[*GLYPHS, "龙"], min_size=1, max_size=6), st.sampled_from([*GLYPHS]))
def test_a_letter_that_cannot_be_written_leaves_its_place_empty(words: str, last: str) -> None:
    ahead = sum(DIGIT_WIDTH if letter in NARROW else WIDTH for letter in words)
    assert text(words + last, 0, 0, 100)[-1][0][0] == pytest.approx(ahead + GLYPHS[last][-1][0][0])


@given(st.integers(0, 99), st.integers(1, 99), places, places, sizes)
def test_a_fraction_has_one_number_above_its_bar_and_one_below(
    over: int, under: int, x: float, y: float, height: float
) -> None:
    bar, *numbers = fraction(over, under, x, y, height)
    count = len(text(str(under), 0, 0, 1))
    below, above = box(numbers[:count]), box(numbers[count:])
    left, top, right, bottom = box([bar])
    assert above[3] < top and bottom < below[1]
    assert left < min(above[0], below[0]) and max(above[2], below[2]) < right


@given(st.integers(2, 12), st.data())
def test_a_cake_is_cut_fairly_and_what_is_eaten_is_hatched(parts: int, data: st.DataObject) -> None:
    eaten = data.draw(st.integers(0, parts))
    rim, *lines = cake(0, 0, 100, parts=parts, eaten=eaten)
    cuts, hatches = lines[:parts], lines[parts:]
    assert all(math.hypot(*point) == pytest.approx(100) for point in rim)
    angles = [_from_the_top(end) for _, end in cuts]
    assert angles == [pytest.approx(2 * math.pi * n / parts, abs=1e-6) for n in range(parts)]
    slices = [int(_from_the_top(end) / (2 * math.pi / parts)) for _, end in hatches]
    assert slices == [n for n in range(eaten) for _ in range(3)]


def _from_the_top(point: tuple[float, float]) -> float:
    """The angle of a point, clockwise."""
    return (math.atan2(point[1], point[0]) + math.pi / 2 + 1e-9) % (2 * math.pi)


@given(st.integers(1, 12), st.data())
def test_a_ribbon_is_folded_into_equal_parts_the_first_of_them_marked(
    parts: int, data: st.DataObject
) -> None:
    marked = data.draw(st.integers(0, parts))
    lines = ribbon(100, 200, 1200, parts=parts, marked=marked)
    folds, marks = lines[2 : 3 + parts], lines[3 + parts :]
    assert [fold[0][0] for fold in folds] == [
        pytest.approx(100 + 1200 * n / parts) for n in range(parts + 1)
    ]
    assert len(marks) == 3 * marked
    for n, mark in enumerate(marks):
        assert all(folds[n // 3][0][0] <= x <= folds[n // 3 + 1][0][0] for x, _ in mark)


def test_a_round_is_closed_with_a_little_over() -> None:
    line = ellipse(50, 50, 20, 40)
    assert line[24] == pytest.approx(line[0]) and line[25] == pytest.approx(line[1])
