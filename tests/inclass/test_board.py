import random

import pytest

from synclass.channel import Fact
from synclass.conduct import Joined, Left
from synclass.errors import Refused
from synclass.inclass.board import (
    MOST_AT_ONCE,
    UNDO_DEPTH,
    Board,
    ClearPage,
    EditMarks,
    Let,
    LetSet,
    MarksEdited,
    MarksPut,
    OpRedone,
    OpUndone,
    PageCleared,
    PutMarks,
    Redo,
    Undo,
)
from synclass.inclass.pages import PageAdded, PageRemoved, PageRestored, Pages, Paper
from synclass.inclass.stage import StageEntered, StageLeft
from synclass.marks import (
    LONGEST_STROKE,
    MOST_EDITS,
    SEAT,
    Cut,
    Edit,
    Hide,
    Ink,
    Mark,
    NewMark,
    Page,
    Pen,
    Shape,
    Tint,
)
from synclass.strokes import AddInk, BeginStroke, InkAdded, StrokeBegun
from synclass.words import Participant

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ..plausible import ink_first, ink_more

PEN = Pen("pen", 0, 12)
DICE = random.Random(1)
FIRST, MORE = ink_first(DICE), ink_more(DICE)
TEACHERS, VILLAGES = SEAT + 1, 2 * SEAT + 1
DRAWN = StrokeBegun(TEACHERS, 1, PEN, FIRST, True)
VILLAGE_DREW = StrokeBegun(VILLAGES, 1, PEN, FIRST, True)
LINE = Shape("line", PEN, [0, 0, 400, 400])


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


def edit(edit: Edit, *marks: int) -> EditMarks:
    return EditMarks(1, list(marks), edit)


def seen(board: Board, page: int = 1) -> list[int]:
    return list(board.pages[page].shown())


def test_a_stroke_grows_until_the_pen_is_lifted() -> None:
    board = a_board()
    ask(board, TEACHER, begin(TEACHERS))
    assert ask(board, TEACHER, AddInk(TEACHERS, MORE)) == [InkAdded(TEACHERS, MORE)]
    ask(board, TEACHER, AddInk(TEACHERS, b"", last=True))
    assert board.pages[1].marks == {TEACHERS: Mark(Ink(PEN, FIRST + MORE), TEACHERS)}
    assert refused(board, TEACHER, AddInk(TEACHERS, MORE)) == "no-stroke"


def test_a_stroke_whose_writer_has_left_is_finished() -> None:
    board = a_board(StageEntered(VILLAGE.id, 1))
    ask(board, TEACHER, begin(TEACHERS))
    ask(board, VILLAGE, begin(VILLAGES))
    board.apply(Left(VILLAGE.id), at=2)
    assert (board.drawing, board.halted) == ({TEACHERS: 1}, {VILLAGES: 1})
    assert seen(board) == [TEACHERS, VILLAGES]


def test_a_stroke_goes_on_when_a_lost_writer_comes_back_with_the_rest_of_it() -> None:
    board = a_board(StageEntered(VILLAGE.id, 1))
    ask(board, VILLAGE, begin(VILLAGES))
    board.apply(Left(VILLAGE.id), at=2)
    board.apply(StageEntered(VILLAGE.id, 1), at=3)
    assert refused(board, VILLAGE, begin(VILLAGES, page=1)) == "stroke-taken"
    ask(board, VILLAGE, AddInk(VILLAGES, MORE))
    assert board.drawing == {VILLAGES: 1}
    ask(board, VILLAGE, AddInk(VILLAGES, b"", last=True))
    assert board.pages[1].marks[VILLAGES].body == Ink(PEN, FIRST + MORE)
    assert (board.drawing, board.halted) == ({}, {})


def test_a_room_writes_when_it_is_on_stage_and_the_board_is_let() -> None:
    board = a_board()
    assert refused(board, VILLAGE, begin(VILLAGES)) == "not-writing"
    board.apply(StageEntered(VILLAGE.id, 1), at=1)
    ask(board, VILLAGE, begin(VILLAGES))
    board.apply(StageLeft(VILLAGE.id), at=1)
    assert refused(board, VILLAGE, AddInk(VILLAGES, MORE)) == "not-writing"
    assert refused(board, VILLAGE, Undo(1)) == "not-writing"
    board.apply(LetSet(Let.EVERYONE), at=1)
    assert ask(board, VILLAGE, AddInk(VILLAGES, MORE))


