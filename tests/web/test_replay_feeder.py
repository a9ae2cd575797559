"""A seek fetches what is wanted there and nothing twice, and what is played is always ahead."""

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from synclass.ports import TrackFile
from synclass.words import ParticipantId

from .browser import browser

AHEAD = 20.0
PACE: dict[str, float] = {"ahead": AHEAD, "first": 9000, "piece": 40_000, "most": 1200}
LONG = 400  # turns of the event loop: until it rests
Moments = list[tuple[float, int]]


def voice(dice: random.Random) -> list[TrackFile]:
    """A quarter of an hour in clusters of 300 ms, its publisher away now and then."""
    files, ms = list[TrackFile](), 0
    for n in range(3):
        offset, ms, clusters = 237, ms + dice.randrange(500, 40_000), list[tuple[int, int]]()
        for _ in range(1000):
            clusters.append((ms, offset))
            ms, offset = ms + 300, offset + dice.randrange(300, 1500)
        name, who = f"wang.voice.{n}.webm", ParticipantId("wang")
        files.append(TrackFile(name, who, "voice", "a", offset, 237, clusters, ms, live=False))
    return files


def as_json(thing: object) -> str:
    return msgspec.json.encode(thing).decode()


def fed(files: list[TrackFile], moments: Moments, **pace: float) -> Any:
    asked = ("fed", as_json(files), as_json(PACE | pace), moments)
    [told] = browser([asked])
    return told


def is_ready(files: list[TrackFile], ready: list[list[float]], at: float, until: float) -> bool:
    """Whether all that was recorded from one moment to the other lies there."""
    spans = [(file.clusters[0][0] / 1000, file.ends_ms / 1000) for file in files]
    wanted = [(max(b, at), min(e, until)) for b, e in spans if e > at and b < until]
    return all(any(b <= begin and end <= e for b, e in ready) for begin, end in wanted)


@pytest.mark.parametrize("seed", range(4))
def test_wherever_one_jumps_the_next_seconds_come_and_no_head_comes_twice(seed: int) -> None:
    dice = random.Random(seed)
    files = voice(dice)
    end = files[-1].ends_ms / 1000
    moments = [(dice.uniform(0, end), LONG) for _ in range(12)]
    heads = Counter[str]()
    for (at, _), told in zip(moments, fed(files, moments), strict=True):
        assert is_ready(files, told["ready"], at, min(at + AHEAD, end)), at
        heads.update(name for name, begin, _ in told["fetched"] if begin == 0)
    assert heads and max(heads.values()) == 1


def test_one_piece_is_enough_to_hear_on_and_there_is_nothing_before_it() -> None:
    files = voice(random.Random(1))
    at = files[1].clusters[500][0] / 1000
    [told] = fed(files, [(at, 3)])
    media = [(begin, to) for _, begin, to in told["fetched"] if begin]
    assert media == [(files[1].clusters[500][1], files[1].clusters[500][1] + 9000)]


def test_a_hand_that_drags_the_bar_to_and_fro_leaves_nothing_broken() -> None:
    dice = random.Random(7)
    files = voice(dice)
    end = files[-1].ends_ms / 1000
    hasty: Moments = [(dice.uniform(0, end), dice.randrange(1, 6)) for _ in range(200)]
    told = fed(files, [*hasty, (hasty[3][0], LONG)])
    assert is_ready(files, told[-1]["ready"], hasty[3][0], hasty[3][0] + AHEAD)


def test_where_one_has_been_nothing_is_fetched_again() -> None:
    files = voice(random.Random(2))
    first, other = files[0].clusters[100][0] / 1000, files[2].clusters[100][0] / 1000
    told = fed(files, [(first, LONG), (other, LONG), (first + 1, LONG), (first + 5, LONG)])
    fetched = [(n, b, to) for one in told for n, b, to in one["fetched"] if b]
    again = sum(to - b for n, b, to in told[2]["fetched"] + told[3]["fetched"])
    assert again < 60_000, "only what is ahead of it, five seconds more"
    for name in {name for name, _, _ in fetched}:
        mine = sorted((b, to) for n, b, to in fetched if n == name)
        assert all(after[0] >= before[1] - 1500 for before, after in pairwise(mine))


def test_what_lies_ready_is_bounded_and_the_present_is_never_dropped() -> None:
    dice = random.Random(3)
    files = voice(dice)
    end = files[-1].ends_ms / 1000
    moments = [(dice.uniform(0, end), LONG) for _ in range(15)]
    for (at, _), told in zip(moments, fed(files, moments, most=60), strict=True):
        assert is_ready(files, told["ready"], at, min(at + AHEAD, end)), at
        assert sum(e - b for b, e in told["ready"]) < 60 + 2 * AHEAD
