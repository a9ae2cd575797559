"""A mark looks on paper as it does in the browser."""

from base64 import b64encode

from recorder.paper.look import look, rest
from synclass.inclass.board import Board
from synclass.marks import Change, Place

from ...plausible import play
from ...web.test_look import LONG, looks
from .scenes import a_page, a_stroke


def test_every_mark_looks_as_in_the_browser() -> None:
    lessons, compared = [play(seed, LONG) for seed in range(80)], 0
    for (live, _), answer in zip(lessons, looks([log for _, log in lessons]), strict=True):
        board = live.channel("board")
        assert isinstance(board, Board)
        for (_, theirs), page in zip(answer, board.pages.values(), strict=True):
            for number, (_, wanted) in zip(page.marks, theirs, strict=True):
                seen = look(number, page, page.marks[number])
                edges = seen and [edge for cut in seen.cuts for edge in cut]
                matrix = seen and (list(seen.matrix) if seen.matrix else None)
                said = seen and (None if seen.text is None else b64encode(seen.outline).decode())
                assert (seen and [matrix, seen.colour, seen.text, said, edges]) == wanted
                compared += 1
    assert compared > 300


def test_what_cuts_leave_are_runs_of_neighbours() -> None:
    points = [(n, 0, 0) for n in range(6)]
    assert rest(points, [(0, 2), (3, 4)]) == [points[2:3], points[4:]]
    assert rest(points, [(0, 9)]) == [] and rest(points, []) == [points]


def test_a_mark_that_was_moved_out_of_all_numbers_is_not_drawn() -> None:
    large = [Change(n, Place((1e2, 0.0, 0.0, 1e2, 0.0, 0.0))) for n in range(1, 200)]
    page = a_page(a_stroke(), changes=large)
    assert [look(number, page, mark) for number, mark in page.marks.items()] == [None]
