"""What is handed in is what a pen or a keyboard makes, and a pupil sees what was returned."""

import pytest

from synclass import ink
from synclass.errors import Malformed, Refused
from synclass.postclass.homework import (
    MOST_INK,
    Kind,
    Stroke,
    Work,
    as_pupil_sees,
    check_ink,
    check_pupil,
    check_sheet,
    check_task,
    check_typed,
)

WRITTEN = ink.encode(ink.Chain(), [(400, 400, 16), (440, 440, 16)], first=True)
STROKE = Stroke(1, 16, WRITTEN)
WORK = Work(
    *("w1", "h1", "小明", "草兴小学", Kind.INKED, "", [STROKE], 1440, 1080, 5.0, ""),
    receipt="r",
    marks=[STROKE],
    mark="优",
    remark="很好",
    marked_at=9.0,
    version=3,
)


def test_a_task_has_words_and_a_day_that_is_to_come() -> None:
    assert check_task(" 做第三题\x00 ", 200.0, 100.0) == "做第三题"
    for text, due in ((" ", 200.0), ("x" * 2001, 200.0), ("x", 100.0), ("x", 9e9)):
        with pytest.raises(Refused):
            check_task(text, due, 100.0)


def test_a_pupil_has_a_name_and_a_school() -> None:
    assert check_pupil(" 李  小明 ", "草兴小学") == ("李 小明", "草兴小学")
    for name, school in (("", "x"), ("x", ""), ("x" * 41, "x"), ("\x07", "x")):
        with pytest.raises(Refused, match="name and school"):
            check_pupil(name, school)


def test_what_is_typed_is_neither_empty_nor_a_book() -> None:
    assert check_typed("3/4 \n") == "3/4"
    for text in ("\x00", "x" * 2001):
        with pytest.raises(Refused):
            check_typed(text)


def test_ink_is_written_by_a_pen_and_fits_the_sheet() -> None:
    check_ink([STROKE], empty=False)
    check_ink([], empty=True)
    with pytest.raises(Refused, match="nothing is written"):
        check_ink([], empty=False)
    with pytest.raises(Refused, match="more is written"):
        check_ink([Stroke(1, 16, WRITTEN * (MOST_INK // len(WRITTEN) + 1))], empty=False)
    for bad in (Stroke(1, 16, b""), Stroke(8, 16, WRITTEN), Stroke(1, 3, WRITTEN)):
        with pytest.raises(Malformed):
            check_ink([bad], empty=False)


def test_a_sheet_is_no_larger_than_a_board() -> None:
    check_sheet(1440, 1080)
    for width, height in ((0, 5), (1921, 5), (5, 1081)):
        with pytest.raises(Refused):
            check_sheet(width, height)


def test_a_pupil_sees_no_mark_before_it_is_returned() -> None:
    seen = as_pupil_sees(WORK)
    assert (seen.marks, seen.mark, seen.remark, seen.marked_at) == ([], "", "", 0.0)
    assert (seen.ink, seen.pupil, seen.receipt) == ([STROKE], "小明", "r")
