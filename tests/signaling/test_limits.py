from hypothesis import given
from hypothesis import strategies as st

from signaling.limits import MOST_KEYS, Limiter


def test_a_burst_is_let_through_and_then_one_at_a_time() -> None:
    limiter = Limiter(rate=1 / 5, burst=3)
    assert [limiter.take("a", 0) for _ in range(4)] == [0, 0, 0, 5]
    assert limiter.take("a", 5) == 0 and limiter.take("b", 5) == 0


def test_what_costs_more_than_is_left_makes_the_next_wait() -> None:
    limiter = Limiter(rate=1, burst=5)
    assert [limiter.take("a", 0, cost=8), limiter.take("a", 0)] == [0, 4]
    assert limiter.take("a", 4) == 0


def test_asking_how_long_uses_up_nothing() -> None:
    limiter = Limiter(rate=1, burst=1)
    assert [limiter.wait("a", 0) for _ in range(3)] == [0, 0, 0]
    limiter.take("a", 0)
    assert limiter.wait("a", 0.25) == 0.75


@given(st.lists(st.floats(0, 5), max_size=200))
def test_nobody_gets_more_than_the_burst_and_the_rate(waits: list[float]) -> None:
    limiter, now, passed = Limiter(rate=2, burst=5), 0.0, 0
    for wait in waits:
        now += wait
        passed += limiter.take("a", now) == 0
    assert passed <= 5 + 2 * now + 1e-6


def test_it_forgets_the_longest_untouched() -> None:
    limiter = Limiter(rate=0.001, burst=1)
    for number in range(MOST_KEYS + 1):
        limiter.take(str(number), 0)
    assert limiter.take("0", 0) == 0 and limiter.take(str(MOST_KEYS), 0) > 0
