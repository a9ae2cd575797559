"""Somebody else's ink is seen over the time that it took to write, and in step with the voice."""

from itertools import pairwise

from synclass.ink import TICK, Chain, encode

from .browser import browser

FRAME = 10.0  # milliseconds
BATCH = 6  # points, 50 ms
POINTS = 120  # a second of writing


def batches() -> list[bytes]:
    points = [(4 * n, n * n % 90, 12) for n in range(POINTS)]
    chain = Chain()
    return [encode(chain, points[at : at + BATCH], first=at == 0) for at in range(0, POINTS, BATCH)]


def seen(voice_ms: float) -> list[int]:
    [points] = browser([("animated", voice_ms, batches(), BATCH * TICK * 1000, FRAME)])
    return list(points)


def first(points: list[int]) -> float:
    """Milliseconds until there is ink."""
    return FRAME * next(i for i, count in enumerate(points) if count > 0)


def test_ink_begins_at_once_and_goes_on_at_the_pens_pace() -> None:
    points = seen(0.0)
    assert first(points) == 0
    assert points[-1] == POINTS
    assert max(after - before for before, after in pairwise(points)) <= 3
    assert 900 <= FRAME * len(points) <= 1150


def test_ink_waits_for_a_voice_that_is_late_on_its_way_out() -> None:
    points = seen(800.0)
    assert 290 <= first(points) <= 320
    assert points[-1] == POINTS
    assert max(after - before for before, after in pairwise(points)) <= 3, "it does not hurry"
    assert 1200 <= FRAME * len(points) <= 1450


def test_ink_may_be_half_a_second_ahead_of_the_voice() -> None:
    assert first(seen(500.0)) == 0


def test_ink_does_not_wait_for_a_voice_that_is_hopelessly_late() -> None:
    assert first(seen(60_000.0)) <= 1020
