"""A client in Python hears what the server says, and what is none of it is Malformed."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from synclass import wire
from synclass.cli.robot.messages import Glimpsed, Welcome, down, lesson_of, own_ask
from synclass.errors import Malformed
from synclass.inclass.gaze import Pointer
from synclass.inclass.hands import HandRaised
from synclass.marks import SEAT, Pen
from synclass.strokes import InkAdded, StrokeBegun

from ...conftest import PEOPLE, TEACHER, VILLAGE
from ...plausible import play

HAND = Raw(wire.encode(HandRaised(VILLAGE.id)))
SAID: tuple[wire.Down, ...] = (
    wire.Entries(7, 1200, [wire.Line(0, 0, HAND), wire.Line(2, 15, Raw(wire.encode(41)))]),
    wire.Done(3),
    wire.Refusal(4, "not-now", "the lesson is over"),
    wire.Fetched("board", 2, HAND),
    wire.Answer(5, b"\x00\xff"),
    wire.Echo(99, 1201),
    wire.Goodbye("elsewhere", "opened in another window"),
)


@pytest.mark.parametrize("said", [*SAID, wire.Recall(), wire.Rides(True)])
def test_every_message_comes_back_as_it_was(said: wire.Down) -> None:
    assert down(wire.encode(said)) == said


def test_every_message_there_is_is_tried_here() -> None:
    tried = {type(said) for said in SAID} | {wire.Welcome, wire.Glimpsed, wire.Recall, wire.Rides}
    assert tried | {wire.Inks} == set(wire.Down.__args__)


def test_packed_ink_is_heard_as_the_facts_it_is() -> None:
    begun = StrokeBegun(SEAT + 1, 1, Pen("chalk", 2, 40), b"ink")
    ended = InkAdded(SEAT + 1, b"", last=True)
    lines = [wire.Line(0, 0, Raw(wire.encode(begun))), wire.Line(2, 15, Raw(wire.encode(ended)))]
    heard = down(wire.inks([(7, 1200, begun), (9, 1215, ended)]))
    assert heard == wire.Entries(7, 1200, lines)


def test_a_glimpse_comes_with_its_owner() -> None:
    heard = down(wire.encode(wire.Glimpsed(TEACHER.id, Pointer(3, 4))))
    assert isinstance(heard, Glimpsed) and heard.who == TEACHER.id
    assert wire.glimpse(heard.glimpse) == Pointer(3, 4)


@pytest.mark.parametrize("seed", range(20))
def test_a_welcome_is_the_lesson_as_the_viewer_may_see_it(seed: int) -> None:
    live, _ = play(seed)
    viewer = random.Random(seed).choice(PEOPLE)
    states = live.facing(viewer)
    heard = down(wire.encode(wire.Welcome(viewer, 2, 1, live.seq, live.ms, 8, states)))
    assert isinstance(heard, Welcome) and heard.you == viewer
    assert (heard.seat, heard.epoch, heard.asked) == (2, 1, 8)
    mine = lesson_of(heard)
    assert {channel.name: channel for channel in mine.channels} == states
    assert (mine.seq, mine.ms) == (live.seq, live.ms)


def test_a_channel_of_a_later_version_is_passed_over() -> None:
    live, _ = play(1)
    states = {name: Raw(wire.encode(state)) for name, state in live.facing(VILLAGE).items()}
    strange = {**states, "songs": Raw(wire.encode(["3/4?"]))}
    heard = Welcome(VILLAGE, 2, 1, live.seq, live.ms, 0, strange)
    assert lesson_of(heard).facing(VILLAGE) == live.facing(VILLAGE)


def test_states_that_are_none_are_malformed() -> None:
    with pytest.raises(Malformed):
        lesson_of(Welcome(VILLAGE, 2, 1, 0, 0, 0, {"board": Raw(wire.encode("chalk"))}))


@given(st.integers(1, 2**32))
def test_a_number_in_place_of_a_fact_is_an_ask_of_ones_own(n: int) -> None:
    assert own_ask(Raw(wire.encode(n))) == n


@pytest.mark.parametrize("seed", range(5))
def test_no_fact_is_taken_for_a_number(seed: int) -> None:
    assert all(own_ask(Raw(wire.encode(entry.fact))) is None for entry in play(seed)[1])


@given(st.integers(0, len(SAID) - 1), st.data())
def test_a_message_that_is_cut_is_malformed(which: int, data: st.DataObject) -> None:
    whole = wire.encode(SAID[which])
    with pytest.raises(Malformed):
        down(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.recursive(st.none() | st.integers(-9, 9) | st.text(), st.lists, max_leaves=9))
def test_what_is_no_message_is_malformed(said: object) -> None:
    with pytest.raises(Malformed):
        down(msgspec.msgpack.encode(said))


def test_text_that_is_not_utf_8_is_malformed() -> None:
    """msgspec says it in another way than all else; wire.py knows."""
    strange = wire.encode(wire.Refusal(4, "not-now", "??")).replace(b"??", b"\xff\xfe")
    with pytest.raises(Malformed):
        down(strange)


def test_a_welcome_after_a_short_cut_brings_no_states() -> None:
    heard = down(wire.encode(wire.Welcome(VILLAGE, 2, 1, 9, 50, 3, None)))
    assert heard == Welcome(VILLAGE, 2, 1, 9, 50, 3, None)
