"""A room that is behind goes over silence, waits for what is not kept, and finds the live voice."""

import json
import math
import random
from typing import Any

import pytest

from .browser import browser

KNOWN = 100.0


def jump(
    at: float, silent_until: list[float | None], heard: list[tuple[float, float]] | None = None
) -> float | None:
    [answer] = browser([("jump", at, silent_until, heard or [], KNOWN)])
    return None if answer is None else float(answer)


@pytest.mark.parametrize(
    ("silent_until", "to"),
    [
        ([50.0, math.inf], None),  # somebody speaks
        ([60.0, 55.0], 55.0),  # the next who speaks
        ([50.2, math.inf], None),  # a breath
        ([None, 60.0], None),  # still to be fetched
        ([math.inf], KNOWN),  # nobody has spoken since
        ([], KNOWN),
    ],
)
def test_silence_is_passed_over_and_a_breath_is_not(
    silent_until: list[float | None], to: float | None
) -> None:
    assert jump(50.0, silent_until) == to


def test_what_was_heard_live_is_not_heard_again() -> None:
    assert jump(50.0, [50.0], [(48.0, 53.5)]) == 53.5
    assert jump(53.5, [53.5], [(48.0, 53.5)]) is None


def file(name: str, clusters: list[tuple[int, int]], ends_ms: int, **more: Any) -> dict[str, Any]:
    size = {"size": clusters[-1][1] + 900, "header": 200, "mime": "audio/webm", "who": "wang"}
    shown = {"name": name, "clusters": clusters, "ends_ms": ends_ms}
    return {**size, **shown, "track": "voice", "live": True} | more


def test_lists_that_name_only_what_is_new_are_put_together() -> None:
    first = [file("a", [(0, 200), (300, 900)], 600), file("b", [(0, 200)], 300, live=False)]
    later = [file("a", [(300, 900), (600, 1500)], 900), file("c", [(700, 200)], 900)]
    [files] = browser([("merged", json.dumps(first), json.dumps(later))])
    assert [one["name"] for one in files] == ["a", "b", "c"]
    assert files[0]["clusters"] == [[0, 200], [300, 900], [600, 1500]]
    assert files[0]["ends_ms"] == 900


def test_what_nobody_says_any_more_is_known_after_two_seconds() -> None:
    growing, ended = file("a", [(0, 200)], 9500), file("b", [(0, 200)], 12_000, live=False)
    asked = [[growing, ended], [ended], []]
    answers = browser([("known", json.dumps(files), 10.0) for files in asked])
    assert answers == [9.5, 8.0, 8.0]


def speech(dice: random.Random, seconds: float) -> list[float]:
    """How loud each twentieth of a second is: syllables, and pauses between sentences."""
    loud: list[float] = []
    while len(loud) < seconds * 20:
        loud += [dice.uniform(-2, -0.7)] * dice.randint(2, 6) + [-4.0] * dice.randint(1, 3)
        if dice.random() < 0.1:
            loud += [-4.0] * dice.randint(10, 30)
    return loud


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("late", [-1.7, -0.35, 0.0, 0.3])
def test_the_live_voice_is_found_however_long_it_was_on_its_way(seed: int, late: float) -> None:
    dice = random.Random(seed)
    loud = speech(dice, 12)
    past = [{"at": 500 + n / 20 * 1.25, "loud": loud[int(n * 1.25)]} for n in range(180)]
    live = [
        {"at": 40 + n / 20 - late, "loud": one + dice.gauss(0, 0.1)} for n, one in enumerate(loud)
    ]
    [found] = browser([("offset", json.dumps(past), json.dumps(live), 457.5, 460.5)])
    assert found == pytest.approx(460 + late, abs=0.06)


def test_what_has_nothing_to_do_with_it_is_not_taken_for_it() -> None:
    dice = random.Random(7)
    past = [{"at": n / 20, "loud": one} for n, one in enumerate(speech(dice, 12))]
    live = [{"at": n / 20, "loud": one} for n, one in enumerate(speech(dice, 12))]
    for heard in (live, live[:20], []):
        [found] = browser([("offset", json.dumps(past), json.dumps(heard), -2.5, 0.5)])
        assert found is None
