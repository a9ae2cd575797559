"""Resends are bounded: a full link must not be filled with yesterday's packets."""

import itertools

from signaling.sfu.history import (
    BURST,
    FLOOR_BPS,
    GAP,
    SHARE,
    SIZE,
    STALE,
    TIMES,
    Allowance,
    History,
    Tries,
)


def test_a_lost_packet_is_there_to_be_sent_again() -> None:
    history: History[str] = History()
    assert history.recall(0) is None
    history.keep(65535, "first")
    history.keep(0, "second")
    assert history.recall(65535) == "first"
    assert history.recall(0) == "second"
    assert history.recall(1) is None


def test_no_packet_is_sent_again_without_end() -> None:
    tries = Tries()
    sent = [at for at in (n * 0.001 for n in range(2000)) if tries.may(7, at)]
    assert len(sent) == TIMES
    assert all(b - a >= GAP * n for n, (a, b) in enumerate(itertools.pairwise(sent), 1))


def test_a_number_that_comes_round_again_is_another_packet() -> None:
    tries = Tries()
    for n in range(9):
        tries.may(7, n / 2)
    assert not tries.may(7, 4.5)
    assert tries.may(7, 4.6 + STALE)


def test_not_more_is_remembered_than_is_kept() -> None:
    tries = Tries()
    for seq in range(10 * SIZE):
        assert tries.may(seq, 0.0)
    assert len(tries._tried) == SIZE


def test_old_packets_make_room_for_new_ones() -> None:
    history: History[int] = History()
    for seq in range(SIZE + 1):
        history.keep(seq, seq)
    assert history.recall(0) is None
    assert history.recall(SIZE) == SIZE


def test_nothing_from_before_a_key_frame_comes_again() -> None:
    history: History[str] = History()
    history.keep(7, "old")
    history.clear()
    assert history.recall(7) is None


def test_resends_take_a_quarter_of_the_link_and_no_more() -> None:
    allowance, octets = Allowance(), 0
    for n in range(10_000):  # ten seconds of asking every millisecond
        octets += 1200 if allowance.spend(1200, 1_000_000, n / 1000) else 0
    assert octets * 8 <= SHARE * 1_000_000 * (10 + BURST) + 2 * 9600
    assert octets * 8 >= SHARE * 1_000_000 * 9


def test_a_link_that_says_it_is_nothing_still_gets_a_little() -> None:
    allowance = Allowance()
    assert allowance.spend(1000, 0, 0.0)
    assert allowance.spend(1000, 0, 1000 * 8 / (SHARE * FLOOR_BPS))
