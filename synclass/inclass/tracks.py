"""Which voices and pictures are there, how their clocks run, and whether the tape is running."""

from collections.abc import Iterable

from msgspec import Struct, field

from ..channel import Channel, Command, Fact, Glimpse, Whose
from ..conduct import Ended, Joined, Left
from ..words import UNSEEN, Participant, ParticipantId, TrackName

AHEAD = 10.0  # seconds by which another process's clock may run before the lesson's


class NoteTrack(Command, tag="track.note"):
    who: ParticipantId
    track: TrackName
    codec: str


class NoteSilence(Command, tag="track.silence"):
    who: ParticipantId
    track: TrackName


class NoteClock(Command, tag="track.clock"):
    who: ParticipantId
    track: TrackName
    rtp: int
    at: float


class NoteTaping(Command, tag="track.taping"):
    on: bool


class NoteMissed(Command, tag="track.miss"):
    who: ParticipantId
    track: TrackName
    since: float
    until: float


class TrackPublished(Fact, tag="track.published"):
    who: ParticipantId
    track: TrackName
    codec: str


class TrackSilent(Fact, tag="track.silent"):
    """The track has stopped for now: a microphone or a camera is off."""

    who: ParticipantId
    track: TrackName


class ClockSet(Fact, tag="track.clock"):
    """RTP time and lesson time of one moment (RFC 3550 §5.1 units): ties a track to the lesson."""

    who: ParticipantId
    track: TrackName
    rtp: int
    at: float


class TapingSet(Fact, tag="track.taping"):
    """The recording light."""

    on: bool


class Missed(Fact, tag="track.missed"):
    """Nothing of this track was recorded from one lesson second to another."""

    who: ParticipantId
    track: TrackName
    since: float
    until: float


class Watched(Glimpse, tag="track.watched"):
    """Which layers of your pictures somebody is shown: the others need not be sent.

    By track, as RIDs; "" stands for the only layer of a track.  A track not named is sent whole.
    """

    who: ParticipantId
    layers: dict[TrackName, list[str]]

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Unseen(Glimpse, tag="track.unseen"):
    """These of the lesson cannot see your picture, or hear you: their browsers lack the codec."""

    who: ParticipantId
    track: TrackName
    codec: str
    viewers: list[ParticipantId]

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Clock(Struct, frozen=True, array_like=True):
    rtp: int
    at: float


class Tracks(Channel):
    name = "tracks"
    commands = (NoteTrack, NoteSilence, NoteClock, NoteTaping, NoteMissed)
    glimpses = (Watched, Unseen)
    follows = (TrackPublished, TrackSilent, ClockSet, TapingSet, Missed, Joined, Left, Ended)

    live: dict[str, str] = field(default_factory=dict)
    """The codec of each live track, under ``participant/track``."""
    clocks: dict[str, Clock] = field(default_factory=dict)
    taping: bool = False
    publishers: list[ParticipantId] = field(default_factory=list)
    """Who is here and may be heard or seen; nothing is ever noted of anybody else."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case NoteTrack(who, track, codec) if who in self.publishers:
                if self.live.get(_key(who, track)) != codec:
                    yield TrackPublished(who, track, codec)
            case NoteSilence(who, track) if _key(who, track) in self.live:
                yield TrackSilent(who, track)
            case NoteClock(who, track, rtp, at) if who in self.publishers:
                yield ClockSet(who, track, rtp, at)
            case NoteTaping(on) if on != self.taping:
                yield TapingSet(on)
            case NoteMissed(who, track, since, until) if 0 <= since < until <= now + AHEAD:
                yield Missed(who, track, since, until)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case TrackPublished(who, track, codec):
                self.live[_key(who, track)] = codec
            case TrackSilent(who, track):
                self.live.pop(_key(who, track), None)
            case ClockSet(who, track, rtp, set_at):
                self.clocks[_key(who, track)] = Clock(rtp, set_at)
            case TapingSet(on):
                self.taping = on
            case Joined(who):
                if who.role not in UNSEEN and who.id not in self.publishers:
                    self.publishers.append(who.id)
            case Left(who):
                self.publishers = [other for other in self.publishers if other != who]
                for key in [key for key in self.live if key.startswith(f"{who}/")]:
                    del self.live[key]
            case Ended():
                self.live.clear()
                self.taping = False


def _key(who: ParticipantId, track: TrackName) -> str:
    return f"{who}/{track}"
