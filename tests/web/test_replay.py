"""A replay shows at every moment what was so at that moment, and keeps its pictures in step."""

import json
import random
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from msgspec import structs

from synclass import wire
from synclass.channel import Fact
from synclass.cli.benches.hour import hour, put
from synclass.lesson import Entry
from synclass.ports import TrackFile
from synclass.toolbox import new_lesson
from synclass.words import ParticipantId

from ..conftest import TEACHER
from ..plausible import play
from ..test_folds import frames
from .browser import Page, Question, browser, everything, shown

SEEDS = range(30)
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)  # as web/src/screens/replay/player.ts offers


def log_of(*facts: tuple[float, Fact]) -> list[Entry]:
    return [
        Entry(n, round(1000 * at), TEACHER.id, 0, fact) for n, (at, fact) in enumerate(facts, 1)
    ]


# The lesson's state


def after(log: list[Entry], at: float) -> Any:
    """The states at a moment, folded from the start."""
    lesson = new_lesson()
    lesson.apply(entry for entry in log if entry.ms / 1000 <= at)
    return shown(everything(lesson))


def moves(log: list[Entry], dice: random.Random) -> list[tuple[float, bool]]:
    """Where somebody drags the bar to and fro, now and then letting it play."""
    end, at, found = log[-1].ms / 1000, 0.0, list[tuple[float, bool]]()
    for _ in range(12):
        leap = dice.random() < 0.6
        at = dice.uniform(-1, end + 1) if leap else min(end, at + dice.uniform(0, 60))
        found.append((at, leap))
    return found


def long_lesson() -> list[Entry]:
    lesson = new_lesson()
    return [entry for asked in hour(2500) for entry in wire.entries(put(lesson, asked))]


def test_a_seek_to_any_moment_is_the_lesson_as_it_was_then() -> None:
    questions, wanted = list[Question](), list[list[Any]]()
    for seed, log in enumerate([long_lesson(), *(play(seed)[1] for seed in SEEDS)]):
        there = moves(log, random.Random(seed))
        questions.append(("scene", frames(log), there))
        wanted.append([after(log, at) for at, _ in there])
    for seed, (answer, want) in enumerate(zip(browser(questions), wanted, strict=True)):
        assert [state for state, _, _ in answer["seen"]] == want, f"lesson {seed}"


def test_who_plays_on_is_told_each_fact_once_and_who_leaps_is_told_to_look_anew() -> None:
    _, log = play(3)
    count, times = len(log), [entry.ms / 1000 for entry in log]
    assert 1 < count < 300, "more at once is a leap by itself"
    there = [(times[-1], False), (times[-1], False), (times[0], True), (times[-1], True)]
    [answer] = browser([("scene", frames(log), there)])
    assert [(told, replaced) for _, told, replaced in answer["seen"]] == [
        *((count, 0), (count, 0), (count, 1), (count, 2))
    ]


def test_what_is_loaded_twice_has_happened_once() -> None:
    live, log = play(5)
    half = len(log) // 2
    overlapping = [*frames(log[:half]), *frames(log[half - 9 :])]
    [answer] = browser([("scene", overlapping, [])])
    assert (answer["last"], answer["seq"]) == (shown(everything(live)), live.seq)


def test_a_fact_of_a_later_version_is_counted_and_passed_over() -> None:
    live, log = play(5)
    strange = Entry(live.seq + 1, live.ms, TEACHER.id, 0, msgspec.Raw(b"\x92\xa4quiz\x01"))
    [answer] = browser([("scene", frames([*log, strange]), [(1e9, True)])])
    assert (answer["unknown"], answer["seq"]) == (1, live.seq + 1)
    assert answer["seen"][0][0] == shown(everything(live))


def test_what_did_not_change_is_kept_once() -> None:
    earlier = {"page1": {"strokes": [1, 2]}, "page2": {"strokes": [3]}, "here": 2}
    later = {"page1": {"strokes": [1, 2]}, "page2": {"strokes": [3, 4]}, "here": 2}
    [[copy, kept]] = browser([("freeze", json.dumps(earlier), json.dumps(later))])
    assert copy == later and kept == ["page1", "here"]


