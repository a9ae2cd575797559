"""A box that is one classroom's, and a hand that is held in it."""

import pytest

from synclass.boxes import (
    LONGEST_PASTED,
    MOST_BOXES,
    BoxGiven,
    GiveBox,
    TakeBox,
    went_on,
)
from synclass.channel import Command, Fact
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.inclass.board import Board, EditMarks, LetSet, PutMarks, Undo
from synclass.inclass.board import Let as To
from synclass.ink import Chain, Point, decode_stroke, encode
from synclass.marks import (
    HEIGHT,
    SEAT,
    WIDTH,
    Body,
    Formula,
    Hide,
    Ink,
    NewMark,
    Pen,
    Picture,
    Place,
    Rewrite,
    Shape,
    Text,
)
from synclass.outlines import Outline, Piece
from synclass.strokes import AddInk, BeginStroke
from synclass.words import Participant

from .conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from .outlined import HALF, packed
from .outlined import box as rect

PEN = Pen("pen", 0, 12)
BOX = (1000, 1000, 2000, 1000)
FAR = (5000, 1000, 2000, 1000)
MINE = 2 * SEAT
WIDE = Outline(600, 1400, [Piece(0, rect(0, 0, 20_000, 1400))])
"""A formula that says it is narrow."""


def a_board(*facts: Fact) -> Board:
    board = Board()
    people = ((TEACHER, 1), (VILLAGE, 2), (OTHER_VILLAGE, 3))
    for fact in (*(Joined(who, seat) for who, seat in people), LetSet(To.NOBODY), *facts):
        board.apply(fact, at=0)
    return board


def boxed(*boxes: tuple[int, int, int, int]) -> Board:
    return a_board(*(BoxGiven(n, VILLAGE.id, 1, box) for n, box in enumerate(boxes or (BOX,), 1)))


def ask(board: Board, by: Participant, command: Command) -> str:
    """Ask and apply; the code where it is refused."""
    try:
        for fact in list(board.decide(by, command, now=1)):
            board.apply(fact, at=1)
    except Refused as refusal:
        return refusal.code
    return ""


def ink(*points: tuple[int, int], chain: Chain | None = None) -> bytes:
    pressed: list[Point] = [(x, y, 9) for x, y in points]
    return encode(chain or Chain(), pressed, first=chain is None)


def test_a_room_writes_in_its_box_and_nowhere_else() -> None:
    board = boxed()
    assert ask(board, VILLAGE, BeginStroke(MINE + 1, 1, PEN, ink((1200, 1200), (1210, 1300)))) == ""
    for out in ((900, 1200), (3200, 1200), (1200, 900), (1200, 2100)):
        stroke = BeginStroke(MINE + 9, 1, PEN, ink((1200, 1200), out))
        assert ask(board, VILLAGE, stroke) == "outside-box"
    elsewhere = BeginStroke(3 * SEAT + 1, 1, PEN, ink((1200, 1200)))
    assert ask(board, OTHER_VILLAGE, elsewhere) == "not-writing"


def test_each_batch_of_a_stroke_stays_in_the_box() -> None:
    board, chain = boxed(), Chain()
    begun = encode(chain, [(1200, 1200, 9), (1260, 1200, 9)], first=True)
    assert ask(board, VILLAGE, BeginStroke(MINE + 1, 1, PEN, begun)) == ""
    assert ask(board, VILLAGE, AddInk(MINE + 1, ink((2000, 1500), chain=chain))) == ""
    assert ask(board, VILLAGE, AddInk(MINE + 1, ink((4000, 1500), chain=chain))) == "outside-box"
    assert ask(board, VILLAGE, AddInk(MINE + 1, b"", last=True)) == ""


def test_no_stroke_leads_from_one_box_into_another() -> None:
    board, chain = boxed(BOX, FAR), Chain()
    begun = encode(chain, [(2900, 1500, 9)], first=True)
    assert ask(board, VILLAGE, BeginStroke(MINE + 1, 1, PEN, begun)) == ""
    assert ask(board, VILLAGE, AddInk(MINE + 1, ink((5100, 1500), chain=chain))) == "outside-box"


