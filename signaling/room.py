"""Runs one lesson: puts asks to it, keeps and publishes what it says, wakes it when it is due."""

import asyncio
import secrets
from collections.abc import Callable
from itertools import chain
from typing import Protocol

import structlog
from msgspec import Raw, structs

from synclass import wire
from synclass.channel import Chance, Command, Glimpse, tag_of
from synclass.conduct import Begin, Join, Lose, Open, Opened
from synclass.errors import Refused, Unavailable
from synclass.inclass.attendance import LinkReport
from synclass.lesson import Entry
from synclass.ports import Journal
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, Participant, ParticipantId

from .pace import FASTEST, tick_for
from .signs import Signs
from .tail import INK, Tail
from .witness import Witness

log = structlog.get_logger()

DICE = 32  # bits: far more than any choice among rooms times pupils


class Member(Protocol):
    """Somebody connected: how the room reaches them.  None of these calls waits."""

    me: Participant
    seen: int
    """The last fact sent to them."""
    tick: float
    """Seconds between two frames of ink."""

    def wake(self) -> None:
        """There is something new; fetch it with Room.take() when the line is free."""

    def glimpse(self, key: str, data: bytes) -> None:
        """Show this soon, in place of what has the same key."""

    def recall(self) -> None:
        """Ask for a new offer: the media they had is gone."""

    def dismiss(self, code: str, message: str) -> None:
        """Say goodbye and close."""


class Encoder(Protocol):
    """Somebody's encoder: it publishes, and is told nothing."""

    me: Participant

    def dismiss(self, code: str, message: str) -> None:
        """Close its session."""


