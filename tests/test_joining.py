"""Who comes late is sent one page, however long the lesson has gone on before."""

import random

from synclass import wire
from synclass.conduct import Begin, Join, Open
from synclass.inclass.board import Board, Undo
from synclass.inclass.pages import AddPages, Paper
from synclass.lesson import Lesson
from synclass.marks import SEAT, Pen
from synclass.strokes import BeginStroke
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM

from .conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from .plausible import ink_first

STROKES = 60  # on each page
A_PAGE = 40  # bytes that a page more may cost who joins: its number, its place and its paper


def held(pages: int) -> Lesson:
    """So many pages, each as full as the next; every tenth stroke is undone."""
    lesson, dice = new_lesson(), random.Random(7)
    opened = Open(1, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")
    for by, command in ((SYSTEM, opened), (TEACHER, Join()), (VILLAGE, Join()), (TEACHER, Begin())):
        lesson.apply(lesson.decide(by, command, 0.0))
    for page in range(1, pages + 1):
        if page > 1:
            lesson.apply(lesson.decide(TEACHER, AddPages([Paper("tian")]), page * 60.0))
        for n in range(STROKES):
            number = SEAT + page * STROKES + n
            stroke = BeginStroke(number, page, Pen("pen", 0, 12), ink_first(dice), True)
            lesson.apply(lesson.decide(TEACHER, stroke, page * 60.0 + n))
            if n % 10 == 9:
                lesson.apply(lesson.decide(TEACHER, Undo(page), page * 60.0 + n))
    return lesson


def cost(lesson: Lesson) -> int:
    return len(wire.encode(lesson.brief(OTHER_VILLAGE)))


def test_an_hour_more_costs_a_latecomer_a_line_for_each_page() -> None:
    short, long = held(3), held(120)
    assert cost(long) - cost(short) < 117 * A_PAGE
    whole = len(wire.encode(long.facing(OTHER_VILLAGE)))
    print(f"\n3 pages: {cost(short)} B, 120 pages: {cost(long)} B, all at once would be {whole} B")
    assert cost(long) < whole / 20


def test_each_page_that_was_left_out_is_fetched_by_itself_and_is_as_small_as_it_is() -> None:
    lesson = held(30)
    board = lesson.channel("board")
    assert isinstance(board, Board)
    sizes = [len(wire.encode(board.more(page))) for page in range(1, 31)]
    assert max(sizes) < 2 * min(sizes)
