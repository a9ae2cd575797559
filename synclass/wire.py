"""What travels and what is kept: the only place that knows msgpack, and the schema's version."""

from typing import Any, TypeAlias, Union

import msgspec
from msgspec import Raw, Struct

from .channel import Channel, Command, Fact, Glimpse
from .conduct import Conduct
from .errors import Malformed
from .inklines import Inked, InkLine, pack, unpack
from .lesson import Entry, Lesson
from .toolbox import TOOLS, new_lesson
from .words import Participant, ParticipantId

SCHEMA = 3  # raised when an old client could misread us; adding a message does not raise it
LONGEST_FRAME = 64 * 1024  # bytes a client may send in one message; an offer of 29 sections fits


class Hello(Struct, frozen=True, array_like=True, tag="hello"):
    """The first message of a client.  ``resume`` is the last (epoch, seq) it has folded."""

    schema: int
    ticket: str
    resume: tuple[int, int] | None = None


class Ask(Struct, frozen=True, array_like=True, tag="ask"):
    """A command; ``n`` rises by one with each, so that a repeated ask is harmless."""

    n: int
    command: Raw


class Show(Struct, frozen=True, array_like=True, tag="show"):
    glimpse: Raw


class Fetch(Struct, frozen=True, array_like=True, tag="fetch"):
    """The part ``key`` of a channel's state that the welcome left out."""

    channel: str
    key: int


class Offer(Struct, frozen=True, array_like=True, tag="offer"):
    """A WebRTC offer as raw-deflated SDP (RFC 1951); answered once by Answer or Refusal."""

    n: int
    sdp: bytes


class Ride(Struct, frozen=True, array_like=True, tag="ride"):
    """Let ink ride in the voices sent to us, or no more; answered by Rides.

    What rides is an Inks of one line; or a Line, its numbers counted from the beginning, and null
    instead of a fact where there was one that we may not see.  All but that comes in frames, too.
    """

    on: bool


class Beat(Struct, frozen=True, array_like=True, tag="beat"):
    """Sent every two seconds and echoed: silence means the line is broken."""

    stamp: int


class IceServer(Struct, frozen=True, array_like=True):
    """A TURN server, and what to say to it; for a client that has no way over UDP."""

    urls: list[str]
    username: str
    credential: str


class Welcome(Struct, frozen=True, array_like=True, tag="welcome"):
    """Who you are and what is so.  Either the states of all channels, or entries follow."""

    you: Participant
    seat: int
    epoch: int
    seq: int
    ms: int
    asked: int
    """The highest n of yours that is answered; go on from here."""
    states: dict[str, Channel] | None
    ice: list[IceServer] = []
    """Where to ask for a way if there is none; empty in a welcome that only brings states anew."""


class Line(Struct, frozen=True, array_like=True):
    """One fact of a frame: its distance from the frame's first number and time, and itself."""

    seq: int
    ms: int
    fact: Raw
    """An integer instead of a fact: your own ask of that n has become fact here."""


class Entries(Struct, frozen=True, array_like=True, tag="facts"):
    seq: int
    ms: int
    lines: list[Line]


class Inks(Struct, frozen=True, array_like=True, tag="i"):
    """Entries that are all ink of others, packed as inklines.py says: most frames of a lesson."""

    lines: bytes


class Done(Struct, frozen=True, array_like=True, tag="done"):
    """Every ask up to n has been answered."""

    n: int


class Refusal(Struct, frozen=True, array_like=True, tag="refused"):
    n: int
    code: str
    message: str


class Glimpsed(Struct, frozen=True, array_like=True, tag="glimpse"):
    who: ParticipantId
    glimpse: Glimpse


class Fetched(Struct, frozen=True, array_like=True, tag="fetched"):
    channel: str
    key: int
    part: Raw


class Answer(Struct, frozen=True, array_like=True, tag="answer"):
    n: int
    sdp: bytes


class Recall(Struct, frozen=True, array_like=True, tag="recall"):
    """The media server has started anew and knows you no more: make a new connection now."""


class Rides(Struct, frozen=True, array_like=True, tag="rides"):
    """From now on ink comes in voice, too (``on``), and all that comes there is ours."""

    on: bool


class Echo(Struct, frozen=True, array_like=True, tag="echo"):
    stamp: int
    ms: int
    """Lesson time when the beat was answered."""


class Goodbye(Struct, frozen=True, array_like=True, tag="bye"):
    """The connection is closed from our side, and why."""

    code: str
    message: str


Up: TypeAlias = Hello | Ask | Show | Fetch | Offer | Ride | Beat
Down: TypeAlias = (
    Welcome
    | Entries
    | Inks
    | Done
    | Refusal
    | Glimpsed
    | Fetched
    | Answer
    | Recall
    | Rides
    | Echo
    | Goodbye
)

CHANNELS: tuple[type[Channel], ...] = (Conduct, *TOOLS)
COMMANDS = tuple(command for channel in CHANNELS for command in channel.commands)
FACTS = tuple(dict.fromkeys(fact for channel in CHANNELS for fact in channel.follows))
GLIMPSES = tuple(glimpse for channel in CHANNELS for glimpse in channel.glimpses)


