"""Packets of sound come out of a lace as they went into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.frames import Setup
from recorder.lace import EBML, FIXED, MOST, join, laces, split
from recorder.lines import Block
from synclass.errors import Malformed

PACKETS = st.lists(st.binary(max_size=700), min_size=2, max_size=MOST)


@given(PACKETS)
def test_every_packet_comes_out_again(packets: list[bytes]) -> None:
    assert split(*join(packets)) == packets


def test_packets_of_one_size_cost_no_byte_each() -> None:
    kind, data = join([bytes(236)] * MOST)
    assert kind == FIXED and len(data) == MOST * 236 + 1
    kind, data = join([bytes(236 + n % 3) for n in range(MOST)])
    assert kind == EBML and len(data) < MOST * 238 + 2 + MOST


def test_only_what_goes_on_shares_a_block() -> None:
    voice = [Block(ms, 120, b"", Setup("opus")) for ms in (0, 120, 241, 500, 620)]
    assert [[block.ms for block in some] for some in laces(voice)] == [[0, 120, 241], [500, 620]]
    long = [Block(120 * n, 120, b"", Setup("opus")) for n in range(2 * MOST + 1)]
    assert [len(some) for some in laces(long)] == [MOST, MOST, 1]


@given(st.sampled_from([0, 2, FIXED, EBML]), st.binary(max_size=40))
def test_damaged_laces_are_told(flags: int, data: bytes) -> None:
    try:
        packets = split(flags, data)
    except Malformed:
        return
    assert flags in (0, FIXED, EBML) and sum(map(len, packets)) <= len(data)


@pytest.mark.parametrize("data", [b"", b"\x02ab", b"\x05"])
def test_what_does_not_fit_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        split(FIXED if data != b"\x05" else EBML, data)
