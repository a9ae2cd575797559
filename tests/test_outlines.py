"""Outlines of formulas: what was packed is read, and what no page would pack is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.errors import Malformed
from synclass.outlines import FARTHEST, LONGEST, PAIRS, Outline, Piece, Said, frame, read

from .outlined import HALF, box, packed

FAR = st.integers(-FARTHEST, FARTHEST)
SEGMENTS = st.sampled_from("LQCZM").flatmap(
    lambda letter: st.tuples(st.just(letter), st.tuples(*[FAR] * 2 * PAIRS[letter]))
)
PIECES = st.builds(
    lambda line, first, path: Piece(line, [("M", first), *path]),
    st.integers(0, 500),
    st.tuples(FAR, FAR),
    st.lists(SEGMENTS, max_size=9),
)
SAID = st.builds(Said, FAR, FAR, st.integers(1, 4000), st.text(max_size=9))
SIZE = st.integers(0, FARTHEST)
OUTLINES = st.builds(Outline, SIZE, SIZE, st.lists(PIECES | SAID, max_size=5))


@given(OUTLINES)
def test_what_was_packed_is_read(outline: Outline) -> None:
    assert read(packed(outline)) == outline


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(noise: bytes) -> None:
    try:
        outline = read(noise)
    except Malformed:
        return
    assert max(map(abs, frame(outline))) <= 2 * FARTHEST


PLAIN = packed(Outline(9, 9, []))
MANY = b"\xff\xff\xff\x7f"


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(b"\x09", id="no height"),
        pytest.param(b"\x00" + MANY, id="higher than any"),
        pytest.param(PLAIN + b"\x00\x00\x00\xff\xff\x0f\x02ab", id="words as wide as a street"),
        pytest.param(PLAIN + b"\x01\x01", id="a path that ends in its first place"),
        pytest.param(PLAIN + b"\x01\x02\x00\x00\x00", id="a path that begins nowhere"),
        pytest.param(PLAIN + b"\x01\x00", id="a path of nothing"),
        pytest.param(PLAIN + b"\x01\x01\x00\x00" + MANY + b"\x00", id="closed for ever"),
        pytest.param(PLAIN + b"\x01\x01" + MANY + MANY + b"\x00", id="out of sight"),
        pytest.param(PLAIN + b"\xff\xff\xff\xff\x7f", id="a number without end"),
        pytest.param(PLAIN + b"\x00\x00\x00\x09\x20ab", id="words that are shorter than they say"),
        pytest.param(PLAIN + b"\x00\x00\x00\x09\x01\xff", id="words that are none"),
        pytest.param(packed(Outline(9, 9, [Piece(0, box(0, 0, 9, 9))] * LONGEST)), id="a heap"),
    ],
)
def test_what_no_page_would_pack_is_refused(hostile: bytes) -> None:
    with pytest.raises(Malformed):
        read(hostile)


def test_the_frame_holds_all_there_is_of_a_formula() -> None:
    assert frame(HALF) == (0, 0, 1004, 1400)
    aside = Piece(0, box(-400, 0, 0, 2000))
    assert frame(HALF._replace(parts=[aside])) == (-400, 0, 600, 2000)
