"""Packets come in any order, twice or never; they go on once and in order."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from recorder.jitter import LONGEST_QUEUE, STALE_RUN, Arrived, Gap, Jitter
from recorder.rtp import Packet


def packet(seq: int) -> Packet:
    return Packet(seq & 0xFFFF, seq * 960, 1, True, seq.to_bytes(4, "big"))


def numbers(items: list[Arrived | Gap]) -> list[int | str]:
    return [
        int.from_bytes(item.packet.payload, "big") if isinstance(item, Arrived) else "gap"
        for item in items
    ]


@given(st.integers(0, 70_000), st.integers(1, 300), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_whatever_the_line_does_packets_go_on_once_and_in_order(
    first: int, count: int, chance: random.Random
) -> None:
    jitter, out, now = Jitter(), [], 0.0
    sent = [(n * 0.02 + chance.choice([0, 0, 0.05, 0.3]), first + n) for n in range(count)]
    for at, seq in sorted(sent):
        if chance.random() < 0.9:
            for _ in range(chance.choice([1, 1, 2])):
                jitter.put(at, packet(seq))
        out += jitter.take(at)
        now = at
    out += jitter.take(now + 1)
    found = [n for n in numbers(out) if n != "gap"]
    assert found == sorted(set(found), key=int)
    for before, item, after in zip(out, out[1:], out[2:], strict=False):
        if isinstance(item, Gap):
            assert isinstance(before, Arrived)
            assert isinstance(after, Arrived)
            missing = (after.packet.seq - before.packet.seq - 1) & 0xFFFF
            assert missing == item.lost


def test_a_late_packet_is_waited_for_and_then_no_more() -> None:
    jitter = Jitter()
    jitter.put(0.00, packet(1))
    jitter.put(0.04, packet(3))
    assert numbers(jitter.take(0.04)) == [1]
    assert numbers(jitter.take(0.23)) == []
    jitter.put(0.23, packet(2))
    assert numbers(jitter.take(0.23)) == [2, 3]
    jitter.put(0.30, packet(5))
    assert numbers(jitter.take(0.51)) == ["gap", 5]
    jitter.put(0.52, packet(4))
    assert numbers(jitter.take(0.52)) == []


def test_no_more_packets_wait_than_the_room_has_chairs() -> None:
    jitter = Jitter()
    jitter.put(0, packet(0))
    for seq in range(2, 2 + LONGEST_QUEUE):
        jitter.put(0, packet(seq))
    assert numbers(jitter.take(0)) == [0]
    jitter.put(0, packet(2 + LONGEST_QUEUE))
    assert numbers(jitter.take(0)) == ["gap", *range(2, 3 + LONGEST_QUEUE)]


def test_a_camera_that_numbers_anew_is_followed() -> None:
    jitter = Jitter()
    jitter.put(0, packet(40_000))
    jitter.take(0)
    for seq in range(10_000, 10_000 + STALE_RUN + 5):
        jitter.put(1, packet(seq))
    first = 10_000 + STALE_RUN - 1
    assert numbers(jitter.take(1)) == [*range(first, first + 6)]