def test_a_pen_is_lifted_by_a_room_that_may_write_no_more_and_by_nobody_else() -> None:
    board = a_board(LetSet(Let.EVERYONE), StrokeBegun(VILLAGES, 1, PEN, FIRST), LetSet(Let.NOBODY))
    assert refused(board, VILLAGE, AddInk(VILLAGES, MORE, last=True)) == "not-writing"
    assert refused(board, OTHER_VILLAGE, AddInk(VILLAGES, b"", last=True)) == "not-yours"
    assert ask(board, VILLAGE, AddInk(VILLAGES, b"", last=True))
    assert board.drawing == {}
    assert board.pages[1].marks == {VILLAGES: Mark(Ink(PEN, FIRST), VILLAGES)}


def test_nobody_writes_with_anothers_seat() -> None:
    board = a_board(LetSet(Let.EVERYONE))
    assert refused(board, VILLAGE, begin(TEACHERS)) == "not-yours"
    assert refused(board, VILLAGE, PutMarks(1, [NewMark(TEACHERS, LINE)])) == "not-yours"


def test_what_cannot_be_drawn_is_refused_with_a_reason() -> None:
    board = a_board(DRAWN)
    assert refused(board, TEACHER, begin(TEACHERS)) == "stroke-taken"
    assert refused(board, TEACHER, begin(TEACHERS + 1, page=7)) == "no-page"
    assert refused(board, TEACHER, begin(TEACHERS + 1, pen=Pen("pen", 8, 12))) == "bad-pen"
    assert refused(board, TEACHER, begin(TEACHERS + 1, ink=MORE)) == "bad-ink"
    board.apply(StrokeBegun(TEACHERS + 2, 1, PEN, FIRST), at=1)
    assert refused(board, TEACHER, AddInk(TEACHERS + 2, b"\x7f" * 3)) == "bad-ink"
    twice = [NewMark(TEACHERS + 3, LINE)] * 2
    assert refused(board, TEACHER, PutMarks(1, twice)) == "stroke-taken"
    many = [NewMark(TEACHERS + 3 + i, LINE) for i in range(MOST_AT_ONCE + 1)]
    assert refused(board, TEACHER, PutMarks(1, many)) == "too-many-marks"


def test_a_stroke_without_end_is_cut_off() -> None:
    board = a_board(StrokeBegun(TEACHERS, 1, PEN, FIRST + bytes(LONGEST_STROKE)))
    assert refused(board, TEACHER, AddInk(TEACHERS, MORE)) == "stroke-long"


def test_shapes_are_put_as_one_act_and_undone_as_one() -> None:
    board = a_board()
    marks = [NewMark(TEACHERS, LINE), NewMark(TEACHERS + 1, LINE)]
    assert ask(board, TEACHER, PutMarks(1, marks)) == [MarksPut(1, marks, 1, 1)]
    assert ask(board, TEACHER, Undo(1)) == [OpUndone(1, 1, 1)]
    assert seen(board) == []


def test_the_teacher_erases_anybodys_mark_and_a_room_its_own() -> None:
    board = a_board(DRAWN, VILLAGE_DREW, LetSet(Let.EVERYONE))
    assert refused(board, VILLAGE, edit(Hide(), TEACHERS)) == "not-yours"
    assert ask(board, VILLAGE, edit(Hide(), VILLAGES)) == [MarksEdited(1, [VILLAGES], Hide(), 1, 2)]
    assert ask(board, TEACHER, edit(Hide(), VILLAGES)) == []


def test_a_part_of_a_stroke_that_another_erased_as_well_stays_erased_when_one_undoes() -> None:
    board = a_board(VILLAGE_DREW, LetSet(Let.EVERYONE))
    cut = Cut([(VILLAGES, 0, 3)])
    ask(board, TEACHER, edit(cut, VILLAGES))
    ask(board, VILLAGE, edit(cut, VILLAGES))
    ask(board, TEACHER, Undo(1))
    [mark] = board.pages[1].shown().values()
    assert [c.op for c in mark.changes if c.op not in board.pages[1].off] == [2]


