"""Round trips: the ordinary ones of a restless line, and those that tell of a queue."""

import random

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.trips import DRAINED, GIVEN, LATE, QUEUED, RESTLESS, SPARSE, Trips

PLENTY = 400_000  # bit/s


def lasting(*rtts: float, sent: float = PLENTY, every: float = 1.0) -> tuple[Trips, list[bool]]:
    """Reports of these, and whether each told of a queue that grows."""
    trips, told = Trips(), list[bool]()
    for n, rtt in enumerate(rtts):
        trips.hear(rtt, n * every)
        told.append(trips.judge(sent, n * every))
    return trips, told


def test_where_no_round_trip_is_known_nothing_is_told() -> None:
    trips, told = lasting(-1.0, -1.0, -1.0)
    assert not (any(told) or trips.queued or trips.full or trips.waits)


def test_a_line_at_its_usual_tells_of_no_queue() -> None:
    dice = random.Random(1)
    trips, told = lasting(*(0.2 + dice.uniform(0, 0.05) for _ in range(200)))
    assert not any(told) and not trips.full and 0.2 <= trips.shortest <= trips.ordinary < 0.3


def test_two_late_ones_running_are_a_queue_and_one_is_not() -> None:
    calm = [0.05, 0.06] * 4
    assert not any(lasting(*calm, 0.3, *calm, 0.3, *calm)[1])
    assert lasting(*calm, 0.3, 0.3)[1][-2:] == [False, True]


def test_packets_may_wait_long_before_a_queue_overflows() -> None:
    calm = [0.05] * 8
    waiting, full = lasting(*calm, 0.05 + 1.5 * QUEUED)[0], lasting(*calm, 0.05 + 1.5 * LATE)[0]
    assert waiting.queued and waiting.waits and not waiting.full
    assert full.queued and full.full and full.full_at == len(calm)


def test_what_no_cut_makes_shorter_is_the_way_itself() -> None:
    trips, told = lasting(*[0.05] * 8, *[0.3] * (GIVEN + 2))
    assert sum(told) == GIVEN // 2
    assert not trips.late and trips.shortest == 0.3


def test_while_only_a_voice_is_sent_that_is_plain_sooner() -> None:
    """It is told of every five seconds, so six reports would be half a minute."""
    trips, _ = lasting(*[0.05] * 8, 0.3, 0.3, sent=SPARSE / 2, every=DRAINED + 1)
    assert not trips.late and trips.shortest == 0.3
    trips, _ = lasting(*[0.05] * 8, 0.3, 0.3, every=DRAINED + 1)
    assert trips.late == 2, "more is sent, so it may be a queue"


@given(st.lists(st.floats(-1, 30), max_size=60))
def test_whatever_is_told_what_is_ordinary_is_near_the_shortest(rtts: list[float]) -> None:
    trips, _ = lasting(*rtts)
    assert trips.shortest >= 0
    assert trips.ordinary == float("inf") or trips.ordinary <= trips.shortest + RESTLESS + 1e-9