class Snapshot(Struct, frozen=True, array_like=True):
    """A whole lesson at one entry of its log."""

    seq: int
    ms: int
    asked: dict[ParticipantId, int]
    unknown: int
    states: dict[str, Raw]


class _Line(Struct, array_like=True):
    seq: int
    ms: int
    by: ParticipantId
    n: int
    fact: Raw


def _decoder(*types: type[Struct]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(Union[types])  # noqa: UP007 (made at run time)


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading foreign bytes raises; arrays within arrays without end are recursed into."""

_encoder = msgspec.msgpack.Encoder()
_up: msgspec.msgpack.Decoder[Up] = msgspec.msgpack.Decoder(Up)
_commands, _facts, _glimpses = _decoder(*COMMANDS), _decoder(*FACTS), _decoder(*GLIMPSES)
_records = msgspec.msgpack.Decoder(list[_Line])
_snapshots = msgspec.msgpack.Decoder(Snapshot)
_tagged = msgspec.msgpack.Decoder(list[Raw])
_text = msgspec.msgpack.Decoder(str)
_tags = frozenset(str(fact.__struct_config__.tag) for fact in FACTS)

encode = _encoder.encode
NOTHING = Raw(encode(None))  # in a line that rides: a fact that its reader may not see


def up(data: bytes) -> Up:
    """Read a client's message; raises Malformed."""
    if len(data) > LONGEST_FRAME:
        raise Malformed(f"a message of {len(data)} bytes; the longest is {LONGEST_FRAME}")
    try:
        return _up.decode(data)
    except _UNREADABLE as error:
        raise Malformed(str(error)) from error


def command(data: Raw | bytes) -> Command:
    """Read a command; raises Malformed."""
    try:
        asked: Command = _commands.decode(data)
    except _UNREADABLE as error:
        raise Malformed(str(error)) from error
    return asked


def glimpse(data: Raw | bytes) -> Glimpse:
    """Read a glimpse; raises Malformed."""
    try:
        shown: Glimpse = _glimpses.decode(data)
    except _UNREADABLE as error:
        raise Malformed(str(error)) from error
    return shown


def fact(data: Raw | bytes) -> Fact | Raw:
    """Read a fact; one of a later version stays Raw.  Raises Malformed where it is no fact."""
    try:
        happened: Fact = _facts.decode(data)
    except _UNREADABLE as error:
        if _is_of_a_later_version(data):
            return Raw(data)
        raise Malformed(str(error)) from error
    return happened


def record(entries: list[Entry]) -> bytes:
    """What one ask or one tick of time has brought about, as the journal keeps it."""
    return _encoder.encode(entries)


def entries(data: bytes) -> list[Entry]:
    """Read a journal's record; raises Malformed."""
    try:
        lines = _records.decode(data)
    except _UNREADABLE as error:
        raise Malformed(str(error)) from error
    return [Entry(line.seq, line.ms, line.by, line.n, fact(line.fact)) for line in lines]


def frame(lines: list[tuple[int, int, Raw]]) -> bytes:
    """Facts of one tick, as (seq, ms, encoded fact), for one audience."""
    seq, ms, _ = lines[0]
    return _encoder.encode(Entries(seq, ms, [Line(s - seq, m - ms, f) for s, m, f in lines]))


def inks(lines: list[InkLine]) -> bytes:
    """Ink of one tick, for one audience that none of its writers belongs to."""
    return _encoder.encode(Inks(pack(lines)))


def entries_of(message: Inks) -> Entries:
    """The same as a frame of facts has it; raises Malformed."""
    lines = unpack(message.lines)
    if not lines:
        raise Malformed("a frame without a line")
    seq, ms, _ = lines[0]
    return Entries(seq, ms, [Line(s - seq, m - ms, Raw(_encoder.encode(f))) for s, m, f in lines])


def ridden(entry: Entry, *, seen: bool) -> bytes:
    """A line of the log as it rides in voice: to one who may see its fact, or may not."""
    if seen and isinstance(entry.fact, Inked):
        return inks([(entry.seq, entry.ms, entry.fact)])
    fact = Raw(_encoder.encode(entry.fact)) if seen else NOTHING
    return _encoder.encode(Line(entry.seq, entry.ms, fact))


def snapshot(lesson: Lesson) -> bytes:
    """The whole lesson as it is now."""
    states = {channel.name: Raw(_encoder.encode(channel)) for channel in lesson.channels}
    return _encoder.encode(Snapshot(lesson.seq, lesson.ms, lesson.asked, lesson.unknown, states))


def restore(data: bytes) -> Lesson:
    """The lesson of a snapshot; raises Malformed."""
    try:
        kept = _snapshots.decode(data)
        states = {
            channel.name: msgspec.msgpack.decode(kept.states[channel.name], type=channel)
            for channel in CHANNELS
            if channel.name in kept.states
        }
    except _UNREADABLE as error:
        raise Malformed(str(error)) from error
    lesson = new_lesson(states)
    lesson.seq, lesson.ms, lesson.unknown = kept.seq, kept.ms, kept.unknown
    lesson.asked.update(kept.asked)
    return lesson


def _is_of_a_later_version(data: Raw | bytes) -> bool:
    try:
        return _text.decode(_tagged.decode(data)[0]) not in _tags
    except (*_UNREADABLE, IndexError):
        return False