def test_a_cut_goes_through_what_is_left_where_another_hand_has_just_erased_a_stroke() -> None:
    board = a_board(DRAWN, VILLAGE_DREW)
    ask(board, TEACHER, edit(Hide(), VILLAGES))
    ask(board, TEACHER, edit(Cut([(TEACHERS, 1, 3), (VILLAGES, 0, 2)]), TEACHERS, VILLAGES))
    marks = board.pages[1].marks
    assert [c.edit for c in marks[TEACHERS].changes] == [Cut([(TEACHERS, 1, 3)])]
    assert [c.edit for c in marks[VILLAGES].changes] == [Hide()]


def test_of_a_cut_through_many_strokes_each_remembers_its_own_pieces() -> None:
    """Or one movement of the eraser through a full page would be kept thousands of times."""
    board = a_board(DRAWN, VILLAGE_DREW)
    ask(board, TEACHER, edit(Cut([(VILLAGES, 0, 1), (TEACHERS, 1, 3)]), TEACHERS, VILLAGES))
    marks = board.pages[1].marks
    assert [c.edit for c in marks[TEACHERS].changes] == [Cut([(TEACHERS, 1, 3)])]
    assert [c.edit for c in marks[VILLAGES].changes] == [Cut([(VILLAGES, 0, 1)])]


def test_undo_takes_back_ones_own_last_act_and_nobody_elses() -> None:
    board = a_board(DRAWN, LetSet(Let.EVERYONE))
    ask(board, VILLAGE, begin(VILLAGES))
    assert ask(board, TEACHER, Undo(1)) == [OpUndone(1, TEACHERS, 1)]
    assert ask(board, TEACHER, Undo(1)) == []
    assert seen(board) == [VILLAGES]


def test_undo_is_of_the_page_that_is_looked_at() -> None:
    board = a_board(DRAWN, PageAdded(2, Paper(), 1))
    ask(board, TEACHER, begin(TEACHERS + 1, page=2))
    assert ask(board, TEACHER, Undo(1)) == [OpUndone(1, TEACHERS, 1)]


def test_what_was_undone_is_redone_until_something_else_is_done() -> None:
    board = a_board(DRAWN)
    ask(board, TEACHER, edit(Tint(3), TEACHERS))
    ask(board, TEACHER, Undo(1))
    ask(board, TEACHER, Undo(1))
    assert ask(board, TEACHER, Redo(1)) == [OpRedone(1, TEACHERS, 1)]
    assert ask(board, TEACHER, Redo(1)) == [OpRedone(1, 1, 1)]
    assert board.pages[1].off == []
    ask(board, TEACHER, Undo(1))
    ask(board, TEACHER, begin(TEACHERS + 1))
    assert ask(board, TEACHER, Redo(1)) == []


def test_a_hundred_acts_are_remembered() -> None:
    board = a_board(*(StrokeBegun(TEACHERS + i, 1, PEN, FIRST, True) for i in range(150)))
    for _ in range(150):
        ask(board, TEACHER, Undo(1))
    assert len(seen(board)) == 150 - UNDO_DEPTH


def test_a_cleared_page_comes_back_whole() -> None:
    board = a_board(DRAWN, VILLAGE_DREW)
    assert ask(board, TEACHER, ClearPage(1)) == [PageCleared(1, 1, 1)]
    assert seen(board) == [] and ask(board, TEACHER, ClearPage(1)) == []
    ask(board, TEACHER, Undo(1))
    assert seen(board) == [TEACHERS, VILLAGES]


def test_a_mark_rubbed_at_without_end_is_refused() -> None:
    board = a_board(DRAWN)
    for _ in range(MOST_EDITS):
        ask(board, TEACHER, edit(Tint(3), TEACHERS))
    assert refused(board, TEACHER, edit(Tint(3), TEACHERS)) == "mark-worn"


def test_nobody_writes_on_a_page_that_is_gone() -> None:
    board = a_board(PageAdded(2, Paper(), 1), PageRemoved(2))
    assert refused(board, TEACHER, begin(TEACHERS, page=2)) == "no-page"
    board.apply(PageRestored(2, 1), at=1)
    assert ask(board, TEACHER, begin(TEACHERS, page=2))


def test_who_comes_late_gets_the_page_in_front_and_may_fetch_the_others() -> None:
    board = a_board(DRAWN, PageAdded(2, Paper(), 1))
    brief = board.brief({"board": board, "pages": Pages(current=2)})
    assert brief.pages == {1: Page({}, here=False), 2: Page()}
    assert board.more(1) == board.pages[1] and board.more(9) is None
