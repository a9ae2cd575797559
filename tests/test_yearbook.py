"""An export of a year is proven by its own chain, and says which member is not as it was."""

import msgspec
import pytest

from synclass.chain import linked
from synclass.errors import Malformed
from synclass.yearbook import (
    AUDIT,
    SUMS,
    VERSION,
    Note,
    Stretch,
    Year,
    erased,
    faults,
    sum_of,
    taken,
)

ACTS = ("lesson.enter", "lesson.erase", "pupil.take", "board.print")


def stretch(before: str = "a" * 64) -> Stretch:
    notes, link = [], before
    for n, act in enumerate(ACTS, 7):
        link = linked(link, (float(n), "admin", act, "m1"))
        notes.append(Note(n, float(n), "admin", act, "m1", link))
    return Stretch(before, notes)


def members(said: Stretch) -> dict[str, bytes]:
    files = {AUDIT: said, "erased.json": erased(said.notes), "taken.json": taken(said.notes)}
    written = {name: msgspec.json.encode(one) for name, one in files.items()}
    sums = {name: sum_of(data) for name, data in written.items()}
    year = Year(VERSION, 2026, 0.0, 9.0, 9.0, "", said.before, said.notes[-1].link, sums)
    return {**written, SUMS: msgspec.json.encode(year)}


def test_what_was_erased_and_taken_out_is_found_in_the_log() -> None:
    assert [note.act for note in erased(stretch().notes)] == ["lesson.erase"]
    assert [note.act for note in taken(stretch().notes)] == ["pupil.take", "board.print"]
    assert list(faults(members(stretch()))) == []


def test_a_line_that_was_changed_is_named_even_where_the_sums_were_made_anew() -> None:
    said = stretch()
    said.notes[1] = msgspec.structs.replace(said.notes[1], who="nobody")
    assert list(faults(members(said))) == ["line 8 of the audit log is not what was written"]


def test_a_line_that_was_taken_out_at_the_end_is_missed() -> None:
    told = members(stretch())
    short = stretch()
    del short.notes[-1]
    told |= {name: data for name, data in members(short).items() if name != SUMS}
    assert "the chain ends at another link" in list(faults(told))


def test_a_member_that_was_changed_added_or_lost_is_named() -> None:
    told = members(stretch())
    assert "taken.json is not as it was written" in list(faults({**told, "taken.json": b"[]"}))
    assert list(faults({**told, "x": b""})) == ["x is not as it was written"]
    del told["erased.json"]
    assert "erased.json is not as it was written" in list(faults(told))


def test_what_is_no_export_is_malformed() -> None:
    for wrong in ({}, {SUMS: b"{}", AUDIT: b"{}"}):
        with pytest.raises(Malformed, match="no export"):
            list(faults(wrong))