# The clock


Step = tuple[str, list[float]]


def pressed(dice: random.Random) -> tuple[list[Step], list[float]]:
    """Whatever buttons are pressed, and where a clock is that counts each stretch by itself."""
    now, at, rate, running = 100.0, 0.0, 1.0, False
    steps, wanted = list[Step](), list[float]()
    for _ in range(40):
        gone = dice.choice((0.0, 0.016, 3.0, 20.0))
        now, at = now + gone, min(60.0, at + gone * rate * running)
        step = dice.choice(("run", "stop", "seek", "setRate", "at"))
        where, faster = dice.uniform(-5, 70), dice.choice(RATES)
        given = {"seek": [where], "setRate": [faster]}.get(step, [])
        steps += [(step, [*given, now]), ("at", [now])]
        running = step == "run" or (running and step != "stop")
        at = max(0.0, min(60.0, where)) if step == "seek" else at
        rate = faster if step == "setRate" else rate
        wanted.append(at)
    return steps, wanted


def test_the_clock_is_the_sum_of_what_was_played() -> None:
    played = [pressed(random.Random(seed)) for seed in SEEDS]
    answers = browser([("clock", 60.0, steps) for steps, _ in played])
    for seed, answer, (_, wanted) in zip(SEEDS, answers, played, strict=True):
        assert answer[1::2] == pytest.approx(wanted), f"seed {seed}"


def test_a_clock_that_ran_to_the_end_starts_again_from_where_it_stopped() -> None:
    steps = [("run", [0]), ("stop", [99]), ("at", [99]), ("run", [99]), ("at", [120])]
    [answer] = browser([("clock", 60.0, steps)])
    assert answer == [None, None, 60, None, 60]


def test_a_clock_draws_nearer_to_its_voice_and_never_goes_back() -> None:
    """A voice that began 0.3 s late, and tells its time in steps of 10 ms; at twice the speed."""
    steps: list[Step] = [("setRate", [2.0, 0]), ("run", [0])]
    frames = [n / 60 for n in range(1, 180)]
    for now in frames:
        voice = int(100 * 2 * (now - 0.3)) / 100
        steps += [("lean", [max(0.0, voice), now]), ("at", [now])]
    [answer] = browser([("clock", 60.0, steps)])
    shown = answer[3::2]
    assert all(before <= after for before, after in pairwise(shown))
    assert shown[-1] == pytest.approx(2 * (frames[-1] - 0.3), abs=0.01)


def test_a_clock_that_stands_minds_no_voice() -> None:
    [answer] = browser([("clock", 60.0, [("lean", [9, 5]), ("at", [6])])])
    assert answer == [None, 0]


# The files


def recorded(dice: random.Random) -> list[TrackFile]:
    """A track whose publisher came and went; only the last file may still grow."""
    files, ms = list[TrackFile](), 0
    for n in range(dice.randrange(1, 5)):
        clusters, offset = list[tuple[int, int]](), dice.randrange(100, 500)
        header, ms = offset, ms + dice.randrange(1, 9000)
        for _ in range(dice.randrange(1, 6)):
            clusters.append((ms, offset))
            ms, offset = ms + dice.randrange(1, 4000), offset + dice.randrange(1, 9000)
        name, who = f"wang.camera.{n}.webm", ParticipantId("wang")
        files.append(
            TrackFile(name, who, "camera", "video/webm", offset, header, clusters, ms, live=False)
        )
    return files


def listed(files: list[TrackFile]) -> str:
    return msgspec.json.encode(files).decode()


@pytest.mark.parametrize("seed", range(5))
def test_what_is_recorded_at_a_moment_and_next_is_known(seed: int) -> None:
    dice = random.Random(seed)
    files = recorded(dice)
    spans = [(file.clusters[0][0] / 1000, file.ends_ms / 1000) for file in files]
    edges = [edge for span in spans for edge in span]
    moments = [0.0, *edges, *(dice.uniform(0, edges[-1] + 1) for _ in range(40))]
    asked = [("files", listed(files), ask, at) for at in moments for ask in ("covers", "nextAt")]
    answers = iter(browser(asked))
    for at in moments:
        assert next(answers) == any(begin <= at < end for begin, end in spans), at
        assert next(answers) == min((max(b, at) for b, e in spans if e > at), default=None), at


