"""The recording light of each classroom: what may be recorded of it, and what is."""

from collections.abc import Iterable, Mapping

from msgspec import field

from ..channel import Channel, Command, Fact
from ..school.consent import May
from ..words import Participant, ParticipantId, TrackName
from .stage import OnStage


class NoteConsent(Command, tag="light.note"):
    who: ParticipantId
    picture: bool
    voice: bool


class LightSet(Fact, tag="light.was-set"):
    """From here on this may be recorded of a classroom while it is on stage, and nothing else."""

    who: ParticipantId
    picture: bool
    voice: bool


class Lights(Channel):
    name = "light"
    late = True
    commands = (NoteConsent,)
    follows = (LightSet,)

    may: dict[ParticipantId, May] = field(default_factory=dict)
    """By classroom; of whom nothing is said the voice may be recorded, never the picture."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case NoteConsent(who, picture, voice) if self.may.get(who, May()) != May(
                picture, voice
            ):
                yield LightSet(who, picture, voice)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case LightSet(who, picture, voice):
                self.may[who] = May(picture, voice)


def taped(
    stage: OnStage, may: Mapping[ParticipantId, May]
) -> list[tuple[ParticipantId, TrackName]]:
    """What is recorded: all of the teacher, and of classrooms on stage what they may be."""
    names: tuple[TrackName, ...] = ("voice", "camera", "content")
    tracks = [(teacher, name) for teacher in stage.teachers for name in names]
    for who in stage.on:
        allowed = may.get(who, May())
        tracks += [(who, "voice")] if allowed.voice else []
        tracks += [(who, "camera")] if allowed.picture else []
    return tracks
