"""A line of the audit log that is changed, taken out, put in or moved breaks the chain there."""

from hypothesis import given
from hypothesis import strategies as st

from synclass.chain import Line, first_broken, linked

LINES = st.lists(st.tuples(st.floats(0, 2e9), *[st.text(max_size=8)] * 3), min_size=3, max_size=9)


def chained(lines: list[Line]) -> list[tuple[str, Line]]:
    before, found = "", []
    for line in lines:
        before = linked(before, line)
        found.append((before, line))
    return found


@given(LINES)
def test_an_untouched_log_is_whole(lines: list[Line]) -> None:
    assert first_broken(chained(lines)) == 0


@given(LINES, st.data())
def test_the_first_line_that_was_changed_is_found(lines: list[Line], data: st.DataObject) -> None:
    kept, at = chained(lines), data.draw(st.integers(0, len(lines) - 1))
    link, (wall, who, act, what) = kept[at]
    kept[at] = link, (wall, who + "!", act, what)
    assert first_broken(kept) == at + 1


@given(LINES, st.data())
def test_a_line_that_is_missing_is_found(lines: list[Line], data: st.DataObject) -> None:
    kept, at = chained(lines), data.draw(st.integers(0, len(lines) - 2))
    del kept[at]
    assert first_broken(kept) == at + 1


@given(LINES, st.data())
def test_a_line_that_was_put_in_is_found(lines: list[Line], data: st.DataObject) -> None:
    kept, at = chained(lines), data.draw(st.integers(0, len(lines) - 1))
    kept.insert(at, (kept[at][0], (0.0, "nobody", "x", "")))
    assert first_broken(kept) == at + 1