@pytest.mark.parametrize("seed", range(5))
def test_a_player_begins_at_the_last_place_before_the_moment_and_misses_nothing(seed: int) -> None:
    dice = random.Random(seed)
    files = recorded(dice)
    end = files[-1].ends_ms / 1000
    moments = [dice.uniform(0, end) for _ in range(40)] + [end, end + 9]
    answers = browser([("files", listed(files), "placeOf", at) for at in moments])
    for at, place in zip(moments, answers, strict=True):
        file = next((n for n, one in enumerate(files) if one.ends_ms > at * 1000), None)
        if file is None:
            assert place is None
            continue
        clusters = files[file].clusters
        before = [offset for ms, offset in clusters if ms <= at * 1000] or [clusters[0][1]]
        assert place == {"file": file, "offset": before[-1]}


@pytest.mark.parametrize("seed", range(5))
def test_a_track_is_fetched_byte_by_byte_to_its_end(seed: int) -> None:
    files = recorded(random.Random(seed))
    with Page() as page:
        place = page.ask("files", listed(files), "placeOf", 0)
        got: list[tuple[int, int, int]] = []
        while place:
            step = (listed(files), "pieceAt", place["file"], place["offset"], 4096)
            while piece := page.ask("files", *step):
                got.append((piece["file"], piece["from"], piece["to"]))
                step = (*step[:3], piece["to"], 4096)
            place = page.ask("files", listed(files), "following", *step[2:4])
    assert all(0 < to - begin <= 4096 for _, begin, to in got)
    for n, file in enumerate(files):
        mine = [(begin, to) for which, begin, to in got if which == n]
        assert (mine[0][0], mine[-1][1]) == (file.clusters[0][1], file.size)
        assert all(a[1] == b[0] for a, b in pairwise(mine))


def test_a_file_that_still_grows_is_waited_for() -> None:
    first, *rest = recorded(random.Random(1))
    growing = [structs.replace(first, live=True), *rest]
    [place] = browser([("files", listed(growing), "following", 0, first.size)])
    assert place is None


def test_the_files_of_a_track_are_in_order_of_time_however_they_are_listed() -> None:
    files = recorded(random.Random(1))
    voice = structs.replace(files[0], track="voice", name="v")
    [answer] = browser([("files", listed([*files[::-1], voice]), "byTrack")])
    assert [(key, [file["name"] for file in found]) for key, found in answer] == [
        ("wang/camera", [file.name for file in files]),
        ("wang/voice", ["v"]),
    ]


# The steering of a media element

DRIFTS = [-99.0, -20.0, -3.1, -0.51, -0.3, -0.05, 0.0, 0.05, 0.3, 0.49, 0.51, 3.1, 20.0, 400.0]


class Element:
    """As the HTML standard has it: a seek shows its goal at once and then decodes for seconds."""

    def __init__(self, at: float, rate: float, *, muted: bool, decodes: float) -> None:
        self.at, self.rate, self.playing = at, rate, False
        self.muted, self.decodes = muted, decodes
        self.seeks, self.left = 0, 0.0

    def seen(self) -> dict[str, object]:
        took = self.decodes if self.seeks else 0
        known = {"at": self.at, "rate": self.rate, "muted": self.muted, "seekTook": took}
        return {**known, "ranges": [[0, 50], [60, 600]], "seeking": self.left > 0}

    def obey(self, order: dict[str, Any]) -> None:
        self.rate, self.playing = order["rate"], order["play"]
        if order["seekTo"] is not None:
            self.at, self.left, self.seeks = order["seekTo"], self.decodes, self.seeks + 1

    def live(self, seconds: float) -> None:
        if self.playing and self.left <= 0:
            self.at += self.rate * seconds
        self.left -= seconds


