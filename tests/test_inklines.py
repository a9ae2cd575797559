"""Ink on the line: whatever is packed comes out as it was, here and in the browser."""

import base64

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synclass import wire
from synclass.errors import Malformed
from synclass.inklines import TOOLS, InkLine, pack, unpack
from synclass.marks import SEAT, Pen
from synclass.strokes import InkAdded, StrokeBegun

from .web.browser import browser

strokes = st.builds(
    lambda seat, count: seat * SEAT + count, st.integers(1, 4000), st.integers(0, SEAT - 1)
)
pens = st.builds(Pen, st.sampled_from(TOOLS), st.integers(0, 7), st.integers(4, 255))
batches = st.binary(max_size=40) | st.binary(min_size=100, max_size=600)
begun = st.builds(StrokeBegun, strokes, st.integers(1, 9999), pens, batches, st.booleans())
added = st.builds(InkAdded, strokes, batches, st.booleans())
steps = st.tuples(st.integers(1, 300), st.integers(0, 10**7), begun | added)


def _lines(steps: list[tuple[int, int, StrokeBegun | InkAdded]]) -> list[InkLine]:
    seq = ms = 0
    lines = list[InkLine]()
    for ahead, later, fact in steps:
        seq, ms = seq + ahead, ms + later
        lines.append((seq, ms, fact))
    return lines


frames = st.lists(steps, min_size=1, max_size=6).map(_lines)


@given(frames)
def test_ink_comes_off_the_line_as_it_went_on(lines: list[InkLine]) -> None:
    assert unpack(pack(lines)) == lines


@settings(max_examples=8)
@given(st.lists(frames, min_size=10, max_size=20))
def test_a_page_reads_the_facts_that_happened(sent: list[list[InkLine]]) -> None:
    answers = browser([("lines", wire.inks(lines)) for lines in sent])
    for lines, answer in zip(sent, answers, strict=True):
        read = [(seq, ms, wire.fact(base64.b64decode(fact))) for seq, ms, fact in answer]
        assert read == lines


@settings(max_examples=30)
@given(frames)
def test_packed_ink_is_the_entries_it_stands_for(lines: list[InkLine]) -> None:
    message = msgspec.msgpack.decode(wire.inks(lines), type=wire.Inks)
    entries = wire.entries_of(message)
    assert [
        (entries.seq + line.seq, entries.ms + line.ms, wire.fact(line.fact))
        for line in entries.lines
    ] == lines


def test_a_batch_an_hour_into_the_lesson_costs_fifteen_bytes_beside_its_ink() -> None:
    batch = (15_000, 3_600_000, InkAdded(3 * SEAT + 2000, bytes(18)))
    assert len(wire.inks([batch])) == 18 + 15


def test_ink_that_is_cut_off_or_of_no_pen_is_not_read() -> None:
    lines: list[InkLine] = [(7, 900, StrokeBegun(SEAT + 5, 1, Pen("pen", 0, 16), bytes(20), True))]
    whole = pack(lines)
    assert unpack(b"") == []
    strange = whole.replace(bytes([1, 0, 0, 16]), bytes([1, 3, 0, 16]))
    assert strange != whole
    bad = [*(whole[:end] for end in range(1, len(whole))), strange, b"\xff" * 12]
    for data in bad:
        with pytest.raises(Malformed):
            unpack(data)
    asked = [("readable", wire.encode(wire.Inks(data))) for data in [whole, *bad]]
    assert browser(asked) == [True, *(False for _ in bad)]
    with pytest.raises(Malformed):
        wire.entries_of(wire.Inks(b""))


@pytest.mark.parametrize("fact", [StrokeBegun, InkAdded])
def test_a_field_that_is_new_in_a_fact_of_ink_must_be_packed_too(
    fact: type[StrokeBegun | InkAdded],
) -> None:
    known = {"stroke", "page", "pen", "ink", "last"}
    assert set(fact.__struct_fields__) <= known
    assert Pen.__struct_fields__ == ("tool", "colour", "width")
