"""What signaling and a media worker say to each other: orders one way, events the other."""

from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from synclass.errors import Malformed
from synclass.inclass.stage import Cast
from synclass.words import TrackName

Kind = Literal["audio", "video"]
Way = Literal["", "whip", "whep"]
"""How they come: through our page, as an encoder (RFC 9725), or as a player (WHEP)."""


def owner(peer: str) -> str:
    """The participant a peer belongs to: an encoder of ``u-wang`` is ``u-wang#whip-...``."""
    return peer.partition("#")[0]


class Open(Struct, frozen=True, array_like=True, tag="open"):
    """Get a lesson ready; harmless when repeated.

    ``origin`` is what ``time.monotonic()`` said at lesson time 0 (one clock for the whole system).
    """

    lesson: str
    origin: float


class Close(Struct, frozen=True, array_like=True, tag="close"):
    """The lesson is over: its peers are closed and its tape is ended."""

    lesson: str


class Invite(Struct, frozen=True, array_like=True, tag="invite"):
    """A client's offer; answered by Invited or Declined with the same ``n``.

    With the DTLS fingerprint of the peer we have it is an ICE restart; otherwise the old peer goes.
    """

    n: int
    lesson: str
    who: str
    sdp: str
    way: Way = ""


class Restart(Struct, frozen=True, array_like=True, tag="restart"):
    """A client begins ICE anew with this user name; answered as Invite, with a fragment of SDP."""

    n: int
    lesson: str
    who: str
    ufrag: str


class Arrange(Struct, frozen=True, array_like=True, tag="arrange"):
    """The whole slot plan of one subscriber.  Slots not named are emptied.

    A publisher or track that is not there yet is remembered, and shown when it comes.
    """

    lesson: str
    who: str
    casts: list[Cast]


class Tape(Struct, frozen=True, array_like=True, tag="tape"):
    """The whole set of (who, track) that is to be recorded now."""

    lesson: str
    tracks: list[tuple[str, TrackName]]
    public: list[str] = []
    """Whose tracks are kept as they come; everybody else's are locked."""


class Dismiss(Struct, frozen=True, array_like=True, tag="dismiss"):
    """Close one peer.  No Gone follows: whoever dismissed it knows."""

    lesson: str
    who: str


class Ride(Struct, frozen=True, array_like=True, tag="ride"):
    """Whether ink rides in the padding of the voices this subscriber hears."""

    lesson: str
    who: str
    on: bool


class Ink(Struct, frozen=True, array_like=True, tag="ink"):
    """Ink for those named of whom it was said that it rides.  ``number``: 16 bits, rising."""

    lesson: str
    number: int
    batch: bytes
    to: list[str]


class Survey(Struct, frozen=True, array_like=True, tag="survey"):
    """Who is there?  Answered by Surveyed, then by Published and Taping for all that goes on."""


class Invited(Struct, frozen=True, array_like=True, tag="invited"):
    n: int
    sdp: str


class Declined(Struct, frozen=True, array_like=True, tag="declined"):
    n: int
    code: str
    message: str


class Surveyed(Struct, frozen=True, array_like=True, tag="surveyed"):
    """Every open lesson, with those whose DTLS is up."""

    lessons: dict[str, list[str]]


class Connected(Struct, frozen=True, array_like=True, tag="connected"):
    """DTLS is up."""

    lesson: str
    who: str


class Gone(Struct, frozen=True, array_like=True, tag="gone"):
    """``reason``: left (DTLS closed), consent-lost (RFC 7675), never-connected, dtls-failed."""

    lesson: str
    who: str
    reason: str


class Published(Struct, frozen=True, array_like=True, tag="published"):
    """Packets of this track have begun to come, or come again."""

    lesson: str
    who: str
    track: TrackName
    codec: str


class Silent(Struct, frozen=True, array_like=True, tag="silent"):
    """No packet for 3 s: muted, switched off, or lost."""

    lesson: str
    who: str
    track: TrackName


class Clock(Struct, frozen=True, array_like=True, tag="clock"):
    """Ties RTP time to lesson time: the packet stamped ``rtp`` came at ``at`` (lesson seconds).

    Of a track that is taped it is the RTP time on the tape.
    """

    lesson: str
    who: str
    track: TrackName
    rtp: int
    at: float


class Levels(Struct, frozen=True, array_like=True, tag="levels"):
    """How loud people are, in -dBov: 0 is the loudest, 127 silence (RFC 6464 §3)."""

    lesson: str
    levels: dict[str, int]


class Watched(Struct, frozen=True, array_like=True, tag="watched"):
    """Which layers of each of this publisher's tracks somebody is shown, by RID ("": the only one).

    The others need not be sent.  Said when it changes, and again every few seconds.
    """

    lesson: str
    who: str
    layers: dict[TrackName, list[str]]


class Unseen(Struct, frozen=True, array_like=True, tag="unseen"):
    """These viewers are to be shown the track, and their browsers cannot decode its codec."""

    lesson: str
    who: str
    track: TrackName
    codec: str
    viewers: list[str]


class Missed(Struct, frozen=True, array_like=True, tag="missed"):
    """The recorder kept nothing of this track from one lesson second to another."""

    lesson: str
    who: str
    track: TrackName
    since: float
    until: float


class Taping(Struct, frozen=True, array_like=True, tag="taping"):
    """Whether the recorder takes and keeps this lesson's tape; said when it changes."""

    lesson: str
    on: bool


Order: TypeAlias = Open | Close | Invite | Restart | Arrange | Tape | Dismiss | Ride | Ink | Survey
Event: TypeAlias = (
    Invited
    | Declined
    | Surveyed
    | Connected
    | Gone
    | Published
    | Silent
    | Clock
    | Levels
    | Watched
    | Unseen
    | Taping
    | Missed
)
_encoder = msgspec.msgpack.Encoder()
_orders: msgspec.msgpack.Decoder[Order] = msgspec.msgpack.Decoder(Order)
_events: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


def encode(message: Order | Event) -> bytes:
    return _encoder.encode(message)


def read_order(data: bytes) -> Order:
    """What signaling wants; raises Malformed."""
    try:
        return _orders.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error


def read_event(data: bytes) -> Event:
    """What a worker tells; raises Malformed."""
    try:
        return _events.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error
