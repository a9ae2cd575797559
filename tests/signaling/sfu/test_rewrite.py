"""Seams: many numberings become one, and no number is ever used twice."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.rewrite import AHEAD, BEHIND, Numbers, Pictures, distance

wrapping = st.integers(0, 0xFFFF)


@given(wrapping, st.integers(-0x8000, 0x7FFF))
def test_distance_knows_the_shorter_way_round(since: int, way: int) -> None:
    assert distance(since + way & 0xFFFF, since, 16) == way


@st.composite
def streams(draw: st.DrawFn) -> list[tuple[int, list[int]]]:
    """A few sources, each with its own beginning and its packets shuffled a little, some lost."""
    made = []
    for _ in range(draw(st.integers(1, 6))):
        begin, size = draw(wrapping), draw(st.integers(1, 60))
        order = [(n + draw(st.integers(0, 8)), n) for n in range(size)]
        lost = draw(st.sets(st.integers(0, size - 1), max_size=size // 3))
        made.append((begin, [begin + n & 0xFFFF for _, n in sorted(order) if n not in lost]))
    return made


@given(streams(), st.integers(0, 2**15 - 1))
def test_whatever_is_switched_numbers_stay_usable(
    sources: list[tuple[int, list[int]]], start: int
) -> None:
    numbers, sent, top = Numbers(start, 0), set(), start
    for _, seqs in sources:
        if not seqs:
            continue
        numbers.begin(seqs[0], 0, 960)
        for n, seq in enumerate(seqs):
            placed = numbers.place(seq, 0)
            assert n or placed is not None, "the packet a seam begins with always goes out"
            if placed is None:
                continue
            long = top + distance(placed[0], top & 0xFFFF, 16)
            assert long not in sent, "a number was sealed twice"
            assert n or long == top + 1, "a seam leaves no hole"
            assert top - long < BEHIND
            sent.add(long)
            top = max(top, long)
    assert numbers.top == top


@given(wrapping, st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(1, 90000))
def test_time_goes_on_across_a_seam(seq: int, ts: int, ours: int, step: int) -> None:
    numbers = Numbers(5, ours)
    numbers.begin(seq, ts, step)
    placed = numbers.place(seq, ts)
    assert placed == (6, ours + step & 0xFFFFFFFF)
    assert numbers.stamp(ts + 960 & 0xFFFFFFFF) == ours + step + 960 & 0xFFFFFFFF


def test_packets_from_before_the_seam_are_dropped() -> None:
    numbers = Numbers(100, 0)
    numbers.begin(50, 0, 1)
    assert numbers.place(50, 0) == (101, 1)
    assert numbers.place(49, 0) is None


def test_a_leap_is_not_a_continuation() -> None:
    numbers = Numbers(100, 0)
    numbers.begin(50, 0, 1)
    numbers.place(50, 0)
    assert numbers.continues(51) and numbers.continues(50 - BEHIND + 1 & 0xFFFF)
    assert not numbers.continues(50 + AHEAD) and not numbers.continues(50 - BEHIND & 0xFFFF)


@given(st.lists(st.tuples(st.integers(0, 0x7FFF), st.integers(1, 40)), min_size=1, max_size=6))
def test_pictures_count_on_across_seams(sources: list[tuple[int, int]]) -> None:
    pictures, expected = Pictures(0x7FF0, 250), 0x7FF0
    for first, frames in sources:
        pictures.begin(first, first & 0xFF)
        for n in range(frames):
            expected += 1
            pid, tl0 = pictures.place(first + n & 0x7FFF, 15, first + n & 0xFF)
            assert pid == expected & 0x7FFF
            assert tl0 == 250 + expected - 0x7FF0 & 0xFF


def test_narrow_picture_ids_count_on_too() -> None:
    pictures = Pictures(1000, 0)
    pictures.begin(126, None)
    assert [pictures.place(n & 0x7F, 7, None)[0] for n in range(126, 131)] == [*range(1001, 1006)]
