"""How the lesson is conducted: who is here, and which of its three stages it is in."""

from collections.abc import Iterable
from typing import Self

from msgspec import field, structs

from .channel import Channel, Command, Fact, sees
from .errors import Refused
from .words import UNSEEN, Participant, ParticipantId, Role, Stage

LINE_GRACE = 90.0  # seconds a place is kept for somebody whose line was lost
TEACHER_GRACE = 600.0  # seconds a class waits for its teacher: lines here fail for five minutes
MOST_PRESENT = 400


class Open(Command, tag="lesson.open"):
    """A server takes the lesson up, for the first time or again after a fall."""

    epoch: int
    wall: float
    origin: str
    title: str
    subject: str
    teacher: str


class Join(Command, tag="lesson.join"): ...


class Leave(Command, tag="lesson.leave"): ...


class Lose(Command, tag="lesson.lose"):
    who: ParticipantId


class Begin(Command, tag="lesson.begin"): ...


class End(Command, tag="lesson.end"): ...


class Opened(Fact, tag="lesson.opened"):
    epoch: int
    wall: float
    """UTC of lesson time 0 in Unix seconds: the same in every epoch."""
    origin: str
    """The machine's boot and monotonic seconds of lesson time 0: a restart keeps the clock."""
    title: str
    subject: str = ""
    teacher: str = ""


class Joined(Fact, tag="lesson.joined"):
    who: Participant
    seat: int
    """A small number of this person's own, never given to another in this lesson."""

    def aspect(self) -> str:
        return "unseen" if self.who.role in UNSEEN else ""


class Lost(Fact, tag="lesson.lost"):
    """The line to somebody broke; the place is kept for LINE_GRACE."""

    who: ParticipantId
    unseen: bool = False

    def aspect(self) -> str:
        return "unseen" if self.unseen else ""


class Left(Fact, tag="lesson.left"):
    who: ParticipantId
    unseen: bool = False

    def aspect(self) -> str:
        return "unseen" if self.unseen else ""


class Began(Fact, tag="lesson.began"): ...


class Ended(Fact, tag="lesson.ended"):
    reason: str = "teacher"


class Conduct(Channel):
    name = "conduct"
    commands = (Open, Join, Leave, Lose, Begin, End)
    follows = (Opened, Joined, Lost, Left, Began, Ended)

    stage: Stage = Stage.PRECLASS
    epoch: int = 0
    wall: float = 0.0
    origin: str = ""
    title: str = ""
    subject: str = ""
    teacher: str = ""
    present: dict[ParticipantId, Participant] = field(default_factory=dict)
    seats: dict[ParticipantId, int] = field(default_factory=dict)
    away: dict[ParticipantId, float] = field(default_factory=dict)
    unseen: list[ParticipantId] = field(default_factory=list)
    teacher_lost_at: float | None = None
    began_at: float | None = None
    ended_at: float | None = None

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case Open():
                return self._open(command)
            case Join():
                return self._join(by)
            case Leave():
                return [self._left(by.id)]
            case Lose(who):
                return [self._lost(who)] if who in self.present and who not in self.away else []
            case Begin():
                return [Began()]
            case _:
                return [Ended()]

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case Opened():
                self.epoch, self.wall, self.origin = fact.epoch, fact.wall, fact.origin
                self.title, self.subject, self.teacher = fact.title, fact.subject, fact.teacher
            case Joined(who, seat):
                self.present[who.id] = who
                self.seats[who.id] = seat
                self.away.pop(who.id, None)
                if who.role in UNSEEN and who.id not in self.unseen:
                    self.unseen.append(who.id)
            case Lost(who_id):
                self.away[who_id] = at
            case Left(who_id):
                self.present.pop(who_id, None)
                self.away.pop(who_id, None)
            case Began():
                self.stage, self.began_at = Stage.INCLASS, at
            case Ended():
                self.stage, self.ended_at = Stage.POSTCLASS, at
        self._miss_the_teacher(at)

    def wake_at(self) -> float | None:
        due = [at + LINE_GRACE for who, at in self.away.items() if not self._is_teacher(who)]
        if self.teacher_lost_at is not None:
            due.append(self.teacher_lost_at + TEACHER_GRACE)
        return min(due, default=None)

    def wake(self, now: float) -> Iterable[Fact]:
        for who, at in self.away.items():
            if at + LINE_GRACE <= now and not self._is_teacher(who):
                yield self._left(who)
        if self.teacher_lost_at is not None and self.teacher_lost_at + TEACHER_GRACE <= now:
            yield Ended(reason="teacher-lost")

    def facing(self, viewer: Participant) -> Self:
        if not self.unseen or sees(viewer, Joined, aspect="unseen"):
            return self
        hidden = self.unseen
        return structs.replace(
            self,
            present={who: p for who, p in self.present.items() if who not in hidden},
            seats={who: seat for who, seat in self.seats.items() if who not in hidden},
            away={who: at for who, at in self.away.items() if who not in hidden},
            unseen=[],
        )

    def teacher_is_here(self) -> bool:
        return any(p.role is Role.TEACHER and p.id not in self.away for p in self.present.values())

    def _open(self, command: Open) -> Iterable[Fact]:
        if command.epoch <= self.epoch:
            raise Refused("stale-epoch", f"epoch {self.epoch} already holds this lesson")
        yield Opened(*structs.astuple(command))
        for who in self.present:
            if who not in self.away:
                yield self._lost(who)

    def _join(self, by: Participant) -> list[Fact]:
        if by.id not in self.present and len(self.present) >= MOST_PRESENT:
            raise Refused("full", f"there are {MOST_PRESENT} in this lesson already")
        if by == self.present.get(by.id) and by.id not in self.away:
            return []
        seat = self.seats.get(by.id) or max(self.seats.values(), default=0) + 1
        return [Joined(by, seat)]

    def _lost(self, who: ParticipantId) -> Lost:
        return Lost(who, self.present[who].role in UNSEEN)

    def _left(self, who: ParticipantId) -> Left:
        return Left(who, self.present[who].role in UNSEEN)

    def _is_teacher(self, who: ParticipantId) -> bool:
        return who in self.present and self.present[who].role is Role.TEACHER

    def _miss_the_teacher(self, at: float) -> None:
        if self.stage is not Stage.INCLASS or self.teacher_is_here():
            self.teacher_lost_at = None
        elif self.teacher_lost_at is None:
            self.teacher_lost_at = at
