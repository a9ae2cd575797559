"""What the teacher's line lost is asked for again: soon, some times, and not for ever."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.missing import GAP, LONGEST, REORDER, UNKNOWN_RTT, VIDEO, VOICE, Missing

RTT = 0.2


def never(seq: int) -> bool:
    return False


def asks(missing: Missing, until: float, rtt: float = RTT) -> list[tuple[float, list[int]]]:
    """All asks when time passes and nothing comes."""
    told = []
    while (due := missing.due_at()) is not None and due <= until:
        if wanted := missing.ask(due, rtt, never):
            told.append((due, wanted))
    return told


def test_a_packet_that_was_only_overtaken_is_not_asked_for() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 1.0)
    assert missing.ask(1.0 + REORDER / 2, RTT, never) == []
    assert missing.ask(1.0 + REORDER, RTT, lambda seq: seq == 7) == []
    assert missing.open == 0 == missing.asked


def test_a_lost_packet_is_asked_for_again_when_its_answer_could_have_come() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 1.0)
    moments = [at for at, _ in asks(missing, 9.0)]
    assert moments[0] == 1.0 + REORDER
    waits = [b - a for a, b in itertools.pairwise(moments)]
    assert all(wait > RTT for wait in waits) and len(moments) >= 4


def test_on_a_short_line_it_is_asked_for_at_most_so_often() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 0.0)
    assert len(asks(missing, 9.0, rtt=0.001)) == VIDEO.tries
    assert (missing.open, missing.given_up) == (0, 1)


def test_a_picture_that_came_too_late_is_no_longer_asked_for() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 0.0)
    assert asks(missing, 99.0)[-1][0] <= VIDEO.age + RTT * 3
    assert missing.given_up == 1


def test_a_voice_is_asked_for_a_few_times_only() -> None:
    missing = Missing(VOICE)
    missing.jumped(7, 1, 0.0)
    assert len(asks(missing, 9.0, rtt=0.02)) == VOICE.tries


def test_on_a_full_line_nothing_is_asked_for() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 0.0)
    while (due := missing.due_at()) is not None:
        assert missing.ask(due, RTT, never, room=False) == []
    assert missing.given_up == 1


def test_before_the_first_report_a_common_line_is_assumed() -> None:
    missing = Missing(VIDEO)
    missing.jumped(7, 1, 0.0)
    missing.ask(REORDER, -1, never)
    due = missing.due_at()
    assert due is not None and due > REORDER + UNKNOWN_RTT


def test_a_long_gap_wants_a_key_frame_instead() -> None:
    missing = Missing(VIDEO)
    missing.jumped(3, 2, 0.9)
    assert missing.jumped(10, LONGEST, 1.0)
    assert missing.open == 0 and missing.due_at() is None
    assert missing.given_up == LONGEST + 2


def test_numbers_that_wrap_are_missed_too() -> None:
    missing = Missing(VIDEO)
    missing.jumped(65534, 4, 0.0)
    assert missing.ask(REORDER, RTT, lambda seq: seq == 0) == [65534, 65535, 1]


@given(
    st.lists(st.tuples(st.integers(0, 65535), st.integers(1, LONGEST - 1)), max_size=20),
    st.floats(0, 1),
    st.sets(st.integers(0, 65535), max_size=50),
)
def test_whatever_is_lost_ends_and_is_bounded(
    gaps: list[tuple[int, int]], rtt: float, came: set[int]
) -> None:
    missing, tries = Missing(VIDEO), dict[int, list[float]]()
    now = 0.0
    for first, count in gaps:
        missing.jumped(first, count, now)
        assert missing.open <= VIDEO.most
    while (due := missing.due_at()) is not None:
        now = max(now, due)
        for seq in missing.ask(now, rtt, came.__contains__):
            tries.setdefault(seq, []).append(now)
    assert now < VIDEO.age + 4 * max(rtt, GAP)
    for seq, moments in tries.items():
        assert seq not in came and len(moments) <= VIDEO.tries
        assert all(b - a >= max(GAP, rtt) for a, b in itertools.pairwise(moments))