@pytest.mark.parametrize(
    ("body", "inside"),
    [
        (Shape("rect", PEN, [1100, 1100, 2900, 1900]), True),
        (Shape("polygon", PEN, [1100, 1100, 2900, 1900, 1100, 3000]), False),
        (Text((1100, 1100, 800, 400), "1/2", 160, 0), True),
        (Text((1100, 1100, 2800, 400), "1/2", 160, 0), False),
        (Picture((1100, 1100, 800, 400), "ab" * 32 + ".svg"), True),
        (Formula(1100, 1100, "\\frac{1}{2}", 160, 0), True),
        (Formula(1100, 1950, "\\frac{1}{2}", 160, 0), False),
        (Formula(1100, 1100, "\\frac{1}{2}", 160, 0, packed(HALF)), True),
        (Formula(1100, 1100, "\\frac{1}{2}", 160, 0, packed(WIDE)), False),
        (Ink(PEN, ink((1200, 1200), (2000, 1300))), True),
        (Ink(PEN, ink((1200, 1200), (2000, 2300))), False),
    ],
    ids=str,
)
def test_shapes_words_and_pictures_stay_in_the_box(body: Body, *, inside: bool) -> None:
    code = ask(boxed(), VILLAGE, PutMarks(1, [NewMark(MINE + 1, body)]))
    assert code == ("" if inside else "outside-box")


def test_a_formula_in_a_box_is_not_written_anew_beyond_it() -> None:
    board = boxed()
    ask(board, VILLAGE, PutMarks(1, [NewMark(MINE + 1, Formula(1100, 1100, "1/2", 160, 0))]))
    anew = Rewrite("1/3", packed(HALF)), Rewrite("1/3", packed(WIDE))
    assert [ask(board, VILLAGE, EditMarks(1, [MINE + 1], one)) for one in anew] == [
        "",
        "outside-box",
    ]


def test_a_heap_of_ink_is_not_pasted_into_a_box() -> None:
    body = Ink(PEN, ink((1200, 1200)) * (LONGEST_PASTED // 5))
    assert ask(boxed(), VILLAGE, PutMarks(1, [NewMark(MINE + 1, body)])) == "stroke-long"


def test_what_is_in_the_box_is_erased_and_undone_there_and_not_carried_out() -> None:
    board = boxed()
    ask(board, VILLAGE, BeginStroke(MINE + 1, 1, PEN, ink((1200, 1200)), last=True))
    carried = EditMarks(1, [MINE + 1], Place((1.0, 0.0, 0.0, 1.0, 4000.0, 0.0)))
    assert ask(board, VILLAGE, carried) == "outside-box"
    assert ask(board, VILLAGE, EditMarks(1, [MINE + 1], Hide())) == ""
    assert board.pages[1].shown() == {}
    assert ask(board, VILLAGE, Undo(1)) == ""
    assert list(board.pages[1].shown()) == [MINE + 1]


def test_a_box_that_is_taken_back_is_closed() -> None:
    board = boxed()
    assert ask(board, TEACHER, TakeBox(1)) == ""
    stroke = BeginStroke(MINE + 1, 1, PEN, ink((1200, 1200)))
    assert ask(board, VILLAGE, stroke) == "not-writing"
    assert list(board.decide(TEACHER, TakeBox(1), now=1)) == []


def test_whoever_may_write_everywhere_is_not_held_in_a_box() -> None:
    board = boxed()
    board.apply(LetSet(To.EVERYONE), at=1)
    assert ask(board, VILLAGE, BeginStroke(MINE + 1, 1, PEN, ink((9, 9), (4000, 4000)))) == ""


def test_the_teacher_gives_boxes_that_lie_on_a_page_to_classrooms_that_are_there() -> None:
    board = a_board()
    (fact,) = board.decide(TEACHER, GiveBox(VILLAGE.id, 1, BOX), now=1)
    assert fact == BoxGiven(1, VILLAGE.id, 1, BOX)
    whole = GiveBox(VILLAGE.id, 1, (0, 0, WIDTH, HEIGHT))
    assert ask(board, TEACHER, whole) == "", "the box of a whole page is the page"
    for box in ((-1, 0, 900, 900), (0, 0, WIDTH + 1, 900), (0, 0, 100, 900), (0, 4000, 900, 900)):
        assert ask(board, TEACHER, GiveBox(VILLAGE.id, 1, box)) == "bad-box"
    assert ask(board, TEACHER, GiveBox(VILLAGE.id, 9, BOX)) == "no-page"
    nobody = Participant(VILLAGE.id, "", VILLAGE.role)
    assert ask(Board(), TEACHER, GiveBox(nobody.id, 1, BOX)) == "no-room"
    full = boxed(*[BOX] * MOST_BOXES)
    assert ask(full, TEACHER, GiveBox(VILLAGE.id, 1, BOX)) == "too-many-boxes"


def test_where_a_stroke_stands_is_worked_out_where_it_is_not_remembered() -> None:
    chain, before = Chain(), b""
    for n in range(40):
        batch = encode(chain, [(n * 9, n * n, 9), (n * 9 + 4, n * n, 9)], first=n == 0)
        if before:
            forgotten, remembered = went_on(bytes(before), batch), went_on(before, batch)
            assert forgotten == remembered
            last = decode_stroke(before + batch)[-1]
            assert forgotten[-1] == last[:2]
        before += batch
