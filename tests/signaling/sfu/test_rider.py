"""Ink in the padding of voice."""

import os
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.rider import (
    BUNDLE,
    COPIES,
    HEAD,
    LARGEST,
    MOST_COPIES,
    WAITING,
    Rider,
    copies_for,
    read,
)
from synclass.errors import Malformed

ROUNDS = 10**6 if os.environ.get("SYNCLASS_PROOF") else 2 * 10**5


def test_a_batch_rides_in_four_packets_and_then_no_more() -> None:
    rider = Rider()
    rider.add(65535, b"stroke")
    for _ in range(COPIES):
        assert read(rider.take(1000)) == [(65535, b"stroke")]
    assert not rider.owed and rider.take(1000) == b""


def test_the_more_a_line_loses_the_more_often_a_batch_rides() -> None:
    assert [copies_for(loss) for loss in (0.0, 0.1, 0.2, 0.3)] == [COPIES, COPIES, 5, 7]
    assert copies_for(0.6) == copies_for(1.0) == MOST_COPIES
    rider = Rider()
    rider.copies = 7
    rider.add(1, b"stroke")
    assert [bool(rider.take(1000)) for _ in range(8)] == [True] * 7 + [False]


@given(
    st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=20), st.integers(0, 65535)
)
def test_every_batch_arrives_whole_and_under_its_number(batches: list[bytes], first: int) -> None:
    rider, came = Rider(), dict[int, bytes]()
    for n, batch in enumerate(batches):
        rider.add(first + n, batch)
        bundle = rider.take(400)
        assert len(bundle) <= 400
        came.update(read(bundle))
    while rider.owed:
        came.update(read(rider.take(400)))
    assert came == {first + n & 0xFFFF: batch for n, batch in enumerate(batches)}


def test_numbers_that_are_not_for_this_room_are_skipped() -> None:
    rider = Rider()
    for number in (5, 7, 40):
        rider.add(number, b"x")
    assert [number for number, _ in read(rider.take(1000))] == [5, 7]
    for _ in range(COPIES):
        last = rider.take(1000)
    assert read(last) == [(40, b"x")]


def test_what_is_too_large_comes_by_the_socket() -> None:
    rider = Rider()
    rider.add(1, bytes(LARGEST + 1))
    rider.add(2, b"")
    assert not rider.owed


def test_a_room_that_hears_nothing_is_not_owed_a_whole_lesson() -> None:
    rider = Rider()
    for number in range(WAITING + 5):
        rider.add(number, b"stroke")
    assert read(rider.take(BUNDLE))[0] == (5, b"stroke")


def test_padding_of_others_is_not_ink() -> None:
    assert read(b"") == read(bytes(9)) == read(bytes((126 << 1, 1, 2, 3))) == []


@pytest.mark.parametrize("rest", [b"", b"\0", b"\0\1\5abc", b"\0\1\xfc"])
def test_a_broken_bundle_is_named(rest: bytes) -> None:
    with pytest.raises(Malformed):
        read(bytes((HEAD,)) + rest)


def test_garbage_is_either_ink_or_malformed() -> None:
    dice = random.Random(6)
    taken = 0
    for _ in range(ROUNDS):
        with suppress(Malformed):
            taken += bool(read(bytes((HEAD,)) + dice.randbytes(dice.randrange(30))))
    assert taken > ROUNDS / 1000
