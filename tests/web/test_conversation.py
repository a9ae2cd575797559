"""A page and the lesson agree, whatever the line between them does."""

import random

import pytest

from synclass import wire
from synclass.channel import Command
from synclass.conduct import Join
from synclass.errors import Refused
from synclass.inclass.attendance import Attendance
from synclass.inclass.board import EditMarks, Undo
from synclass.inclass.hands import RaiseHand
from synclass.inclass.pages import AddPages, Paper, TurnPage
from synclass.inclass.stage import InviteOnStage
from synclass.marks import SEAT, Hide, Pen
from synclass.strokes import AddInk, BeginStroke
from synclass.wire import CHANNELS, Beat, Done, Fetch, Ride
from synclass.words import SYSTEM, Participant

from ..conftest import TEACHER, VILLAGE
from ..plausible import ink_first, ink_more, script
from .browser import WEB, Page, everything, shown
from .classroom import Classroom, Line, opening

LATE = SEAT  # the teacher comes first: seat 1


def drawn(dice: random.Random, count: int, drawing: list[int]) -> Command:
    """What a village's hand does."""
    if drawing and dice.random() < 0.6:
        return AddInk(drawing.pop(), ink_more(dice), True)
    drawing.append(2 * SEAT + count)
    return BeginStroke(drawing[-1], 1, Pen("pen", 1, 12), ink_first(dice), False)


def own(dice: random.Random, count: int, drawing: list[int]) -> Command:
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
            line.ask(own(dice, count, drawing))
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
            _try(classroom, TEACHER, own(dice, count, theirs))
            if dice.random() < 0.3:
                line.ask(drawn(dice, count, ours))
            dice.shuffle(classroom.ridden)
            while classroom.ridden and dice.random() < 0.8:
                before = page.ask("seq")
                line.send(page.says("rode", classroom.ridden.pop()[1]))
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


def test_ink_in_voice_for_a_page_that_is_on_its_way_waits_for_the_page() -> None:
    """What was folded into an empty page would be gone when the page itself comes."""
    dice, classroom = random.Random(1), Classroom(VILLAGE)
    pen = Pen("pen", 0, 12)
    classroom.ask(TEACHER, BeginStroke(LATE, 1, pen, ink_first(dice), True))
    classroom.ask(TEACHER, AddPages([Paper("grid")]))
    with Page() as page:
        line = Line(page, classroom)
        line.send(page.says("ride", True))
        line.open()
        classroom.takes(classroom.up.popleft())
        line.step()
        assert [type(wire.up(message)) for message in classroom.up] == [Ride, Fetch]
        while classroom.up:
            classroom.takes(classroom.up.popleft())
        classroom.ask(TEACHER, BeginStroke(LATE + 1, 1, pen, ink_first(dice), False))
        classroom.ask(TEACHER, AddInk(LATE + 1, ink_more(dice), True))
        while len(classroom.down) > 1:  # all but the page
            line.step()
        before = page.ask("seq")
        for _, message in classroom.ridden:
            page.says("rode", message)
        assert page.ask("seq") == before
        line.step()
        assert page.ask("seq") == classroom.lesson.seq
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
        page.says("rode", classroom.ridden.pop()[1])
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
        classroom.ask(SYSTEM, opening(2))  # another server took the lesson up
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


def test_a_quick_hand_knows_which_page_it_asked_for_last_until_that_is_answered() -> None:
    classroom = Classroom(TEACHER)
    classroom.ask(TEACHER, AddPages([Paper(), Paper()]))
    with Page() as page:
        line = Line(page, classroom)
        line.open()
        line.settle()
        assert page.ask("asking", "page.turn") is None
        line.ask(TurnPage(3))
        line.ask(TurnPage(1))
        assert page.ask("asking", "page.turn") == {"t": "page.turn", "page": 1}
        line.settle()
        assert page.ask("asking", "page.turn") is None


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
