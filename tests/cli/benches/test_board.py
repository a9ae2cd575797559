"""The board bench measures a full page: a late joiner, an op, and a window where there is one."""

import pytest

from synclass.cli.benches import board
from synclass.inclass.board import MOST_MARKS


async def test_a_full_page_costs_a_late_joiner_and_an_op(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "there", lambda: False)
    told = await board.measure(strokes=board.OPS * 2, facts=2000, runs=1)
    assert told.window is None
    assert told.facts > 2000
    assert told.late_join_ms > 0 and told.late_join_kb > 50
    assert 0 < told.us_per_op < 1000


def test_a_page_is_full_of_strokes_that_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    strokes = list(board.full(1, 500))
    assert len({stroke.stroke for stroke in strokes}) == 500 <= MOST_MARKS
    assert all(stroke.last for stroke in strokes)
