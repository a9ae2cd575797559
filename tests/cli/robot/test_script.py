"""What the robots teach is true, can be read from the last row, and is not twice the same."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

import pytest

from synclass.cli.robot.glyphs import GLYPHS, Line, fraction, text
from synclass.cli.robot.pen import batches, points
from synclass.cli.robot.script import ANSWERS, REPLIES, ROOMS, TITLE, WORDS, Part, Sheet, sheets
from synclass.conduct import Begin, Join, Open
from synclass.inclass.board import Board
from synclass.inclass.chat import Say
from synclass.inclass.pages import AddPages, Paper
from synclass.lesson import Lesson
from synclass.marks import SEAT, Pen
from synclass.strokes import BeginStroke
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM

from ...conftest import TEACHER, VILLAGE

PREPARED = 3  # pages before the exercises


def exercises(seed: int, pages: int) -> Iterator[Sheet]:
    return islice(sheets(random.Random(seed)), PREPARED, PREPARED + pages)


def written(part: Part, x: float, y: float) -> Fraction:
    """The number that a part of a sum shows."""
    for under in range(1, 10):
        for over in range(1, 2 * under):
            if part.lines == fraction(over, under, x, y, 180):
                return Fraction(over, under)
    return Fraction(next(n for n in range(3) if part.lines == text(str(n), x, y + 45, 100)))


def in_class() -> Lesson:
    lesson = new_lesson()
    lesson.apply(lesson.decide(SYSTEM, Open(1, 1.7e9, "boot:0", TITLE, "数学", "王老师"), 0.0))
    for person in (TEACHER, VILLAGE):
        lesson.apply(lesson.decide(person, Join(), 0.0))
    lesson.apply(lesson.decide(TEACHER, Begin(), 0.0))
    return lesson


@pytest.mark.parametrize("seed", range(20))
def test_every_sum_on_the_board_is_right(seed: int) -> None:
    for sheet in exercises(seed, 3):
        parts = iter(sheet.parts)
        for row in range(4):
            for column in range(2):
                x, y = 120 + 900 * column, 70 + 250 * row
                first, sign, second, _, result = islice(parts, 5)
                a, b = written(first, x, y), written(second, x + 220, y)
                plus = sign.lines == text("+", x + 110, y + 55, 80)
                assert written(result, x + 450, y) == (a + b if plus else a - b)


def test_both_kinds_of_sums_come_up_and_some_of_them_are_whole() -> None:
    sums = [sheet.parts[n : n + 5] for sheet in exercises(1, 9) for n in range(0, 40, 5)]
    assert len({len(parts[1].lines) for parts in sums}) == 2, "a plus has two strokes"
    whole = {len(parts[4].lines) == 1 for parts in sums}  # one figure instead of a fraction
    assert whole == {True, False}


def test_a_lesson_is_unlike_the_next_after_the_same_beginning() -> None:
    here, same, other = (list(islice(sheets(random.Random(n)), 6)) for n in (1, 1, 2))
    assert here == same
    assert here[:PREPARED] == other[:PREPARED] and here[PREPARED:] != other[PREPARED:]


def test_the_first_page_is_titled_with_what_the_lesson_is_called() -> None:
    title = next(sheets(random.Random(1))).parts[0]
    assert set(TITLE) <= set(GLYPHS)
    assert len(title.lines) == sum(len(GLYPHS[letter]) for letter in TITLE)


def test_a_lesson_takes_every_stroke_of_every_page() -> None:
    lesson, count = in_class(), 0
    for page, sheet in enumerate(islice(sheets(random.Random(3)), 5), 2):
        lesson.apply(lesson.decide(TEACHER, AddPages([Paper(sheet.background)]), 1.0))
        board = lesson.channel(Board.name)
        assert isinstance(board, Board)
        for pen, line in _strokes(sheet):
            count += 1
            ink = next(batches(points(line)))
            stroke = BeginStroke(SEAT + count, page, pen, ink, True)
            lesson.apply(lesson.decide(TEACHER, stroke, 1.0))
        assert len(board.pages[page].marks) == len(list(_strokes(sheet)))


def _strokes(sheet: Sheet) -> Iterator[tuple[Pen, Line]]:
    return ((part.pen, line) for part in sheet.parts for line in part.lines)


@pytest.mark.parametrize("said", WORDS + REPLIES)
def test_whatever_is_said_in_the_chat_is_let_through(said: str) -> None:
    lesson = in_class()
    speaker = TEACHER if said in WORDS else VILLAGE
    assert lesson.decide(speaker, Say(said), 1.0)


def test_no_two_rooms_are_called_the_same_and_the_first_speak_differently() -> None:
    assert len(set(ROOMS)) == len(ROOMS)
    assert len(set(ANSWERS)) == len(ANSWERS) == 3, "as many as there are rooms in the demo"
