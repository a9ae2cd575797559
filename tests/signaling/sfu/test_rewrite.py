"""Seams: many numberings become one, and no number is ever used twice."""

import random

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.rewrite import REMEMBERED, Row, distance

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
        made.append((begin, [begin + n for _, n in sorted(order) if n not in lost]))
    return made


@given(streams(), st.integers(0, 2**15 - 1), st.randoms(use_true_random=False))
def test_whatever_is_switched_and_left_out_numbers_stay_usable(
    sources: list[tuple[int, list[int]]], start: int, dice: random.Random
) -> None:
    row, given_out, top = Row(start), set(), start
    for _, numbers in sources:
        if not numbers:
            continue
        row.begin(numbers[0])
        for n, number in enumerate(numbers):
            if number < row.first:
                continue
            if n and dice.random() < 0.2:
                row.skip(number)
                continue
            row.rise(number)
            ours = row.place(number)
            assert ours not in given_out, "a number was sealed twice"
            assert n or ours == top + 1, "a seam leaves no hole"
            assert row.origin(ours) == number
            given_out.add(ours)
            top = max(top, ours)
            assert row.top == top


def test_packets_from_before_the_seam_are_known_by_their_numbers() -> None:
    row = Row(100)
    row.begin(50)
    assert row.first == 50 and row.rise(50) and row.place(50) == 101


def test_what_is_left_out_leaves_no_hole_and_what_is_lost_keeps_its_place() -> None:
    row = Row(100)
    row.begin(10)
    row.rise(10)
    row.skip(12)  # 11 was jumped over
    row.skip(13)
    row.rise(14)
    assert (row.place(10), row.place(11), row.place(14)) == (101, 102, 103)
    row.skip(11)  # late, and not wanted: its place stays a hole
    assert row.place(14) == row.top == 103


def test_what_was_left_out_is_forgotten_when_nothing_so_old_can_be_sent_again() -> None:
    row = Row(0)
    row.begin(0)
    row.rise(0)
    row.skip(1)
    row.skip(REMEMBERED)
    row.tidy()
    assert row.origin(1) == 0, "a picture was sent, one left out, and a thousand lost"
    row.rise(1 + REMEMBERED)
    row.tidy()
    assert row.skipped == [REMEMBERED]


def test_of_sparse_numbers_what_is_left_out_leaves_its_hole() -> None:
    row = Row(100)
    row.sparse = True
    row.begin(10)
    row.rise(10)
    row.skip(11)
    row.rise(12)
    assert (row.place(10), row.place(12), row.top) == (101, 103, 103)
    row.skip(13)
    row.begin(70)
    row.rise(70)
    assert row.place(70) == 104, "the next one goes on behind what was given out"


def test_a_number_given_out_stays_below_the_next_beginning() -> None:
    row = Row(100)
    row.begin(10)
    row.rise(10)
    row.skip(20)
    row.begin(7)
    row.rise(7)
    assert row.place(7) == 102
