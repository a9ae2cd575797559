"""Copies of what came before, inside packets."""

import os
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.packet import Rtp, build_rtp, parse_rtp
from signaling.sfu.red import FARTHEST, LARGEST, Block, Past, bare, unfold, unwrap, wrap
from synclass.errors import Malformed

ROUNDS = 10**6 if os.environ.get("SYNCLASS_PROOF") else 2 * 10**5
OPUS, RED = 111, 63


@given(
    st.lists(st.binary(max_size=200), min_size=1, max_size=9),
    st.integers(0, 2),
    st.integers(0, 2**32 - 1),
    st.sampled_from([960, 2880]),
)
def test_a_voice_comes_with_its_last_words(
    words: list[bytes], copies: int, start: int, step: int
) -> None:
    past = Past(2)
    for n, word in enumerate(words):
        ts = start + n * step & 0xFFFFFFFF
        body = wrap(ts, OPUS, word, past.newest(copies, ts, 1200))
        past.add(ts, word)
        before = range(max(0, n - copies), n + 1)
        assert unwrap(ts, body) == [
            Block(start + k * step & 0xFFFFFFFF, OPUS, words[k]) for k in before
        ]


def test_what_is_too_long_ago_is_not_sent_again() -> None:
    past = Past(2)
    past.add(0, b"long ago")
    assert past.newest(2, FARTHEST, 1200)
    assert not past.newest(2, FARTHEST + 1, 1200)


def test_what_is_too_large_is_not_sent_again() -> None:
    past = Past(2)
    past.add(0, bytes(LARGEST + 1))
    past.add(960, b"short")
    assert past.newest(2, 1920, 2000) == [(960, b"short")]


def test_copies_do_not_burst_the_datagram() -> None:
    past = Past(2)
    past.add(0, bytes(100))
    past.add(960, bytes(100))
    assert len(past.newest(2, 1920, 208)) == 2
    assert len(past.newest(2, 1920, 207)) == 1


def test_a_voice_with_copies_repairs_what_was_lost_on_the_way_up() -> None:
    past, came = Past(2), set[int]()
    made: list[Rtp] = []
    for n in range(6):
        ts = n * 960
        body = wrap(ts, OPUS, b"word%d" % n, past.newest(2, ts, 1200))
        past.add(ts, b"word%d" % n)
        if n in (1, 4, 5):  # the others were lost
            packet = Rtp(n == 0, 63, 65533 + n & 0xFFFF, ts, 7, {1: b"loud"}, body)
            made += unfold(packet, came.__contains__)
            came |= {part.seq for part in made}
    assert [(part.seq, part.ts, part.payload) for part in made] == [
        (65533 + n & 0xFFFF, n * 960, b"word%d" % n) for n in range(6)
    ]
    assert all(part.pt == OPUS for part in made)
    assert [bool(part.extensions) for part in made] == [n in (1, 4, 5) for n in range(6)]


def test_a_copy_from_before_a_pause_is_not_put_into_it() -> None:
    body = wrap(16_000, OPUS, b"word", [(0, b"long ago")])
    [part] = unfold(Rtp(True, 63, 9, 16_000, 7, {}, body), lambda seq: False)
    assert part.payload == b"word"


@pytest.mark.parametrize(
    "body", [b"", b"\xef", b"\xef\x00\x00", b"\xef\x0f\x00\x05", b"\xef\x0f\x00\x05\x6fabc"]
)
def test_a_broken_packet_is_named(body: bytes) -> None:
    with pytest.raises(Malformed):
        unwrap(0, body)


def test_garbage_is_either_copies_or_malformed() -> None:
    dice = random.Random(5)
    taken = 0
    for _ in range(ROUNDS):
        garbage = dice.randbytes(dice.randrange(40))
        with suppress(Malformed):
            blocks = unwrap(7, garbage)
            assert sum(len(block.payload) for block in blocks) < len(garbage)
            taken += 1
    assert taken > ROUNDS / 10


@given(
    st.lists(st.binary(max_size=90), min_size=1, max_size=4),
    st.booleans(),
    st.dictionaries(st.integers(1, 14), st.binary(min_size=1, max_size=16), max_size=3),
    st.sets(st.integers(0, 3)),
    st.sampled_from([0, 2, 65534]),
)
def test_the_short_way_ends_where_the_long_one_does(
    words: list[bytes], marker: bool, extensions: dict[int, bytes], came: set[int], seq: int
) -> None:
    """Of the copies before this packet those have come whose places, counted back, are named."""
    *old, new = words
    copies = [(960 * n, word) for n, word in enumerate(old)]
    payload = wrap(960 * len(old), OPUS, new, copies)
    packet = Rtp(marker, RED, seq, 960 * len(old), 7, extensions, payload)
    seqs = {seq - back & 0xFFFF for back in came}
    short = bare(build_rtp(packet), RED, 9, seqs.__contains__)
    *missing, newest = unfold(packet, seqs.__contains__)
    assert bool(short) is not bool(missing)
    if short:
        assert parse_rtp(short) == newest._replace(ssrc=9)


@given(st.binary(min_size=12, max_size=60), st.integers(0, 127))
def test_the_short_way_is_not_for_what_makes_no_sense(data: bytes, pt: int) -> None:
    short = bare(bytes((data[0] | 0x80,)) + data[1:], pt, 9, lambda _: True)
    if short:
        parse_rtp(short)