def lesson_played(elements: list[tuple[float, Element]], *, at: float, seconds: float) -> float:
    """Keep elements on the time of a lesson, each at its rate, a picture at a time."""
    playing, gone = bool(seconds), 0.0
    with Page() as page:
        for _ in range(max(1, round(seconds * 25))):
            calls = [(at + gone * rate, playing, rate, e.seen()) for rate, e in elements]
            orders = page.ask("steer", json.dumps(calls))
            for (_, element), order in zip(elements, orders, strict=True):
                element.obey(order)
                element.live(1 / 25)
            gone += 1 / 25
    return gone


def everyone(decodes: float) -> list[tuple[float, Element]]:
    """Elements that are off by so much, at every rate, heard and unheard."""
    return [
        (rate, Element(100 + drift, own, muted=muted, decodes=decodes))
        for drift in DRIFTS
        for rate in RATES
        for own in (1.0, rate)
        for muted in (True, False)
    ]


@pytest.mark.parametrize("decodes", [0.02, 0.2, 1.2])
def test_whatever_is_off_is_in_step_again_and_stays_so(decodes: float) -> None:
    elements = everyone(decodes)
    gone = lesson_played(elements, at=100.0, seconds=15.0)
    for rate, element in elements:
        assert abs(element.at - (100 + gone * rate)) < 0.05
        assert element.rate == pytest.approx(rate, rel=0.03) and element.seeks <= 1 + (
            decodes > 0.2
        )


def test_what_stands_shows_the_very_moment() -> None:
    elements = everyone(0.02)
    lesson_played(elements, at=100.0, seconds=0.0)
    for _, element in elements:
        assert abs(element.at - 100.0) <= 0.05 and not element.playing


def random_call(dice: random.Random) -> tuple[float, bool, float, dict[str, Any]]:
    edges = sorted(dice.uniform(0, 100) for _ in range(4))
    at = dice.choice((dice.uniform(0, 100), dice.uniform(edges[0], edges[1])))
    drift, rate = dice.uniform(-1, 1) * dice.choice((0.6, 4, 100)), dice.choice(RATES)
    own, muted, seeking = dice.choice((rate, rate * 1.05)), *dice.choices((True, False), k=2)
    seen = {"at": at + drift, "rate": own, "muted": muted, "seeking": seeking}
    return at, dice.random() < 0.7, rate, {**seen, "ranges": [edges[:2], edges[2:]]}


CALLS = [random_call(random.Random(seed)) for seed in range(3000)]


Orders = list[dict[str, Any]]


@pytest.fixture(scope="module")
def orders() -> Orders:
    """What is to be done in three thousand situations."""
    [answers] = browser([("steer", json.dumps(CALLS))])
    return list(answers)


def test_no_seek_is_made_while_one_that_leads_here_is_under_way(orders: Orders) -> None:
    waited = 0
    for (at, _, _, seen), order in zip(CALLS, orders, strict=True):
        here = [r for r in seen["ranges"] if r[0] <= at < r[1] and r[0] <= seen["at"] <= r[1]]
        if seen["seeking"] and here and abs(seen["at"] - at) <= 3:
            assert order["seekTo"] is None
            waited += 1
    assert waited > 100


def test_a_seek_leads_to_the_moment_and_never_beside_what_is_there(orders: Orders) -> None:
    sought = 0
    for (at, playing, _, seen), order in zip(CALLS, orders, strict=True):
        there = any(begin - 0.05 <= at < end for begin, end in seen["ranges"])
        assert (order["there"], order["play"]) == (there, there and playing)
        if order["seekTo"] is not None:
            sought += 1
            assert there and abs(order["seekTo"] - at) <= 0.05
            assert any(begin <= order["seekTo"] <= end for begin, end in seen["ranges"])
    assert sought > 300


def test_a_voice_is_never_hurried_so_that_it_is_heard(orders: Orders) -> None:
    faster = {True: list[float](), False: list[float]()}
    for (at, _, rate, seen), order in zip(CALLS, orders, strict=True):
        change = order["rate"] / rate - 1
        assert change * (seen["at"] - at) <= 0, "who is behind is hurried, who is ahead held back"
        faster[seen["muted"]].append(abs(change))
    assert 0.05 < max(faster[False]) <= 0.0801
    assert 0.2 < max(faster[True]) <= 0.3001
