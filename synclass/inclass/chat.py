"""Words beside the lesson, to everyone or to the teachers; the teacher may take them away."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..conduct import MOST_PRESENT
from ..errors import Refused
from ..permissions import check_owner
from ..words import Participant, ParticipantId

LONGEST = 500  # characters
KEPT = 200  # messages to everyone in the state, and as many to the teachers from each person


class To(StrEnum):
    EVERYONE = "everyone"
    TEACHERS = "teachers"


class Say(Command, tag="chat.say"):
    text: str
    to: To = To.EVERYONE


class RemoveWords(Command, tag="chat.remove"):
    message: int


class Mute(Command, tag="chat.mute"):
    """Words of this one are taken no more; what was said stays."""

    who: ParticipantId


class Unmute(Command, tag="chat.unmute"):
    who: ParticipantId


def _aspect(to: To) -> str:
    return "" if to is To.EVERYONE else to


class Said(Fact, tag="chat.said"):
    message: int
    who: ParticipantId
    text: str
    to: To = To.EVERYONE

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))

    def aspect(self) -> str:
        return _aspect(self.to)


class WordsRemoved(Fact, tag="chat.removed"):
    message: int
    who: ParticipantId
    """Whose words they were."""
    to: To = To.EVERYONE

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))

    def aspect(self) -> str:
        return _aspect(self.to)


class Muted(Fact, tag="chat.muted"):
    who: ParticipantId

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Unmuted(Fact, tag="chat.unmuted"):
    who: ParticipantId

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Message(Struct, frozen=True, array_like=True):
    id: int
    at: float
    who: ParticipantId
    text: str
    """Empty where the words were taken away."""
    to: To


class Chat(Channel):
    name = "chat"
    commands = (Say, RemoveWords, Mute, Unmute)
    follows = (Said, WordsRemoved, Muted, Unmuted)

    messages: list[Message] = field(default_factory=list)
    muted: list[ParticipantId] = field(default_factory=list)

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case Say() if by.id in self.muted:
                raise Refused("muted", "the teacher has closed your chat")
            case Mute(who) if who not in self.muted:
                if len(self.muted) >= MOST_PRESENT:
                    raise Refused("full", "as many are closed as can be here")
                yield Muted(who)
            case Unmute(who) if who in self.muted:
                yield Unmuted(who)
            case Say(text, to):
                if not text.strip() or len(text) > LONGEST:
                    raise Refused("bad-text", f"between 1 and {LONGEST} characters")
                last = max((message.id for message in self.messages), default=0)
                yield Said(last + 1, by.id, text.strip(), to)
            case RemoveWords(id_):
                message = next((m for m in self.messages if m.id == id_ and m.text), None)
                if message is None:
                    raise Refused("no-message", "these words are gone already")
                check_owner(by.role, "chat.remove", own=message.who == by.id)
                yield WordsRemoved(id_, message.who, message.to)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case Said(id_, who, text, to):
                self._forget_one_like(who, to)
                self.messages.append(Message(id_, at, who, text, to))
            case Muted(who):
                self.muted.append(who)
            case Unmuted(who):
                self.muted.remove(who)
            case WordsRemoved(id_):
                self.messages = [
                    structs.replace(m, text="") if m.id == id_ else m for m in self.messages
                ]

    def facing(self, viewer: Participant) -> Self:
        seen = [
            m
            for m in self.messages
            if sees(viewer, Said, Whose(frozenset({m.who})), aspect=_aspect(m.to))
        ]
        muted = [who for who in self.muted if sees(viewer, Muted, Whose(frozenset({who})))]
        return structs.replace(self, messages=seen, muted=muted)

    def _forget_one_like(self, who: ParticipantId, to: To) -> None:
        """Make room among messages of one audience, so that what is kept agrees for all viewers."""
        like = [m for m in self.messages if m.to == to and (to is To.EVERYONE or m.who == who)]
        if len(like) >= KEPT:
            self.messages.remove(like[0])
