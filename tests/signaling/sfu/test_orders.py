"""Orders and events survive the socket between two processes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.orders import (
    Arrange,
    Clock,
    Event,
    Ink,
    Invite,
    Levels,
    Order,
    Ride,
    Survey,
    Surveyed,
    Tape,
    Watched,
    encode,
    read_event,
    read_order,
)
from synclass.errors import Malformed
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

CAST = Cast("video", 2, ParticipantId("teacher"), "content", large=True)


@pytest.mark.parametrize(
    "order",
    [
        Invite(1, "math", "room", "v=0"),
        Arrange("math", "room", [CAST]),
        Tape("math", [("teacher", "voice")]),
        Ride("math", "room", True),
        Ink("math", 65535, b"stroke", ["room"]),
        Survey(),
    ],
)
def test_an_order_arrives_as_it_was_given(order: Order) -> None:
    assert read_order(encode(order)) == order


@pytest.mark.parametrize(
    "event",
    [
        Surveyed({"math": ["room"]}),
        Levels("math", {"t": 30}),
        Clock("math", "t", "voice", 1, 2.5),
        Watched("math", "t", {"camera": ["q", "h"], "content": []}),
    ],
)
def test_an_event_arrives_as_it_was_told(event: Event) -> None:
    assert read_event(encode(event)) == event


@given(st.binary(max_size=40))
def test_garbage_is_malformed_and_nothing_else(data: bytes) -> None:
    for read in (read_order, read_event):
        with pytest.raises(Malformed):
            read(b"\xc1" + data)


def test_an_event_is_not_an_order() -> None:
    with pytest.raises(Malformed):
        read_order(encode(Surveyed({})))