class Room:
    """One live lesson, as its journal tells it.  Raises Malformed where that is not ours.

    ``watch`` hears of every batch that was kept, ``rest`` when somebody falls behind or is live
    again; ``admit`` refuses who comes in, or a beginning, where a quota is reached.  The journal
    may be read in any thread; the loop that calls open() is the room's.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        watch: Callable[["Room", list[Entry]], None] = lambda room, entries: None,
        rest: Callable[["Room"], None] = lambda room: None,
        admit: Callable[[Participant, Command], None] = lambda by, command: None,
    ) -> None:
        self.lesson = new_lesson()
        self.members: dict[ParticipantId, Member] = {}
        self.encoders: dict[ParticipantId, list[Encoder]] = {}
        """Who publishes through a door of its own, beside its owner's page or without one."""
        self._journal = journal
        self._watch = watch
        self._rest = rest
        self._admit = admit
        self.behind: set[ParticipantId] = set()
        """Who watches what they missed, and needs nothing of what is live meanwhile."""
        self.signs = Signs()
        self._tail = Tail(0)
        self._epochs: dict[int, int] = {}
        for record in journal.records():
            self._fold(wire.entries(record))
        self.origin = 0.0
        self._loop: asyncio.AbstractEventLoop
        self._alarm: asyncio.TimerHandle | None = None
        self._ticker: asyncio.TimerHandle | None = None
        self._keeper: asyncio.TimerHandle | None = None
        self._witness = Witness()
        self._told: dict[ParticipantId, float] = {}
        self._ticked_at = 0.0

    def open(self, command: Open, *, origin: float) -> None:
        """Take the lesson up in a new epoch; its time 0 was at ``origin`` of the loop's clock."""
        self.origin = origin
        self._loop = asyncio.get_running_loop()
        self.ask(SYSTEM, command)

    def now(self) -> float:
        """Lesson time in seconds."""
        return self._loop.time() - self.origin

    def ask(self, by: Participant, command: Command, n: int = 0) -> None:
        """Put an ask to the lesson.  Kept before it is applied, applied before it is told.

        Raises Refused, or Unavailable where it could not be kept: then nothing has happened.
        """
        self._catch_up()
        if isinstance(command, Join | Begin):
            self._admit(by, command)
        if isinstance(command, Chance):
            command = structs.replace(command, dice=secrets.randbits(DICE))
        self._take_in(self.lesson.decide(by, command, self.now(), n=n))

    def enter(self, member: Member, resume: tuple[int, int] | None) -> wire.Welcome:
        """Let somebody in, or back in; the welcome comes before everything else they are sent."""
        self.ask(member.me, Join())
        before = self.members.get(member.me.id)
        self.members[member.me.id] = member
        if before is not None and before is not member:
            before.dismiss("elsewhere", "this lesson was opened in another window")
        if resume is not None and self._may_resume(*resume):
            member.seen = resume[1]
            member.wake()
            return self._welcome(member.me, fresh=False)
        member.seen = self.lesson.seq
        return self._welcome(member.me, fresh=True)

    def leave(self, member: Member) -> None:
        """The line to somebody is gone; their place is kept for a while."""
        if self.members.get(member.me.id) is member:
            del self.members[member.me.id]
            self._told.pop(member.me.id, None)
            self._note_behind(member.me.id, False)
            self.signs.forget(member.me.id)
            self._lose(member.me)

    def plug_in(self, encoder: Encoder) -> None:
        """An encoder publishes as somebody: with it they are here, also without a page."""
        self.ask(encoder.me, Join())
        self.encoders.setdefault(encoder.me.id, []).append(encoder)

    def unplug(self, encoder: Encoder) -> None:
        """An encoder has gone; its owner is lost where no page and no other encoder is left."""
        others = [one for one in self.encoders.get(encoder.me.id, ()) if one is not encoder]
        if self.encoders.pop(encoder.me.id, None) is not None:
            if others:
                self.encoders[encoder.me.id] = others
            self._lose(encoder.me)

    def tell(self, command: Command) -> None:
        """An ask of the server's own; where it is refused or cannot be kept, that is logged."""
        try:
            self.ask(SYSTEM, command)
        except (Refused, Unavailable) as error:
            log.warning("not told", command=tag_of(command), code=error.code)

    def show(self, by: Participant, glimpse: Glimpse) -> None:
        """Pass a glimpse on to those it is for, if the one who shows it may."""
        if not self.lesson.may_show(by, tag_of(glimpse)):
            return
        if isinstance(glimpse, LinkReport) and by.id in self.members:
            self.members[by.id].tick = tick_for(glimpse)
            self._note_behind(by.id, glimpse.behind > 0)
        self.signs.note(by, glimpse, self.now())
        data = wire.encode(wire.Glimpsed(by.id, glimpse))
        audience, key = glimpse.audience(), f"{tag_of(glimpse)} {by.id}"
        if self.lesson.keeps(glimpse) and self._witness.take(key, by, glimpse, self.now()):
            self._keep(by, glimpse)
        for member in self.members.values():
            if member.me.id != by.id and audience.admits(member.me):
                member.glimpse(key, data)
        if self._keeper is None and (due := self._witness.due_at()) is not None:
            self._keeper = self._loop.call_later(max(0.0, due - self.now()), self._keep_due)

    def take(self, member: Member) -> bytes | None:
        """What the member has not been sent yet: a frame, or all anew where that is too much."""
        if member.seen == self.lesson.seq:
            return None
        since, member.seen = member.seen, self.lesson.seq
        self._told[member.me.id] = self._loop.time()
        if not self._tail.reaches(since):
            return wire.encode(self._welcome(member.me, fresh=True))
        return self._tail.frame(since, member.me)

    def recent(self, viewer: Participant, since: int) -> list[tuple[int, int, Raw]] | None:
        """What has happened after a number, for this viewer; None where it is long ago."""
        return self._tail.recent(since, viewer)

    def fetch(self, member: Member, channel: str, key: int) -> bytes:
        """A part that the welcome left out; raises Refused("no-part")."""
        state = self.lesson.facing(member.me).get(channel)
        part = state.more(key) if state else None
        if part is None:
            raise Refused("no-part", f"there is no part {key} of {channel}")
        return wire.encode(wire.Fetched(channel, key, Raw(wire.encode(part))))

    def close(self, code: str, message: str) -> None:
        """Dismiss everybody and let the journal go."""
        for timer in (self._alarm, self._ticker, self._keeper):
            if timer is not None:
                timer.cancel()
        members, encoders = self.members, self.encoders
        self.members, self.encoders = {}, {}
        for member in members.values():
            member.dismiss(code, message)
        for encoder in chain.from_iterable(encoders.values()):
            encoder.dismiss(code, message)
        self._journal.close()

    def _keep(self, by: Participant, glimpse: Glimpse) -> None:
        try:
            self._catch_up()
            self._take_in(self.lesson.witness(by, glimpse, self.now()))
        except Unavailable as error:
            log.warning("not kept", glimpse=tag_of(glimpse), code=error.code)

    def _keep_due(self) -> None:
        self._keeper = None
        for by, glimpse in self._witness.due(self.now()):
            self._keep(by, glimpse)
        if (due := self._witness.due_at()) is not None:
            self._keeper = self._loop.call_later(max(0.0, due - self.now()), self._keep_due)

    def _note_behind(self, who: ParticipantId, behind: bool, /) -> None:
        if behind is not (who in self.behind):
            (self.behind.add if behind else self.behind.discard)(who)
            self._rest(self)

    def _lose(self, who: Participant) -> None:
        if who.id not in self.members and who.id not in self.encoders:
            self.tell(Lose(who.id))

    def _take_in(self, entries: list[Entry]) -> None:
        if entries:
            self._journal.append(wire.record(entries))
            self._fold(entries)
            self._watch(self, entries)
            self._announce(at_once=not all(isinstance(entry.fact, INK) for entry in entries))
        self._set_alarm()

    def _fold(self, entries: list[Entry]) -> None:
        self.lesson.apply(entries)
        self._tail.add(entries)
        for entry in entries:
            if isinstance(entry.fact, Opened):
                self._epochs[entry.fact.epoch] = entry.seq

    def _announce(self, *, at_once: bool) -> None:
        if at_once:
            for member in self.members.values():
                member.wake()
        elif self._ticker is None:
            rest = FASTEST - (self._loop.time() - self._ticked_at)
            self._ticker = self._loop.call_later(max(0.0, rest), self._tick)

    def _tick(self) -> None:
        self._ticker, now, waiting = None, self._loop.time(), False
        self._ticked_at = now
        for member in self.members.values():
            if member.seen == self.lesson.seq:
                continue
            if now - self._told.get(member.me.id, 0.0) >= member.tick * 0.9:
                member.wake()
            else:
                waiting = True
        if waiting:
            self._ticker = self._loop.call_later(FASTEST, self._tick)

    def _catch_up(self) -> None:
        """What time has brought about happens before what is asked now."""
        while (due := self.lesson.wake_at()) is not None and due <= self.now():
            self._take_in(self.lesson.wake(self.now()))

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        due = self.lesson.wake_at()
        wait = None if due is None else max(0.0, due - self.now())
        self._alarm = None if wait is None else self._loop.call_later(wait, self._ring)

    def _ring(self) -> None:
        try:
            self._catch_up()
        except Unavailable as error:
            log.error("not kept", code=error.code)
            self._alarm = self._loop.call_later(1.0, self._ring)
        else:
            self._set_alarm()

    def _may_resume(self, epoch: int, seq: int) -> bool:
        """A fact seen in an older epoch is ours only if it was kept before the next one began."""
        later = [first for other, first in self._epochs.items() if other > epoch]
        if epoch > self.lesson.conduct.epoch or (later and seq >= min(later)):
            return False
        return self._tail.reaches(seq)

    def _welcome(self, me: Participant, *, fresh: bool) -> wire.Welcome:
        conduct = self.lesson.conduct
        return wire.Welcome(
            me,
            conduct.seats.get(me.id, 0),
            conduct.epoch,
            self.lesson.seq,
            round(self.now() * 1000),
            self.lesson.asked.get(me.id, 0),
            self.lesson.brief(me) if fresh else None,
        )
