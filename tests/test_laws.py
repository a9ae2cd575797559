"""Laws that hold for every channel, whatever is asked and whenever."""

import os
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synclass import wire
from synclass.channel import Command, Fact
from synclass.conduct import End
from synclass.errors import Refused
from synclass.inclass.board import Board, Redo, Undo
from synclass.lesson import Entry, Lesson
from synclass.toolbox import new_lesson
from synclass.wire import CHANNELS, COMMANDS, FACTS
from synclass.words import SYSTEM, Participant

from .conftest import PEOPLE
from .plausible import play, script

seeds = st.integers(0, 2**32)
RUNS = settings(max_examples=1000 if os.environ.get("SYNCLASS_PROOF") else 60)


def state(lesson: Lesson) -> bytes:
    return wire.snapshot(lesson)


def seen(lesson: Lesson, viewer: Participant) -> dict[str, object]:
    return {name: msgspec.to_builtins(s) for name, s in lesson.facing(viewer).items()}


@RUNS
@given(seeds)
def test_a_replay_is_the_lesson(seed: int) -> None:
    live, log = play(seed)
    replay = new_lesson()
    for entry in log:
        replay.apply(wire.entries(wire.record([entry])))
    assert state(replay) == state(live)
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))


@RUNS
@given(seeds, st.integers(0, 60))
def test_a_snapshot_and_the_tail_are_the_lesson(seed: int, cut: int) -> None:
    live, log = play(seed)
    early = new_lesson()
    early.apply(wire.entries(wire.record(log[:cut])))
    late = wire.restore(state(early))
    late.apply(log[cut:])
    assert state(late) == state(live)


@RUNS
@given(seeds, st.sampled_from(PEOPLE))
def test_what_a_viewer_may_see_is_the_fold_of_the_facts_for_them(
    seed: int, viewer: Participant
) -> None:
    live, log = play(seed)
    theirs = new_lesson()
    theirs.apply(entry for entry in log if admitted(entry, viewer))
    assert seen(theirs, viewer) == seen(live, viewer)
    if viewer.role not in ("patrol", "admin", "teacher"):
        assert msgspec.json.encode(theirs.channels) == msgspec.json.encode(
            list(live.facing(viewer).values())
        )


def admitted(entry: Entry, viewer: Participant) -> bool:
    return isinstance(entry.fact, Fact) and entry.fact.audience().admits(viewer)


@RUNS
@given(seeds)
def test_a_refusal_or_a_question_changes_nothing(seed: int) -> None:
    lesson, _ = play(seed, steps=30)
    for by, command in script(random.Random(seed + 1), lesson, 20):
        before = state(lesson)
        try:
            lesson.decide(by, command, lesson.ms / 1000 + 1)
        except Refused as refusal:
            assert refusal.code and str(refusal)
        assert state(lesson) == before


@RUNS
@given(seeds)
def test_an_ask_repeated_after_a_broken_line_is_harmless(seed: int) -> None:
    lesson, log = play(seed, steps=30)
    for entry in log:
        if entry.n:
            by = next(p for p in (*PEOPLE, SYSTEM) if p.id == entry.by)
            assert lesson.decide(by, End(), lesson.ms / 1000, n=entry.n) == []


@RUNS
@given(seeds)
def test_time_always_moves_on(seed: int) -> None:
    lesson, log = play(seed)
    assert [entry.ms for entry in log] == sorted(entry.ms for entry in log)
    for _ in range(50):
        if (due := lesson.wake_at()) is None:
            return
        lesson.apply(lesson.wake(due))
    pytest.fail("a channel wakes for ever")


def test_every_command_and_every_fact_is_reached() -> None:
    facts: set[type] = set()
    asked: set[type] = set()
    for seed in range(200):
        live, log = play(seed, steps=90)
        facts |= {type(entry.fact) for entry in log}
        asked |= {type(command) for _, command in script(random.Random(seed), live, 60)}
    assert set(FACTS) <= facts
    assert set(COMMANDS) <= asked


def test_a_fact_of_a_later_version_is_carried_and_counted() -> None:
    strange = msgspec.msgpack.encode([[1, 5, "wang", 1, ["song.sung", "3/4?"]]])
    lesson = new_lesson()
    lesson.apply(wire.entries(strange))
    assert (lesson.seq, lesson.unknown) == (1, 1)
    assert wire.record(wire.entries(strange)) == strange


@RUNS
@given(seeds)
def test_undone_and_redone_is_nothing(seed: int) -> None:
    lesson, _ = play(seed)
    for by in PEOPLE:
        for page in (1, 2):
            before = looks(lesson)
            if asked(lesson, by, Undo(page)):
                assert asked(lesson, by, Redo(page))
            assert looks(lesson) == before


def looks(lesson: Lesson) -> object:
    """What is to be seen on every page."""
    board = lesson.channel("board")
    assert isinstance(board, Board)
    return {
        number: {
            mark: [c.edit for c in shown.changes if c.op not in page.off]
            for mark, shown in page.shown().items()
        }
        for number, page in board.pages.items()
    }


def asked(lesson: Lesson, by: Participant, command: Command) -> list[Entry]:
    try:
        entries = lesson.decide(by, command, lesson.ms / 1000)
    except Refused:
        return []
    lesson.apply(entries)
    return entries


def test_names_are_unique() -> None:
    names = [channel.name for channel in CHANNELS]
    assert len(set(names)) == len(names) and all(names)
