"""The server's end of a page's line, without a socket: the real lesson, and what is on its way."""

from collections import deque

import msgspec

from signaling.tail import INK, Tail
from synclass import wire
from synclass.channel import Command, Fact
from synclass.conduct import Begin, Join, Lose, Open
from synclass.errors import Refused
from synclass.lesson import Entry
from synclass.strokes import AddInk, BeginStroke
from synclass.toolbox import new_lesson
from synclass.wire import (
    Ask,
    Beat,
    Done,
    Echo,
    Fetch,
    Fetched,
    Hello,
    Refusal,
    Ride,
    Rides,
    Welcome,
)
from synclass.words import SYSTEM, Participant

from ..conftest import TEACHER, VILLAGE
from .browser import Page


class Classroom:
    """The server's end of one line: the real lesson and the real tail, and what is on its way."""

    def __init__(self, me: Participant) -> None:
        self.me = me
        self.lesson = new_lesson()
        self.tail = Tail(0)
        self.now = 0.0
        self.sent = 0
        self.welcomed = False
        self.rides = False
        self.ridden: list[tuple[int, bytes]] = []
        """Ink on its way in voice."""
        self.down: deque[bytes] = deque()
        self.up: deque[bytes] = deque()
        for by, command in ((SYSTEM, opening(1)), (TEACHER, Join()), (VILLAGE, Join())):
            self.ask(by, command)
        self.ask(TEACHER, Begin())

    def ask(self, by: Participant, command: Command, n: int = 0) -> None:
        self.now += 0.02
        self.keep(self.lesson.decide(by, command, self.now, n=n))

    def keep(self, entries: list[Entry]) -> None:
        self.lesson.apply(entries)
        self.tail.add(entries)
        for entry in entries:
            own = entry.by == self.me.id and isinstance(entry.fact, INK) and entry.n
            if self.rides and not own:
                seen = isinstance(entry.fact, Fact) and entry.fact.audience().admits(self.me)
                self.ridden.append((entry.seq, wire.ridden(entry, seen=seen)))

    def takes(self, data: bytes) -> None:
        match wire.up(data):
            case Hello(_, _, resume):
                self._welcome(resume)
            case Ask(n, command):
                self._answer(n, wire.command(command))
            case Ride(on):
                self.rides = on
                self.say(Rides(on))
            case Beat(stamp):
                self.flush()
                self.say(Echo(stamp, self.lesson.ms))
            case Fetch(name, key):
                self.flush()
                channel = self.lesson.channel(name)
                assert channel
                self.say(Fetched(name, key, msgspec.Raw(wire.encode(channel.more(key)))))

    def flush(self) -> None:
        """One tick: everything since the last, to whoever has been welcomed."""
        if not self.welcomed:
            return
        if frame := self.tail.frame(self.sent, self.me):
            self.down.append(frame)
        self.sent = self.tail.seq

    def say(self, message: wire.Down) -> None:
        self.down.append(wire.encode(message))

    def cut(self) -> None:
        """The line breaks: what was under way in either direction is gone."""
        self.welcomed = False
        self.down.clear()
        self.up.clear()
        if self.me.id not in self.lesson.conduct.away:
            self.ask(SYSTEM, Lose(self.me.id))

    def _welcome(self, resume: tuple[int, int] | None) -> None:
        self.ask(self.me, Join())
        epoch, asked = self.lesson.conduct.epoch, self.lesson.asked.get(self.me.id, 0)
        good = resume is not None and resume[0] == epoch and self.tail.reaches(resume[1])
        self.sent = resume[1] if resume and good else self.tail.seq
        states = None if good else self.lesson.brief(self.me)
        seat, ms = self.lesson.conduct.seats[self.me.id], self.lesson.ms
        self.welcomed = True
        self.say(Welcome(self.me, seat, epoch, self.sent, ms, asked, states))

    def _answer(self, n: int, command: Command) -> None:
        before = self.lesson.seq
        try:
            self.ask(self.me, command, n)
        except Refused as error:
            self.say(Refusal(n, error.code, str(error)))
            return
        if not (isinstance(command, BeginStroke | AddInk) and self.lesson.seq > before):
            self.flush()
            self.say(Done(n))


class Line:
    """Carries what page and classroom say, a message at a time, until it is cut."""

    def __init__(self, page: Page, classroom: Classroom) -> None:
        self.page = page
        self.classroom = classroom

    def open(self) -> None:
        self.send(self.page.says("opened", self._ms()))

    def ask(self, command: Command) -> None:
        self.send(self.page.says("ask", command))

    def send(self, messages: list[bytes]) -> None:
        self.classroom.up.extend(messages)

    def step(self) -> bool:
        """One message arrives; False where none is under way."""
        if self.classroom.up:
            self.classroom.takes(self.classroom.up.popleft())
        elif self.classroom.down:
            self.send(self.page.says("heard", self.classroom.down.popleft(), self._ms()))
        else:
            return False
        return True

    def settle(self) -> None:
        while self.step() or self._ticked():
            pass

    def cut(self) -> None:
        self.page.ask("lost")
        self.classroom.cut()

    def _ticked(self) -> bool:
        self.classroom.flush()
        return bool(self.classroom.down)

    def _ms(self) -> float:
        return self.classroom.now * 1000


def opening(epoch: int) -> Open:
    return Open(epoch, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")
