import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.courseware.paths import PIXEL, number, shortened, step

coordinates = st.floats(-5000, 5000).map(lambda value: f"{value:.6f}")


@st.composite
def outlines(draw: st.DrawFn) -> str:
    """A path as pdftocairo writes them."""
    takes = {"M": 2, "L": 2, "C": 6, "Z": 0, "H": 1, "V": 1}
    letters = ["M", *draw(st.lists(st.sampled_from("LCZMHV"), max_size=12)), "L"]
    words = [
        " ".join([letter, *(draw(coordinates) for _ in range(takes[letter]))]) for letter in letters
    ]
    return " ".join(words) + " "


def points(d: str) -> list[tuple[float, float]]:
    """Where a path goes, read without our own code: absolute, one end after another."""
    x = y = 0.0
    start, seen = (0.0, 0.0), []
    for letter, rest in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", d):
        values = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if letter in "zZ":
            x, y = start
        else:
            base = (x, y) if letter.islower() else (0.0, 0.0)
            if letter in "hH":
                values = [values[0] + base[0], y]
            elif letter in "vV":
                values = [x, values[0] + base[1]]
            else:
                values = [v + base[n % 2] for n, v in enumerate(values)]
            seen += list(zip(values[::2], values[1::2], strict=True))
            x, y = values[-2:]
            start = (x, y) if letter in "mM" else start
    return seen


@given(outlines(), st.floats(0.01, 10))
def test_no_point_moves_by_more_than_half_a_step(d: str, scale: float) -> None:
    size = step(scale)
    assert size * scale <= PIXEL * 1.0001
    for ours, theirs in zip(points(shortened(d, size)), points(d), strict=True):
        assert ours == pytest.approx(theirs, abs=size * 0.51 + 1e-6)


def test_a_short_path_is_written_as_one_would_by_hand() -> None:
    d = "M 0.59375 2.125 L 0.59375 -8.46875 L 6.59375 -8.46875 Z M 1.5 1.5 "
    assert shortened(d, 0.05) == "m.6 2.1v-10.55h6z"


@pytest.mark.parametrize(
    "d", ["M 1 2 A 1 1 0 0 1 3 3", "M 1 2 3 4", "m 1 2 l 3 4", "M 1", "", "url(x)"]
)
def test_what_is_more_than_that_stays_as_it_is(d: str) -> None:
    assert shortened(d, 0.05) == d


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.01, "0"), (-0.25, "-.25"), (12.0, "12")]
)
def test_a_number_has_nothing_that_is_not_needed(value: float, text: str) -> None:
    assert number(value, 0.05) == text
