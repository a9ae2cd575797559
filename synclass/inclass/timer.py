"""A countdown on the classroom's wall.  The whole tool is this file."""

from collections.abc import Iterable

from ..channel import Channel, Command, Fact
from ..conduct import Ended
from ..errors import Refused
from ..words import Participant

LONGEST = 2 * 3600


class StartTimer(Command, tag="timer.start"):
    seconds: int


class StopTimer(Command, tag="timer.stop"): ...


class TimerStarted(Fact, tag="timer.started"):
    seconds: int


class TimerStopped(Fact, tag="timer.stopped"): ...


class TimerRang(Fact, tag="timer.rang"): ...


class Timer(Channel):
    name = "timer"
    commands = (StartTimer, StopTimer)
    follows = (TimerStarted, TimerStopped, TimerRang, Ended)

    ends_at: float | None = None
    rang_at: float | None = None

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case StartTimer(seconds):
                if not 0 < seconds <= LONGEST:
                    raise Refused("bad-duration", "between one second and two hours")
                yield TimerStarted(seconds)
            case StopTimer() if self.ends_at is not None:
                yield TimerStopped()

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case TimerStarted(seconds):
                self.ends_at, self.rang_at = at + seconds, None
            case TimerRang():
                self.ends_at, self.rang_at = None, at
            case TimerStopped() | Ended():
                self.ends_at = self.rang_at = None

    def wake_at(self) -> float | None:
        return self.ends_at

    def wake(self, now: float) -> Iterable[Fact]:
        yield TimerRang()
