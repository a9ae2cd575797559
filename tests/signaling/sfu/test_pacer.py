"""A subscriber's video is held back to its rate; both planes' pacers are in test_plane_pace.py."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.pacer import Pacer
from signaling.sfu.plane import PACE_BURST, PACE_BYTES


def test_a_pacer_without_a_rate_need_not_be_asked() -> None:
    pacer = Pacer()
    assert pacer.idle
    pacer.pace(1_000_000)
    assert not pacer.idle


@given(
    st.integers(50_000, 5_000_000),
    st.lists(st.tuples(st.floats(0, 0.1), st.integers(0, 12), st.integers(0, 2000)), max_size=60),
)
def test_never_more_goes_than_the_rate_and_a_burst(
    bps: int, steps: list[tuple[float, int, int]]
) -> None:
    pacer, now, went, came, refused = Pacer(), 1.0, 0, 0, 0
    pacer.pace(bps)
    for wait, count, sound in steps:
        now += wait
        pacer.charge(sound, now)
        going = pacer.release(now)
        more, lost = pacer.admit([bytes(1000)] * count, now)
        came, refused = came + count, refused + lost
        went += sum(map(len, going + more))
        assert went <= max(PACE_BYTES, bps / 8 * PACE_BURST) + (now - 1.0) * bps / 8 + 1
    assert went + pacer.waiting == (came - refused) * 1000
    pacer.pace(0)
    assert sum(map(len, pacer.release(now))) + went == (came - refused) * 1000 and pacer.idle
