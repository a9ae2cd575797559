"""Resends are bounded: a full link must not be filled with yesterday's packets."""

import itertools

from signaling.sfu.history import (
    BURST,
    FLOOR_BPS,
    GAP,
    SHARE,
    SIZE,
    TIMES,
    Allowance,
    Tries,
)


def test_no_packet_is_sent_again_without_end() -> None:
    tries = Tries()
    sent = [at for at in (n * 0.001 for n in range(2000)) if tries.may(7, at)]
    assert len(sent) == TIMES
    assert all(b - a >= GAP * n for n, (a, b) in enumerate(itertools.pairwise(sent), 1))


def test_not_more_is_remembered_than_is_kept() -> None:
    tries = Tries()
    for seq in range(10 * SIZE):
        assert tries.may(seq, 0.0)
    assert len(tries._tried) == SIZE


def test_what_is_asked_for_again_and_again_is_asked_for_once() -> None:
    tries = Tries()
    assert [tries.begin(7, n * 0.1) for n in range(3)] == [True, False, False]
    assert tries.may(7, 0.3) and not tries.begin(7, 0.4)


def test_resends_take_a_quarter_of_the_link_and_no_more() -> None:
    allowance, octets = Allowance(), 0
    for n in range(10_000):  # ten seconds of asking every millisecond
        octets += 1200 if allowance.spend(1200, 1_000_000, n / 1000) else 0
    assert octets * 8 <= SHARE * 1_000_000 * (10 + BURST) + 2 * 9600
    assert octets * 8 >= SHARE * 1_000_000 * 9


def test_a_link_that_says_it_is_nothing_still_gets_a_little() -> None:
    allowance = Allowance()
    assert allowance.spend(1000, 1, 0.0)
    assert allowance.spend(1000, 1, 1000 * 8 / (SHARE * FLOOR_BPS))
