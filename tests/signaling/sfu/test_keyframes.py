"""Many rooms ask for a key frame; the teacher's uplink hears one of them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.keyframes import GAP, KeyframeGate


def test_a_hundred_rooms_make_one_plea() -> None:
    gate = KeyframeGate()
    assert [gate.ask(7, 1.0) for _ in range(100)].count(True) == 1


def test_a_plea_is_repeated_until_the_key_frame_comes() -> None:
    gate = KeyframeGate()
    gate.ask(7, 1.0)
    assert gate.again(1.0 + GAP / 2) is None
    assert gate.again(1.0 + GAP) == 7
    gate.arrived(7, 1.2)
    assert gate.again(9.0) is None


def test_another_layers_key_frame_does_not_end_the_wait() -> None:
    gate = KeyframeGate()
    gate.ask(7, 1.0)
    gate.arrived(8, 1.5)
    assert gate.again(2.0) == 7


def test_who_asks_just_after_a_key_frame_is_not_forgotten() -> None:
    gate = KeyframeGate()
    assert gate.ask(7, 1.0)
    gate.arrived(7, 1.05)
    assert not gate.ask(7, 1.1)
    gate.arrived(7, 1.05)
    assert gate.again(1.0 + GAP) == 7


@given(st.lists(st.tuples(st.floats(0, 0.3), st.sampled_from(["ask", "again", "key"]))))
def test_never_more_than_one_plea_a_second(steps: list[tuple[float, str]]) -> None:
    gate, now, pleas = KeyframeGate(), 0.0, []
    for wait, act in steps:
        now += wait
        if act == "key":
            gate.arrived(7, now)
        elif gate.ask(7, now) if act == "ask" else gate.again(now) is not None:
            pleas.append(now)
    assert all(b - a >= GAP - 1e-9 for a, b in itertools.pairwise(pleas))
