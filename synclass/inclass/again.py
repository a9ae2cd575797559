"""The last minute once more: what was just said and written is played in every classroom."""

from collections.abc import Iterable

from ..channel import Channel, Command, Fact
from ..conduct import Began, Ended
from ..errors import Refused
from ..words import Participant

LAST = 60.0  # seconds that are played again
LEAST = 5.0  # seconds of class before there is anything to play again
SLACK = 6.0  # seconds until the slowest classroom has begun


class ShowAgain(Command, tag="again.show"): ...


class StopAgain(Command, tag="again.stop"): ...


class AgainShown(Fact, tag="again.shown"):
    """Every classroom plays this part of the lesson, in its seconds, and is live after it."""

    since: float
    until: float
    ends_at: float
    """When all are live again."""


class AgainOver(Fact, tag="again.over"): ...


class Again(Channel):
    name = "again"
    commands = (ShowAgain, StopAgain)
    follows = (AgainShown, AgainOver, Began, Ended)

    began_at: float | None = None
    since: float = 0.0
    until: float = 0.0
    ends_at: float | None = None
    """When all are live again; None while they are."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case ShowAgain() if self.ends_at is None:
                since = max(self.began_at or 0.0, now - LAST)
                if now - since < LEAST:
                    raise Refused("too-early", "nothing has been said yet")
                ends_at = now + (now - since) + SLACK
                yield AgainShown(round(since, 3), round(now, 3), round(ends_at, 3))
            case StopAgain() if self.ends_at is not None:
                yield AgainOver()

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case Began():
                self.began_at = at
            case AgainShown(since, until, ends_at):
                self.since, self.until, self.ends_at = since, until, ends_at
            case AgainOver() | Ended():
                self.ends_at = None

    def wake_at(self) -> float | None:
        return self.ends_at

    def wake(self, now: float) -> Iterable[Fact]:
        yield AgainOver()
