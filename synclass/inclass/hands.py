"""Raised hands, first come first served.  Going on stage lowers the hand."""

from collections.abc import Iterable

from msgspec import field

from ..channel import Channel, Command, Fact
from ..conduct import Ended, Left
from ..permissions import check_owner
from ..words import Participant, ParticipantId
from .stage import StageEntered


class RaiseHand(Command, tag="hand.raise"): ...


class LowerHand(Command, tag="hand.lower"):
    who: ParticipantId


class HandRaised(Fact, tag="hand.raised"):
    who: ParticipantId


class HandLowered(Fact, tag="hand.lowered"):
    who: ParticipantId


class Hands(Channel):
    name = "hands"
    commands = (RaiseHand, LowerHand)
    follows = (HandRaised, HandLowered, StageEntered, Left, Ended)

    raised: dict[ParticipantId, float] = field(default_factory=dict)
    """Since when, in lesson seconds; in the order of raising."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case RaiseHand() if by.id not in self.raised:
                yield HandRaised(by.id)
            case LowerHand(who) if who in self.raised:
                check_owner(by.role, "hand.lower", own=who == by.id)
                yield HandLowered(who)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case HandRaised(who):
                self.raised[who] = at
            case HandLowered(who) | StageEntered(who) | Left(who):
                self.raised.pop(who, None)
            case Ended():
                self.raised.clear()
