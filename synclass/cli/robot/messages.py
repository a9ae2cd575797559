"""Reads what the server says, where wire.py reads what a client says."""

from typing import Any, TypeAlias

import msgspec
from msgspec import Raw, Struct

from ... import wire
from ...channel import Channel
from ...errors import Malformed
from ...lesson import Lesson
from ...toolbox import new_lesson
from ...words import Participant, ParticipantId


class Welcome(Struct, frozen=True, array_like=True, tag="welcome"):
    """wire.Welcome with its states unread: their types depend on their names."""

    you: Participant
    seat: int
    epoch: int
    seq: int
    ms: int
    asked: int
    states: dict[str, Raw] | None
    ice: list[wire.IceServer] = []


class Glimpsed(Struct, frozen=True, array_like=True, tag="glimpse"):
    who: ParticipantId
    glimpse: Raw


Down: TypeAlias = (
    Welcome
    | wire.Entries
    | wire.Done
    | wire.Refusal
    | Glimpsed
    | wire.Fetched
    | wire.Answer
    | wire.Recall
    | wire.Rides
    | wire.Echo
    | wire.Goodbye
)
_down: msgspec.msgpack.Decoder[Down | wire.Inks] = msgspec.msgpack.Decoder(Down | wire.Inks)
_number: msgspec.msgpack.Decoder[int] = msgspec.msgpack.Decoder(int)
_channels: dict[str, msgspec.msgpack.Decoder[Any]] = {
    channel.name: msgspec.msgpack.Decoder(channel) for channel in wire.CHANNELS
}
_ARRAYS = frozenset((*range(0x90, 0xA0), 0xDC, 0xDD))  # first bytes of a msgpack array


def down(data: bytes) -> Down:
    """Read a server's message, packed ink as the entries it is; raises Malformed."""
    try:
        message = _down.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error
    return wire.entries_of(message) if isinstance(message, wire.Inks) else message


def own_ask(fact: Raw) -> int | None:
    """The number of the asker's own ask that stands where its fact would, or None."""
    return None if memoryview(fact)[0] in _ARRAYS else _number.decode(fact)


def lesson_of(welcome: Welcome) -> Lesson:
    """The lesson as a welcome with states tells it; raises Malformed."""
    states: dict[str, Channel] = {}
    try:
        for name, state in (welcome.states or {}).items():
            if name in _channels:
                states[name] = _channels[name].decode(state)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error
    lesson = new_lesson(states)
    lesson.seq, lesson.ms = welcome.seq, welcome.ms
    return lesson
