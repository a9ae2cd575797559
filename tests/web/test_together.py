"""Three write at once, over lines of their own that are slow and break: all see one board."""

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from synclass.conduct import Join
from synclass.inclass.board import Let, LetWrite, MarksEdited, OpRedone, OpUndone
from synclass.inclass.pages import AddPages, Paper
from synclass.lesson import Entry
from synclass.marks import Cut, Place
from synclass.words import Participant

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ..plausible import Asked, on_board, on_pages
from .browser import Page, shown
from .classroom import Classroom, Line

PEOPLE = (TEACHER, VILLAGE, OTHER_VILLAGE)
RUNS = settings(max_examples=150 if os.environ.get("SYNCLASS_PROOF") else 12)
STEPS = 120


class Watched(Classroom):
    """Remembers what has happened, whoever's line it came by."""

    def __init__(self, me: Participant, log: list[Entry]) -> None:
        self.log = log
        super().__init__(me)

    def keep(self, entries: list[Entry]) -> None:
        super().keep(entries)
        self.log += entries


class Seat(Watched):
    """The server's end of another line into the same lesson."""

    def __init__(self, me: Participant, first: Watched) -> None:
        self.__dict__.update(first.__dict__)
        self.me = me
        self.sent, self.welcomed, self.rides = 0, False, False
        self.ridden, self.down, self.up = [], type(first.down)(), type(first.up)()


def asks(dice: random.Random, first: Classroom) -> Iterator[Asked]:
    """What three hands do, by what the server has now; when it arrives things may have changed."""
    while True:
        kind = on_pages if dice.random() < 0.06 else on_board
        by, command = kind(dice, first.lesson)
        if by in PEOPLE:
            yield by, command


def write(dice: random.Random, lines: dict[str, Line]) -> None:
    first = lines[TEACHER.id].classroom
    for _, (by, command) in zip(range(STEPS), asks(dice, first), strict=False):
        if by.id in lines and lines[by.id].classroom.welcomed:
            lines[by.id].ask(command)
        for line in dice.sample(list(lines.values()), len(lines)):
            for _ in range(dice.choice((0, 0, 1, 3))):
                line.step()
            if dice.random() < 0.3:
                line.classroom.flush()
            if dice.random() < 0.01:
                line.cut()
                line.open()


def together(seed: int) -> tuple[int, list[Entry]]:
    """Two from the beginning, and one who comes when there is much to fetch."""
    dice, log = random.Random(seed), list[Entry]()
    first = Watched(TEACHER, log)
    seats = [first, Seat(VILLAGE, first), Seat(OTHER_VILLAGE, first)]
    first.ask(OTHER_VILLAGE, Join())
    first.ask(TEACHER, LetWrite(Let.EVERYONE))
    first.ask(TEACHER, AddPages([Paper("grid"), Paper()]))
    with ExitStack() as stack:
        lines: dict[str, Line] = {s.me.id: Line(stack.enter_context(Page()), s) for s in seats}
        late = lines.pop(OTHER_VILLAGE.id)
        for line in lines.values():
            line.open()
            line.settle()
        write(dice, lines)
        lines[OTHER_VILLAGE.id] = late
        late.open()
        write(dice, lines)
        refused = sum(len(line.page.ask("refusals")) for line in lines.values())
        seen = [settled(line, list(lines.values())) for line in lines.values()]
    for seat, state in zip([first, *seats[1:]], seen, strict=True):
        assert state == shown(first.lesson.facing(seat.me)), f"seed {seed}: {seat.me.id}"
    return refused, log


def settled(line: Line, lines: list[Line]) -> Any:
    for one in (*lines, *lines):
        one.settle()
    assert line.page.ask("waiting") == 0
    return line.page.ask("state")


@RUNS
@given(st.integers(0, 2**32))
def test_whoever_writes_when_and_however_late_it_comes_all_see_one_board(seed: int) -> None:
    together(seed)


def test_these_lessons_have_what_the_law_speaks_of() -> None:
    """Cuts and moves, undone and redone, and asks that came too late for what they meant."""
    reached, refused = set[object](), 0
    for seed in range(3):
        late, log = together(seed)
        refused += late
        for entry in log:
            fact = entry.fact
            reached.add(type(fact.edit) if isinstance(fact, MarksEdited) else type(fact))
    assert {Cut, Place, OpUndone, OpRedone} <= reached and refused > 10
