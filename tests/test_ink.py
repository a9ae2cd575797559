import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.errors import Malformed
from synclass.ink import MOST_POINTS, Chain, Point, check_batch, decode, decode_stroke, encode

coordinate = st.integers(-8192, 8191)
wild = st.lists(st.tuples(coordinate, coordinate, st.integers(0, 31)), min_size=1, max_size=200)


def batches(points: list[Point], size: int) -> list[bytes]:
    chain, cut = Chain(), [points[i : i + size] for i in range(0, len(points), size)]
    return [encode(chain, some, first=n == 0) for n, some in enumerate(cut)]


@given(wild, st.integers(1, MOST_POINTS))
def test_any_stroke_comes_back_exactly(points: list[Point], size: int) -> None:
    packed = batches(points, size)
    chain = Chain()
    assert [point for batch in packed for point in decode(chain, batch)] == points
    assert decode_stroke(b"".join(packed)) == points


@given(wild, st.integers(1, MOST_POINTS))
def test_every_batch_we_pack_passes_the_check(points: list[Point], size: int) -> None:
    for n, batch in enumerate(batches(points, size)):
        assert check_batch(batch, first=n == 0) == len(points[n * size : (n + 1) * size])


@given(st.binary(max_size=700))
def test_hostile_bytes_are_read_or_refused_but_never_fatal(data: bytes) -> None:
    decode_stroke(data)
    decode(Chain(), data)
    for first in (True, False):
        try:
            assert check_batch(data, first=first) <= MOST_POINTS + 1
        except Malformed:
            continue


def test_a_batch_that_claims_more_than_it_holds_is_malformed() -> None:
    with pytest.raises(Malformed, match="shorter"):
        check_batch(b"\x7f\xff", first=False)


def test_handwriting_takes_less_than_two_bytes_a_point() -> None:
    points = [
        (400 + 9 * n + n * n // 40, 900 + 5 * n - n * n // 30, 12 + n // 20) for n in range(120)
    ]
    packed = batches(points, 12)
    assert sum(map(len, packed)) / len(points) < 2


@pytest.mark.parametrize("points", [[], [(0, 0, 32)], [(9000, 0, 1)], [(0, 0, 0)] * 65])
def test_what_does_not_fit_is_the_callers_bug(points: list[Point]) -> None:
    with pytest.raises(ValueError, match="in range"):
        encode(Chain(), points, first=True)
