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


def test_what_a_voice_says_is_known_as_far_as_it_is_kept_and_silence_after_three_seconds() -> None:
    growing, ended = file("a", [(0, 200)], 9500), file("b", [(0, 200)], 12_000, live=False)
    asked: list[tuple[list[dict[str, Any]], float, list[str]]] = [
        ([growing, ended], 10.0, ["wang"]),
        ([growing], 15.0, ["wang"]),  # it is late: waited for
        ([growing], 25.0, ["wang"]),  # it is lost
        ([growing], 15.0, []),  # the microphone is off
        ([ended], 10.0, ["wang"]),
        ([], 10.0, []),
    ]
    answers = browser([("known", json.dumps(files), at, who) for files, at, who in asked])
    assert answers == [9.5, 9.5, 15.0, 12.0, 7.0, 7.0]


def test_only_what_was_surely_heard_live_is_not_heard_again() -> None:
    assert browser([("heardLive", 50, 54), ("heardLive", 50, 60)]) == [[], [[52, 59]]]


@pytest.mark.parametrize(
    ("heard", "seconds", "since", "missed"),
    [
        (200.0, 150.0, 258.0, {"from": 200, "to": 260, "why": "away"}),  # it was reloaded
        (200.0, 0.0, 258.0, {"from": 200, "to": 260, "why": "away"}),  # by another ticket
        (60.0, 0.0, 258.0, {"from": 100, "to": 260, "why": "away"}),  # until before the bell
        (256.0, 150.0, 258.0, None),  # not worth it
        (None, 0.0, 258.0, {"from": 100, "to": 260, "why": "late"}),
        (None, 150.0, 258.0, None),  # it was here, and heard it on another device
    ],
)
def test_who_comes_in_is_asked_about_what_was_said_since_it_heard_the_lesson(
    heard: float | None, seconds: float, since: float, missed: dict[str, Any] | None
) -> None:
    assert browser([("missed", heard, 100.0, seconds, since, 260.0)]) == [missed]


def test_a_long_silence_is_hurried_through_and_a_word_after_it_is_not() -> None:
    quiet = [(50.0, 55.0)]
    asked = [("pace", at, 100.0, quiet, 1.25) for at in (50.1, 50.4, 53.4, 53.6, 55.0)]
    assert browser(asked) == [1.25, 3, 3, 1.25, 1.25]
    assert browser([("pace", 50.4, 51.0, quiet, 1.25)]) == [1.25]  # the live voice is near


Tone = tuple[float, float]


def speech(dice: random.Random, seconds: float) -> list[Tone]:
    """Each hundredth of a second: syllables, and pauses between sentences."""
    tones: list[Tone] = []
    while len(tones) < seconds * 100:
        tones += [(dice.uniform(0.01, 0.3), dice.uniform(200, 2500))] * dice.randint(8, 25)
        tones += [(0.0, 100.0)] * dice.choice((0, 3, 8, 60))
    return tones


def noisy(dice: random.Random, tones: list[Tone]) -> list[Tone]:
    return [(loud * dice.uniform(0.8, 1.25), high * dice.uniform(0.9, 1.1)) for loud, high in tones]


def test_the_live_voice_is_found_however_long_ago_it_said_it() -> None:
    delays, asked = [0.0, 0.35, 3.47, 7.9], []
    for seed, late in enumerate(delays):
        dice = random.Random(seed)
        live, frames = speech(dice, 12)[:1200], round(late * 100)
        past = noisy(dice, [*live[:frames], *live][:1200])  # the same, so much later
        asked.append(("delay", past, noisy(dice, live), 8.0))
    assert browser(asked) == [pytest.approx(late, abs=0.02) for late in delays]


