"""A page and the lesson agree, whatever the line between them does."""

import random
from collections import deque

import msgspec
import pytest

from signaling.tail import INK, Tail
from synclass import wire
from synclass.channel import Command
from synclass.conduct import Begin, Join, Lose, Open
from synclass.errors import Refused
from synclass.inclass.attendance import Attendance
from synclass.inclass.board import AddInk, BeginStroke, EditMarks, Undo
from synclass.inclass.hands import RaiseHand
from synclass.inclass.pages import AddPages, Paper
from synclass.inclass.stage import InviteOnStage
from synclass.lesson import Entry
from synclass.marks import SEAT, Hide, Pen
from synclass.toolbox import new_lesson
from synclass.wire import (
    CHANNELS,
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
from ..plausible import ink_first, ink_more, script
from .browser import WEB, Page, everything, shown

LATE = SEAT  # the teacher comes first: seat 1


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
        self.ridden: list[bytes] = []
        """Ink on its way in voice."""
        self.down: deque[bytes] = deque()
        self.up: deque[bytes] = deque()
        for by, command in ((SYSTEM, _opening(1)), (TEACHER, Join()), (VILLAGE, Join())):
            self.ask(by, command)
        self.ask(TEACHER, Begin())

    def ask(self, by: Participant, command: Command, n: int = 0) -> None:
        self.now += 0.02
        self.keep(self.lesson.decide(by, command, self.now, n=n))

    def keep(self, entries: list[Entry]) -> None:
        self.lesson.apply(entries)
        self.tail.add(entries)
        for entry in entries:
            if self.rides and isinstance(entry.fact, INK) and entry.by != self.me.id:
                fact = msgspec.Raw(wire.encode(entry.fact))
                self.ridden.append(wire.encode(wire.Line(entry.seq, entry.ms, fact)))

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


def _opening(epoch: int) -> Open:
    return Open(epoch, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")


def _drawn(dice: random.Random, count: int, drawing: list[int]) -> Command:
    """What a village's hand does."""
    if drawing and dice.random() < 0.6:
        return AddInk(drawing.pop(), ink_more(dice), True)
    drawing.append(2 * SEAT + count)
    return BeginStroke(drawing[-1], 1, Pen("pen", 1, 12), ink_first(dice), False)


def _own(dice: random.Random, count: int, drawing: list[int]) -> Command:
    """What a teacher's hand does: mostly ink."""
    if drawing and dice.random() < 0.6:
        last = dice.random() < 0.4
        stroke = drawing.pop() if last else drawing[-1]
        return AddInk(stroke, ink_more(dice), last)
    kind = dice.random()
    if kind < 0.6:
        stroke, last = LATE + count, dice.random() < 0.4
        if not last:
            drawing.append(stroke)
        return BeginStroke(stroke, 1, Pen("pen", 2, 12), ink_first(dice), last)
    choice: tuple[Command, ...] = (
        *(Undo(1), AddPages([Paper("tian")]), InviteOnStage(VILLAGE.id), InviteOnStage(VILLAGE.id)),
        EditMarks(1, [LATE + dice.randrange(count + 1)], Hide()),
    )
    return dice.choice(choice)


@pytest.mark.parametrize("seed", range(25))
def test_the_page_ends_where_the_lesson_is_however_often_the_line_breaks(seed: int) -> None:
    dice, classroom, drawing = random.Random(seed), Classroom(TEACHER), list[int]()
    others = script(random.Random(seed + 1), classroom.lesson, 10_000)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        for count in range(1, 80):
            line.ask(_own(dice, count, drawing))
            by, command = next(others)
            if by not in (TEACHER, SYSTEM):
                _try(classroom, by, command)
            for _ in range(dice.randrange(4)):
                line.step()
            if dice.random() < 0.3:
                classroom.flush()
            if dice.random() < 0.08:
                line.cut()
                line.open()
        line.settle()
        assert page.ask("waiting") == 0
        assert page.ask("state") == shown(everything(classroom.lesson))


def _try(classroom: Classroom, by: Participant, command: Command) -> None:
    try:
        classroom.ask(by, command)
    except Refused:
        return


@pytest.mark.parametrize("seed", range(15))
def test_ink_that_comes_in_voice_in_any_order_or_never_changes_nothing_but_the_time(
    seed: int,
) -> None:
    """A village that may write too; what the teacher writes rides in her voice as well."""
    dice, classroom = random.Random(seed), Classroom(VILLAGE)
    classroom.ask(TEACHER, InviteOnStage(VILLAGE.id))
    theirs, ours, ahead = list[int](), list[int](), 0
    with Page() as page:
        line = Line(page, classroom)
        line.send(page.says("ride", True))
        line.open()
        line.settle()
        for count in range(1, 120):
            _try(classroom, TEACHER, _own(dice, count, theirs))
            if dice.random() < 0.3:
                line.ask(_drawn(dice, count, ours))
            dice.shuffle(classroom.ridden)
            while classroom.ridden and dice.random() < 0.8:
                before = page.ask("seq")
                line.send(page.says("rode", classroom.ridden.pop()))
                ahead += page.ask("seq") > before
            for _ in range(dice.randrange(4)):
                line.step()
            if dice.random() < 0.2:
                classroom.flush()
            if dice.random() < 0.04:
                line.cut()
                line.open()
        line.settle()
        assert ahead > 5
        assert page.ask("state") == shown(classroom.lesson.facing(VILLAGE))


def test_ink_that_comes_in_voice_unasked_is_not_believed() -> None:
    classroom = Classroom(VILLAGE)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        classroom.rides = True
        classroom.ask(TEACHER, BeginStroke(LATE, 1, Pen("pen", 0, 12), ink_first(random.Random(1))))
        before = page.ask("seq")
        page.says("rode", classroom.ridden.pop())
        assert page.ask("seq") == before


def test_asks_made_while_the_line_was_broken_are_carried_out_once() -> None:
    classroom = Classroom(VILLAGE)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        line.ask(RaiseHand())
        classroom.takes(classroom.up.popleft())  # it is heard, and the answer is lost
        line.cut()
        line.open()
        line.settle()
        attended = classroom.lesson.channel("attendance")
        assert isinstance(attended, Attendance)
        assert attended.people[VILLAGE.id].hands == 1
        assert page.ask("waiting") == 0
        assert page.ask("refusals") == []


def test_ink_whose_refusal_was_lost_with_the_line_is_given_up() -> None:
    """Or the writer would go on seeing a stroke that nobody else has."""
    classroom, dice = Classroom(VILLAGE), random.Random(1)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        line.ask(BeginStroke(2 * SEAT + 1, 1, Pen("pen", 0, 12), ink_first(dice), True))
        line.ask(RaiseHand())
        while classroom.up:
            classroom.takes(classroom.up.popleft())  # the ink is refused: not on stage
        line.cut()
        line.open()
        line.settle()
        assert page.ask("refusals") == []
        classroom.now += 4
        assert page.ask("alive", classroom.now * 1000)
        line.send(page.says("heard", wire.encode(Done(0)), classroom.now * 1000))
        line.settle()
        assert page.ask("refusals") == ["unheard"]


def test_a_page_that_missed_too_much_starts_from_a_new_snapshot() -> None:
    classroom = Classroom(VILLAGE)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        line.cut()
        classroom.ask(SYSTEM, _opening(2))  # another server took the lesson up
        classroom.ask(TEACHER, Join())
        classroom.ask(TEACHER, AddPages([Paper("grid")]))
        line.open()
        line.settle()
        assert page.ask("state") == shown(classroom.lesson.facing(VILLAGE))


def test_a_refusal_is_told_and_changes_nothing() -> None:
    classroom = Classroom(VILLAGE)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        line.ask(AddPages([Paper()]))
        line.settle()
        assert page.ask("refusals") == ["not-allowed"]
        assert page.ask("state") == shown(classroom.lesson.facing(VILLAGE))


def test_six_seconds_of_silence_are_a_broken_line() -> None:
    with Page() as page:
        page.says("opened", 0.0)
        assert [page.ask("alive", at) for at in (2000.0, 4000.0, 5900.0, 6100.0)] == [
            *(True, True, True, False)
        ]


def test_a_computer_that_slept_asks_before_it_calls_the_line_broken() -> None:
    classroom = Classroom(VILLAGE)
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        assert page.ask("alive", 60_000.0) is True
        [beat] = page.says("heard", wire.encode(Done(0)), 60_001.0)
        assert isinstance(wire.up(beat), Beat)


def test_every_channel_has_its_file_of_the_same_name() -> None:
    here = {path.stem for path in (WEB / "src" / "channels").glob("*.ts")} - {"index"}
    assert here == {channel.name for channel in CHANNELS}
