import random

import pytest

from synclass.channel import Fact
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.inclass.board import (
    LONGEST_STROKE,
    SEAT,
    AddInk,
    AddPage,
    BeginStroke,
    Board,
    ClearPage,
    HideStrokes,
    InkAdded,
    Let,
    LetSet,
    Page,
    PageAdded,
    PageTurned,
    Pen,
    Stroke,
    StrokeBegun,
    StrokesHidden,
    StrokesShown,
    TurnPage,
    Undo,
)
from synclass.inclass.stage import StageEntered, StageLeft
from synclass.words import Participant

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ..plausible import ink_first, ink_more

PEN = Pen("pen", 0, 12)
DICE = random.Random(1)
FIRST, MORE = ink_first(DICE), ink_more(DICE)
TEACHERS, VILLAGES = SEAT + 1, 2 * SEAT + 1


def a_board(*facts: Fact) -> Board:
    board = Board()
    for seat, who in enumerate((TEACHER, VILLAGE, OTHER_VILLAGE), 1):
        board.apply(Joined(who, seat), at=0)
    for fact in facts:
        board.apply(fact, at=1)
    return board


def ask(board: Board, by: Participant, command: object) -> list[Fact]:
    facts = list(board.decide(by, command, now=1))  # type: ignore[arg-type]
    for fact in facts:
        board.apply(fact, at=1)
    return facts


def refused(board: Board, by: Participant, command: object) -> str:
    with pytest.raises(Refused) as refusal:
        list(board.decide(by, command, now=1))  # type: ignore[arg-type]
    return refusal.value.code


def begin(stroke: int, page: int = 1, pen: Pen = PEN, ink: bytes = FIRST) -> BeginStroke:
    return BeginStroke(stroke, page, pen, ink)


DRAWN = StrokeBegun(TEACHERS, 1, PEN, FIRST)


def test_a_stroke_grows_until_the_pen_is_lifted() -> None:
    board = a_board()
    ask(board, TEACHER, begin(TEACHERS))
    assert ask(board, TEACHER, AddInk(TEACHERS, MORE)) == [InkAdded(TEACHERS, MORE)]
    ask(board, TEACHER, AddInk(TEACHERS, b"", last=True))
    assert board.pages[1].strokes == {TEACHERS: Stroke(PEN, FIRST + MORE)}
    assert refused(board, TEACHER, AddInk(TEACHERS, MORE)) == "no-stroke"


def test_a_room_writes_when_it_is_on_stage_and_the_board_is_let() -> None:
    board = a_board()
    assert refused(board, VILLAGE, begin(VILLAGES)) == "not-writing"
    board.apply(StageEntered(VILLAGE.id, 1), at=1)
    ask(board, VILLAGE, begin(VILLAGES))
    board.apply(StageLeft(VILLAGE.id), at=1)
    assert refused(board, VILLAGE, AddInk(VILLAGES, MORE)) == "not-writing"
    board.apply(LetSet(Let.EVERYONE), at=1)
    assert ask(board, VILLAGE, AddInk(VILLAGES, MORE))


def test_nobody_writes_with_anothers_seat() -> None:
    board = a_board(LetSet(Let.EVERYONE))
    assert refused(board, VILLAGE, begin(TEACHERS)) == "not-yours"


def test_what_cannot_be_drawn_is_refused_with_a_reason() -> None:
    board = a_board(DRAWN)
    assert refused(board, TEACHER, begin(TEACHERS)) == "stroke-taken"
    assert refused(board, TEACHER, begin(TEACHERS + 1, page=7)) == "no-page"
    assert refused(board, TEACHER, begin(TEACHERS + 1, pen=Pen("pen", 8, 12))) == "bad-pen"
    assert refused(board, TEACHER, begin(TEACHERS + 1, ink=MORE)) == "bad-ink"
    assert refused(board, TEACHER, AddInk(TEACHERS, b"\x7f" * 3)) == "bad-ink"


def test_a_stroke_without_end_is_cut_off() -> None:
    board = a_board(StrokeBegun(TEACHERS, 1, PEN, FIRST + bytes(LONGEST_STROKE)))
    assert refused(board, TEACHER, AddInk(TEACHERS, MORE)) == "stroke-long"


def test_the_teacher_erases_anybodys_stroke_and_a_room_its_own() -> None:
    board = a_board(DRAWN, StrokeBegun(VILLAGES, 1, PEN, FIRST), LetSet(Let.EVERYONE))
    assert refused(board, VILLAGE, HideStrokes(1, [TEACHERS])) == "not-yours"
    assert ask(board, VILLAGE, HideStrokes(1, [VILLAGES])) == [StrokesHidden(1, [VILLAGES], 2)]
    assert ask(board, TEACHER, HideStrokes(1, [VILLAGES])) == []


def test_undo_takes_back_ones_own_last_act_and_nobody_elses() -> None:
    board = a_board(DRAWN, LetSet(Let.EVERYONE))
    ask(board, VILLAGE, begin(VILLAGES))
    assert ask(board, TEACHER, Undo()) == [StrokesHidden(1, [TEACHERS], 1, undo=True)]
    assert ask(board, TEACHER, Undo()) == []
    assert not board.pages[1].strokes[VILLAGES].hidden


def test_a_cleared_page_comes_back_whole() -> None:
    board = a_board(DRAWN, StrokeBegun(VILLAGES, 1, PEN, FIRST))
    ask(board, TEACHER, ClearPage(1))
    assert all(stroke.hidden for stroke in board.pages[1].strokes.values())
    assert ask(board, TEACHER, Undo()) == [StrokesShown(1, [TEACHERS, VILLAGES], 1)]
    assert not any(stroke.hidden for stroke in board.pages[1].strokes.values())


def test_a_new_page_is_turned_to() -> None:
    board = a_board()
    assert ask(board, TEACHER, AddPage("grid")) == [PageAdded(2, "grid"), PageTurned(2)]
    assert ask(board, TEACHER, TurnPage(2)) == []
    assert refused(board, TEACHER, TurnPage(3)) == "no-page"


def test_who_comes_late_gets_the_current_page_and_may_fetch_the_others() -> None:
    board = a_board(DRAWN, PageAdded(2), PageTurned(2))
    brief = board.brief()
    assert brief.pages == {1: Page("blank", {}, here=False), 2: Page()}
    assert board.more(1) == board.pages[1] and board.more(9) is None