def test_one_sentence_is_not_taken_for_another_of_the_same_rhythm() -> None:
    def lesson(first: int) -> list[Tone]:
        """Four tones and a pause, each higher than the last."""
        said = [n for n in range(first, first + 16)]
        return [
            tone
            for n in said
            for tone in [(0.3, 300 * 1.13**n)] * 30 + [(0.0, 100.0)] * (140 if n % 4 == 3 else 20)
        ]

    live = lesson(0)[:1200]
    past = [*live[:20], *live][:1200]
    assert browser([("delay", past, live, 8.0)]) == [pytest.approx(0.2, abs=0.02)]
    past = [*live[:347], *live][:1200]
    assert browser([("delay", past, live, 8.0)]) == [pytest.approx(3.47, abs=0.02)]


def test_what_has_nothing_to_do_with_it_is_not_taken_for_it() -> None:
    dice = random.Random(7)
    past, other = speech(dice, 12)[:1200], speech(dice, 12)[:1200]
    nothing: list[Tone | None] = [None] * 1200
    still: list[Tone] = [(0.0, 100.0)] * 1200
    asked = [("delay", past, one, 8.0) for one in (other, other[:20], [], nothing, still)]
    assert browser(asked) == [None] * 5


def test_a_pause_is_left_out_of_a_late_voice_and_no_word_is() -> None:
    def spare(delay: float, *said: int) -> float:
        """Of the last three seconds: hundredths that were said, not said, said ..."""
        live: list[Tone] = []
        for n, count in enumerate(said):
            live += [(0.2, 500.0) if n % 2 == 0 else (0.0, 100.0)] * count
        [answer] = browser([("spare", delay, live)])
        return float(answer)

    assert spare(1.5, 100, 120, 80) == 0.55  # from 1.5 s on, until 0.15 s before the next word
    assert spare(1.9, 100, 120, 80) == 0  # the last word has hardly ended
    assert spare(2.5, 100, 120, 80) == 0  # in the middle of it
    assert spare(1.5, 100, 200) == 1.5  # nobody has said anything since
    [unknown] = browser([("spare", 1.5, [(0.0, 100.0)] * 100 + [None] * 200)])
    assert unknown == 0  # what nobody listened to may have been a word


def landing(
    *steps: dict[str, Any], found: float | None = 3.2, still_for: float = 0
) -> list[list[Any]]:
    usual = {"now": 100.0, "left": 3.4, "steady": True, "heardAt": 1e9, "speaks": True}
    looks = json.dumps([usual | step for step in steps])
    [answers] = browser([("landing", looks, found, still_for)])
    return list(answers)


def test_the_live_voice_takes_over_where_both_say_the_same() -> None:
    steps: list[dict[str, Any]] = [{"left": 20}, {"left": 4.8}, {"now": 101}]
    steps += [{"now": 102, "steady": False}]
    steps += [{"now": at} for at in (103, 106, 106.1)]
    told = landing(*steps)
    assert [delay for delay, _, _ in told] == [None, None, None, None, None, None, 3.2]
    assert [near for _, near, _ in told] == [False, *[True] * 6]
    assert [slows for _, _, slows in told] == [False, False, *[True] * 5]


def test_where_the_moment_is_not_found_something_is_heard_twice_rather_than_lost() -> None:
    told = landing({}, {"now": 105}, {"now": 113}, found=None)
    assert [delay for delay, _, _ in told] == [None, None, 3.9]
    assert landing({}, still_for=5.0)[0][0] == 3.9  # nobody has said anything: at once


def test_nobody_waits_for_a_live_voice_that_is_not_there() -> None:
    mute = {"speaks": False}
    assert [one[0] for one in landing(mute, mute | {"left": 1.9})] == [None, 0]
    deaf = {"heardAt": 0.0}
    assert [one[0] for one in landing(deaf, deaf | {"now": 119}, deaf | {"now": 121})] == [
        None,
        None,
        0,
    ]


def test_who_stands_still_near_the_end_goes_faster_again() -> None:
    told = landing({}, {"left": 6.5}, {"left": 7.5})
    assert [(near, slows) for _, near, slows in told] == [
        (True, True),
        (True, True),
        (False, False),
    ]
