import pytest

from synclass.errors import Refused
from synclass.ink import Chain, encode
from synclass.marks import (
    LONGEST_STROKE,
    LONGEST_TEXT,
    REACH,
    Body,
    Change,
    Cut,
    Edit,
    Formula,
    Hide,
    Ink,
    Mark,
    Page,
    Pen,
    Picture,
    Place,
    Rewrite,
    Shape,
    Text,
    Tint,
    check_body,
    check_edit,
    check_next_batch,
)

from .outlined import HALF, packed

PEN = Pen("pen", 0, 12)
STROKE = encode(Chain(), [(0, 0, 9), (9, 9, 9)], first=True)
SHEET = "0f" * 32 + ".webp"
LINE = Shape("line", PEN, [0, 0, 400, 400])
NOTE = Text((0, 0, 400, 400), "想一想", 160, 1, note=True)


@pytest.mark.parametrize(
    "body",
    [
        *(LINE, Shape("polygon", PEN, [0, 0, 4, 0, 4, 4, 0, 4]), NOTE, Ink(PEN, STROKE)),
        *(Formula(0, 0, r"\frac{1}{2}", 160, 0, packed(HALF)), Picture((0, 0, 7680, 4320), SHEET)),
    ],
)
def test_what_a_teacher_puts_on_the_board_is_taken(body: Body) -> None:
    check_body(body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (Shape("line", PEN, [0, 0, 4]), "bad-shape"),
        (Shape("rect", PEN, [0, 0, 4, 4, 8, 8]), "bad-shape"),
        (Shape("polygon", PEN, [0, 0] * 65), "bad-shape"),
        (Shape("line", PEN, [0, 0, 4, REACH]), "bad-shape"),
        (Shape("line", Pen("pen", 8, 12), [0, 0, 4, 4]), "bad-pen"),
        (Text((0, 0, 400, 0), "a", 160, 0), "bad-place"),
        (Text((0, 0, 400, 9), " \n", 160, 0), "bad-text"),
        (Text((0, 0, 400, 9), "a" * (LONGEST_TEXT + 1), 160, 0), "bad-text"),
        (Text((0, 0, 400, 9), "a", 9000, 0), "bad-text"),
        (Text((0, 0, 400, 9), "a", 160, -1), "bad-pen"),
        (Formula(REACH, 0, "x", 160, 0), "bad-place"),
        (Formula(0, 0, "x", 160, 0, b"\xff"), "bad-outline"),
        (Picture((0, 0, 4, 4), "http://elsewhere/x.svg"), "bad-sheet"),
        (Ink(PEN, b""), "bad-ink"),
        (Ink(PEN, STROKE + bytes(LONGEST_STROKE)), "stroke-long"),
    ],
)
def test_what_cannot_be_drawn_is_refused(body: Body, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_body(body)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Cut([]), "bad-cut"),
        (Cut([(7, 3, 3)]), "bad-cut"),
        (Cut([(8, 0, 3)]), "bad-cut"),
        (Cut([(7, 0, 3)] * 4097), "bad-cut"),
        (Place((0.0, 0.0, 0.0, 0.0, 0.0, 0.0)), "bad-place"),
        (Place((1.0, 0.0, 0.0, float("nan"), 0.0, 0.0)), "bad-place"),
        (Place((1.0, 0.0, 0.0, 1.0, 1e9, 0.0)), "bad-place"),
        (Tint(8), "bad-pen"),
        (Rewrite("no words in a line"), "bad-words"),
        (Rewrite("1/3", b"\xff"), "bad-outline"),
    ],
)
def test_an_edit_that_means_nothing_is_refused(edit: Edit, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_edit(edit, {7: Mark(Ink(PEN, STROKE), 7)})
    assert refusal.value.code == code


def test_only_ink_is_erased_in_part_and_only_words_are_written_anew() -> None:
    check_edit(Cut([(7, 0, 3)]), {7: Mark(Ink(PEN, STROKE), 7)})
    check_edit(Rewrite("1/3"), {7: Mark(NOTE, 7)})
    check_edit(Rewrite("1/3", packed(HALF)), {7: Mark(Formula(0, 0, "1/2", 160, 0), 7)})
    with pytest.raises(Refused, match="only words and formulas"):
        check_edit(Rewrite("1/3", packed(HALF)), {7: Mark(NOTE, 7)})
    with pytest.raises(Refused, match="only ink"):
        check_edit(Cut([(7, 0, 3)]), {7: Mark(LINE, 7)})


def test_a_mark_is_seen_while_its_maker_is_on_and_nothing_hides_it() -> None:
    mark = Mark(LINE, 1, [Change(2, Hide())])
    assert Page({7: mark}).shown() == {}
    assert Page({7: mark}, off=[2]).shown() == {7: mark}
    assert Page({7: mark}, off=[2, 1]).shown() == {}


def test_a_batch_that_goes_on_is_no_first_one() -> None:
    with pytest.raises(Refused):
        check_next_batch(STROKE)
