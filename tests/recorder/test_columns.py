"""What is packed for the archive comes out again bit for bit, or it is said that it cannot."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.columns import SPAN, pack, unpack
from synclass.cli.benches.handwriting import pen, points, writing
from synclass.cli.benches.hour import hour, put
from synclass.errors import Malformed
from synclass.ink import Chain, encode
from synclass.lesson import Entry
from synclass.marks import SEAT, Pen
from synclass.strokes import InkAdded, StrokeBegun
from synclass.toolbox import new_lesson
from synclass.wire import record
from synclass.words import ParticipantId

WHO = st.sampled_from([ParticipantId(name) for name in ("u-wang", "room-石桥", "")])
NUMBERS = st.integers(0, 2**40)
PENS = st.builds(
    Pen,
    st.sampled_from(["pen", "highlighter", "chalk"]),
    st.integers(0, 7),
    st.integers(4, 255),
)
COORDINATES = st.integers(-8192, 8191)
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES, st.integers(0, 31)), min_size=1, max_size=63)


@st.composite
def batches(draw: st.DrawFn, *, first: bool) -> bytes:
    """Ink of ours, from wherever the pen was; or bytes that are none, or not quite."""
    chain = Chain(*draw(st.tuples(COORDINATES, COORDINATES, COORDINATES, COORDINATES)))
    ink = encode(chain, draw(POINTS), first=first)
    return draw(st.sampled_from([ink, ink, ink, ink + b"\0", ink[:-1], b""]))


ADDED = st.builds(InkAdded, NUMBERS, batches(first=False), st.booleans())
BEGUN = st.builds(StrokeBegun, NUMBERS, NUMBERS, PENS, batches(first=True), st.booleans())
ENTRIES = st.builds(Entry, NUMBERS, NUMBERS, WHO, NUMBERS, st.one_of(ADDED, BEGUN))
RECORDS = st.one_of(
    ENTRIES.map(lambda entry: record([entry])),
    st.lists(ENTRIES, max_size=3).map(record),
    st.binary(max_size=40),
)


@given(st.lists(RECORDS, max_size=12))
def test_any_records_come_out_as_they_went_in(records: list[bytes]) -> None:
    assert unpack(pack(records)) == records


def written(seconds: float, batch: int = 12, seed: int = 1) -> list[bytes]:
    """The journal of a teacher who writes without a pause."""
    dice = random.Random(seed)
    lines, records, at, seq, stroke = writing(dice, 130), list[bytes](), 0.0, 0, SEAT
    while at < seconds:
        stroke += 1
        found, chain = points(pen(next(lines), dice)), Chain()
        for start in range(0, len(found), batch):
            seq += 1
            part, last = found[start : start + batch], start + batch >= len(found)
            ink, ms = encode(chain, part, first=start == 0), round(1000 * at + 8 * start)
            fact = (
                InkAdded(stroke, ink, last)
                if start
                else StrokeBegun(stroke, 1, Pen("chalk", 0, 16), ink, last)
            )
            records.append(record([Entry(seq, ms, ParticipantId("u-wang"), seq, fact)]))
        at += len(found) / 120 + 0.15
    return records


def test_writing_takes_a_third_of_what_it_took_in_the_log() -> None:
    records = written(SPAN)
    packed = pack(records)
    assert unpack(packed) == records
    assert len(packed) < sum(map(len, records)) / 3


def test_a_lesson_of_many_people_comes_out_as_it_went_in() -> None:
    lesson = new_lesson()
    records = [put(lesson, asked) for asked in hour(3000)]
    packed = pack(records)
    assert unpack(packed) == records
    assert len(packed) < sum(map(len, records)) / 2


def test_a_chunk_that_is_cut_anywhere_is_malformed() -> None:
    packed = pack(written(2.0))
    for end in range(len(packed)):
        with pytest.raises(Malformed):
            unpack(packed[:end])


def test_damage_is_told_or_gives_other_records_and_never_fails_otherwise() -> None:
    packed, dice, told = pack(written(2.0)), random.Random(5), 0
    for _ in range(500):
        damaged = bytearray(packed)
        damaged[dice.randrange(len(packed))] ^= 1 << dice.randrange(8)
        try:
            unpack(bytes(damaged))
        except Malformed:
            told += 1
    assert told > 100


def test_a_chunk_of_another_version_is_malformed() -> None:
    with pytest.raises(Malformed, match="version"):
        unpack(b"\xff" + pack([])[1:])
