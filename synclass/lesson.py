"""The lesson: a few channels and one numbered log of facts.

State is the fold of the log and nothing else, so a live room, a late joiner and a replay
next year all run this same code.  Time comes in as ``now``, in seconds since the opening.
"""

from collections.abc import Iterable, Sequence

from msgspec import Raw, Struct

from .channel import NOT_KNOWN, Audience, Channel, Command, Fact, Glimpse, tag_of
from .conduct import Conduct, Join
from .errors import Refused
from .permissions import check
from .words import SYSTEM, Participant, ParticipantId, Role


class Entry(Struct, frozen=True, array_like=True):
    """One line of the lesson's log."""

    seq: int
    ms: int
    """Lesson time in milliseconds."""
    by: ParticipantId
    n: int
    """Which of the asker's asks this answers; 0 for what time or the server brought about."""
    fact: Fact | Raw
    """Raw where it is a fact of a later version: it is carried and counted, never fatal."""

    def audience(self) -> Audience:
        return self.fact.audience() if isinstance(self.fact, Fact) else NOT_KNOWN


class Lesson:
    """Channels in order of their names behind the conduct, and what was asked already."""

    def __init__(self, tools: Sequence[Channel], *, conduct: Conduct | None = None) -> None:
        self.conduct = conduct or Conduct()
        self.channels = (self.conduct, *tools)
        self.seq = 0
        self.ms = 0
        self.asked: dict[ParticipantId, int] = {}
        self.unknown = 0
        self._sleepers = [c for c in self.channels if type(c).wake_at is not Channel.wake_at]
        self._witnesses = {
            glimpse: channel
            for channel in self.channels
            if type(channel).witness is not Channel.witness
            for glimpse in channel.glimpses
        }
        self._asks = {command: c for c in self.channels for command in c.commands}
        self._follows: dict[type[Fact], list[Channel]] = {}
        for channel in self.channels:
            for fact in channel.follows:
                self._follows.setdefault(fact, []).append(channel)

    def decide(self, by: Participant, command: Command, now: float, *, n: int = 0) -> list[Entry]:
        """Answer a command with log entries to be kept and then applied, or raise Refused.

        Changes nothing.  An ask whose ``n`` was answered before is answered with nothing.
        """
        if n and n <= self.asked.get(by.id, 0):
            return []
        if by.id not in self.conduct.present and not isinstance(command, Join) and by is not SYSTEM:
            raise Refused("not-here", "join the lesson first")
        check(by.role, tag_of(command), self.conduct.stage)
        channel = self._asks[type(command)]
        return self._number(channel.decide(by, command, now), now, by=by.id, n=n)

    def keeps(self, glimpse: Glimpse) -> bool:
        """Whether some channel may want to keep glimpses of this kind."""
        return type(glimpse) in self._witnesses

    def witness(self, by: Participant, glimpse: Glimpse, now: float) -> list[Entry]:
        """What is to be kept of a glimpse, to be applied; nothing where it may not be shown."""
        if not self.may_show(by, tag_of(glimpse)):
            return []
        facts = self._witnesses[type(glimpse)].witness(by, glimpse, now)
        return self._number(facts, now, by=by.id, n=0)

    def wake_at(self) -> float | None:
        """When wake() is next due, or None."""
        due = [at for channel in self._sleepers if (at := channel.wake_at()) is not None]
        return min(due, default=None)

    def wake(self, now: float) -> list[Entry]:
        """What time has brought about in one channel, to be kept and applied; ask again after."""
        for channel in self._sleepers:
            if (at := channel.wake_at()) is not None and at <= now:
                return self._number(channel.wake(now), now, by=SYSTEM.id, n=0)
        return []

    def apply(self, entries: Iterable[Entry]) -> None:
        """Fold entries in: our own, another process's, or a recording's."""
        for entry in entries:
            self.seq, self.ms = entry.seq, entry.ms
            if entry.n:
                self.asked[entry.by] = entry.n
            if isinstance(entry.fact, Raw):
                self.unknown += 1
                continue
            for channel in self._follows.get(type(entry.fact), ()):
                channel.apply(entry.fact, entry.ms / 1000)

    def facing(self, viewer: Participant) -> dict[str, Channel]:
        """Every channel's state as the viewer may see it."""
        return {channel.name: channel.facing(viewer) for channel in self.channels}

    def brief(self, viewer: Participant) -> dict[str, Channel]:
        """What a late joiner needs at once; the rest is fetched with Channel.more()."""
        states = self.facing(viewer)
        return {name: channel.brief(states) for name, channel in states.items()}

    def channel(self, name: str) -> Channel | None:
        return next((channel for channel in self.channels if channel.name == name), None)

    def may_show(self, by: Participant, action: str) -> bool:
        """Whether a glimpse of this tag from this participant is passed on."""
        try:
            check(by.role, action, self.conduct.stage)
        except Refused:
            return False
        return by.role is Role.SYSTEM or by.id in self.conduct.present

    def _number(
        self, facts: Iterable[Fact], now: float, *, by: ParticipantId, n: int
    ) -> list[Entry]:
        ms = max(self.ms, round(now * 1000))
        return [Entry(seq, ms, by, n, fact) for seq, fact in enumerate(facts, self.seq + 1)]
