"""A link in a test is what the table says of it, and the same each time."""

import itertools

import pytest

from .pipe import Pipe
from .profiles import PROFILES, Outage, Way

PACKET = 1172  # bytes of payload: 1200 with its headers


def through(way: Way, every: float, seconds: float, seed: int = 1) -> list[float | None]:
    """When each of a steady flow's packets comes out, after its own entry."""
    pipe = Pipe(way, seed, 0.0)
    moments = [n * every for n in range(round(seconds / every))]
    out = [pipe.enter(PACKET, now) for now in moments]
    return [None if at is None else at - now for at, now in zip(out, moments, strict=True)]


def lost(delays: list[float | None]) -> float:
    return delays.count(None) / len(delays)


@pytest.mark.parametrize("name", PROFILES)
def test_each_line_loses_what_it_says(name: str) -> None:
    way = PROFILES[name].down._replace(outages=(), rate=0)
    assert lost(through(way, 0.02, 600)) == pytest.approx(way.loss, abs=0.02)


@pytest.mark.parametrize("name", PROFILES)
def test_each_line_is_as_slow_as_it_says(name: str) -> None:
    way = PROFILES[name].down._replace(jitter=0, loss=0, reorder=0, outages=())
    [first] = through(way, 1, 1)
    on_the_line = (PACKET + 28) * 8 / way.rate if way.rate else 0
    assert first == pytest.approx(way.delay + on_the_line)


def test_a_full_line_carries_its_rate_and_its_buffer_is_bounded() -> None:
    delays = through(Way(rate=1e6, buffer=0.3), 0.0048, 60)  # twice what it can take
    assert lost(delays) == pytest.approx(0.5, abs=0.01)
    assert max(d for d in delays if d is not None) < 0.3 + 0.01


def test_a_burst_takes_time_not_packets() -> None:
    way = Way(loss=0.1, burst=0.2)
    fast = [delay is None for delay in through(way, 0.004, 800)]
    slow = [delay is None for delay in through(way, 0.1, 800)]
    assert slow == fast[::25], "who sends less meets the same weather"
    lengths = [len(list(run)) for gone, run in itertools.groupby(fast) if gone]
    assert sum(lengths) / len(lengths) * 0.004 == pytest.approx(0.2, rel=0.2)


def test_an_outage_comes_when_it_says_and_again() -> None:
    delays = through(Way(outages=(Outage(3, 2, every=10),)), 0.5, 20)
    gone = [n * 0.5 for n, delay in enumerate(delays) if delay is None]
    assert gone == [3.0, 3.5, 4.0, 4.5, 13.0, 13.5, 14.0, 14.5]


def test_order_is_kept_but_for_what_is_reordered() -> None:
    for share in (0.0, 0.01):
        delays = through(Way(delay=0.05, jitter=0.02, reorder=share), 0.005, 100)
        out = [n * 0.005 + delay for n, delay in enumerate(delays) if delay is not None]
        overtaken = sum(b < a for a, b in itertools.pairwise(out))
        assert overtaken / len(out) == pytest.approx(share, abs=0.004)


def test_the_same_seed_is_the_same_line() -> None:
    way = PROFILES["wifi-crowded"].down
    assert through(way, 0.01, 20, seed=7) == through(way, 0.01, 20, seed=7)
    assert through(way, 0.01, 20, seed=7) != through(way, 0.01, 20, seed=8)
