"""Nearly an hour of a real class for the benches: 50,000 facts, thirty rooms, one seed."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from msgspec import Struct

from ... import wire
from ...channel import Command
from ...conduct import Begin, Join, Lose, Open
from ...errors import Refused
from ...inclass.chat import Say, To
from ...inclass.hands import LowerHand, RaiseHand
from ...inclass.pages import AddPages, Paper
from ...inclass.stage import InviteOnStage, LeaveStage, OnStage
from ...inclass.timer import StartTimer
from ...inclass.tracks import NoteClock, NoteTrack
from ...lesson import Lesson
from ...marks import SEAT
from ...strokes import AddInk, BeginStroke
from ...toolbox import new_lesson
from ...words import SYSTEM, Participant, ParticipantId, Role, TrackName
from ..robot.pen import batches, points
from ..robot.script import REPLIES, SUBJECT, TITLE, WORDS, Sheet, sheets

SEED = 20261123
FACTS = 50_000
ROOMS = 30
PAGES = 24  # an hour of them, two and a half minutes each; the 50,000 facts end on the 23rd
HOUR = 3600.0
ASIDES = 0.04  # a batch of ink: about two thousand hands, words and calls in the hour
CLOCKS = 5.0  # seconds between two readings of a track's clock
TEACHER = Participant(ParticipantId("u-wang"), "王老师", Role.TEACHER, "中心小学")


class Asked(Struct, frozen=True):
    """One ask as it came in."""

    at: float
    by: Participant
    n: int
    command: bytes
    """Empty where time itself brings something about: a bell, a place kept long enough."""


def rooms(count: int = ROOMS) -> list[Participant]:
    return [
        Participant(ParticipantId(f"room-{n:03}"), f"村小{n}", Role.CLASSROOM, f"村小{n}")
        for n in range(count)
    ]


def hour(facts: int = FACTS) -> list[Asked]:
    """The asks of the lesson; what was refused or came to nothing is left out."""
    return list(_Class(random.Random(SEED), facts).asks())


def put(lesson: Lesson, asked: Asked) -> bytes:
    """Decode, decide, encode and apply one ask; returns the journal's record."""
    if asked.command:
        command = wire.command(asked.command)
        entries = lesson.decide(asked.by, command, asked.at, n=asked.n)
    else:
        entries = lesson.wake(asked.at)
    record = wire.record(entries)
    lesson.apply(entries)
    return record


def median(work: Callable[[], object], runs: int) -> float:
    """CPU seconds."""
    spent = []
    for _ in range(runs):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return statistics.median(spent)


class _Class:
    def __init__(self, dice: random.Random, facts: int) -> None:
        self._dice = dice
        self._facts = facts
        self._lesson = new_lesson()
        self._rooms = rooms()
        self._asks: dict[ParticipantId, int] = {}
        self._strokes = 0
        self._at = 0.0

    def asks(self) -> Iterator[Asked]:
        for by, command in self._script():
            yield from self._wakes()
            if asked := self._put(by, command):
                yield asked
            if self._lesson.seq >= self._facts:
                return

    def _wakes(self) -> Iterator[Asked]:
        while (due := self._lesson.wake_at()) is not None and due <= self._at:
            self._lesson.apply(self._lesson.wake(self._at))
            yield Asked(self._at, SYSTEM, 0, b"")

    def _put(self, by: Participant, command: Command) -> Asked | None:
        n = 0 if by is SYSTEM else self._asks.get(by.id, 0) + 1
        before = self._lesson.seq
        try:
            entries = self._lesson.decide(by, command, self._at, n=n)
        except Refused:
            return None
        self._lesson.apply(entries)
        self._asks[by.id] = n
        data = wire.encode(command)
        return Asked(self._at, by, n, data) if self._lesson.seq > before else None

    def _script(self) -> Iterator[tuple[Participant, Command]]:
        yield from self._opening()
        plan, page = sheets(self._dice), 1
        clocks_at, page_ends = CLOCKS, HOUR / PAGES
        while True:
            for command in self._ink(page, next(plan)):
                yield TEACHER, command
                self._at += HOUR / self._facts
                if self._dice.random() < ASIDES:
                    yield self._aside()
                if self._at >= clocks_at:
                    clocks_at += CLOCKS
                    yield from self._clocks()
                if self._at >= page_ends:
                    page, page_ends = page + 1, page_ends + HOUR / PAGES
                    yield TEACHER, AddPages([Paper("grid")])
                    break

    def _opening(self) -> Iterator[tuple[Participant, Command]]:
        yield SYSTEM, Open(1, 1.7e9, "boot:0", TITLE, SUBJECT, TEACHER.name)
        for person in (TEACHER, *self._rooms):
            yield person, Join()
        yield TEACHER, Begin()
        for who in (TEACHER, *self._rooms):
            yield SYSTEM, NoteTrack(who.id, "camera", "VP8")
        yield SYSTEM, NoteTrack(TEACHER.id, "voice", "opus")

    def _ink(self, page: int, sheet: Sheet) -> Iterator[Command]:
        """The strokes of a sheet, batch by batch as a pen makes them."""
        for part in sheet.parts:
            for line in part.lines:
                self._strokes += 1
                number, packed = SEAT + self._strokes, list(batches(points(line)))
                for n, ink in enumerate(packed):
                    last = n == len(packed) - 1
                    yield (
                        AddInk(number, ink, last)
                        if n
                        else BeginStroke(number, page, part.pen, ink, last)
                    )

    def _clocks(self) -> Iterator[tuple[Participant, Command]]:
        tracks: tuple[TrackName, ...] = ("voice", "camera")
        for track in tracks:
            yield SYSTEM, NoteClock(TEACHER.id, track, round(self._at * 90_000), self._at)

    def _aside(self) -> tuple[Participant, Command]:
        """What happens beside the writing, as it comes."""
        room = self._dice.choice(self._rooms)
        asides: tuple[tuple[Participant, Command], ...] = (
            (room, RaiseHand()),
            (TEACHER, InviteOnStage(room.id)),
            *((TEACHER, LeaveStage(who)) for who in self._on_stage()),
            (room, LowerHand(room.id)),
            (room, Say(self._dice.choice(REPLIES), self._dice.choice(list(To)))),
            (TEACHER, Say(self._dice.choice(WORDS))),
            (SYSTEM, Lose(room.id)),
            (room, Join()),
            (room, Join()),
            (TEACHER, StartTimer(60)),
        )
        return self._dice.choice(asides)

    def _on_stage(self) -> list[ParticipantId]:
        stage = self._lesson.channel(OnStage.name)
        return list(stage.on) if isinstance(stage, OnStage) else []
