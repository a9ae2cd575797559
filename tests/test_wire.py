import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass import wire
from synclass.errors import Malformed
from synclass.inclass.hands import HandRaised, RaiseHand
from synclass.inclass.timer import StartTimer
from synclass.lesson import Entry
from synclass.words import ParticipantId

from .conftest import VILLAGE
from .plausible import play


def test_a_message_is_an_array_that_begins_with_its_tag() -> None:
    assert wire.encode(RaiseHand()) == msgspec.msgpack.encode(["hand.raise"])
    assert wire.command(msgspec.msgpack.encode(["timer.start", 30])) == StartTimer(30)


def test_fields_of_a_later_version_are_passed_over() -> None:
    assert wire.command(msgspec.msgpack.encode(["timer.start", 30, "blue"])) == StartTimer(30)


@given(st.binary(max_size=60))
def test_other_bytes_are_malformed(data: bytes) -> None:
    for read in (wire.up, wire.command, wire.glimpse, wire.fact, wire.entries, wire.restore):
        try:
            read(data)
        except Malformed:
            continue


@pytest.mark.parametrize("message", [["no.such"], ["timer.start", "x"], ["timer.start"], 5, []])
def test_an_unknown_tag_or_a_wrong_field_is_malformed(message: object) -> None:
    with pytest.raises(Malformed):
        wire.command(msgspec.msgpack.encode(message))


@pytest.mark.parametrize("text", [b"\x91\xa2\xff\xfe", b"\x92\xabhand.raised\xa1\xff", b"\xa1\x80"])
def test_text_that_is_not_utf_8_is_malformed(text: bytes) -> None:
    for read in (wire.up, wire.command, wire.fact, wire.entries):
        with pytest.raises(Malformed):
            read(text)


@pytest.mark.parametrize("nest", [b"\x91", b"\x81\xc0"], ids=["arrays", "maps"])
def test_arrays_within_arrays_without_end_are_malformed(nest: bytes) -> None:
    deep = nest * 30_000 + b"\xc0"
    for head in (b"\x93\xa3ask\x01", b"\x92\xa4show", b"\x92\xa7page.in", b""):
        for read in (wire.up, wire.command, wire.glimpse, wire.fact, wire.entries):
            with pytest.raises(Malformed):
                read(head + deep)


def test_a_frame_of_more_than_64_kib_is_malformed() -> None:
    with pytest.raises(Malformed, match="longest is 65536"):
        wire.up(bytes(wire.LONGEST_FRAME + 1))


def test_a_known_fact_with_wrong_fields_is_malformed_and_not_carried() -> None:
    with pytest.raises(Malformed):
        wire.fact(msgspec.msgpack.encode(["hand.raised", 5]))


def test_a_frame_counts_from_its_first_fact() -> None:
    fact = msgspec.Raw(wire.encode(HandRaised(VILLAGE.id)))
    data = wire.frame([(40, 9000, fact), (43, 9050, fact)])
    assert msgspec.msgpack.decode(data) == [
        "facts",
        *(40, 9000),
        [[0, 0, ["hand.raised", "caoxing"]], [3, 50, ["hand.raised", "caoxing"]]],
    ]


def test_a_record_comes_back_as_it_was() -> None:
    entries = [Entry(1, 5, ParticipantId("caoxing"), 2, HandRaised(VILLAGE.id))]
    assert wire.entries(wire.record(entries)) == entries


def test_a_snapshot_comes_back_as_it_was() -> None:
    lesson, _ = play(7)
    assert wire.snapshot(wire.restore(wire.snapshot(lesson))) == wire.snapshot(lesson)
