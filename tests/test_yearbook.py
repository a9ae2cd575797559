"""An export of a year is proven by its own chain, and says which member is not as it was."""

import msgspec
import pytest

from synclass.chain import linked
from synclass.errors import Malformed
from synclass.yearbook import (
    AUDIT,
    SIGNED,
    SUMS,
    VERSION,
    Note,
    Stretch,
    Year,
    erased,
    faults,
    said,
    signed,
    sum_of,
    taken,
)

SEAL = b"s" * 32
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
    said_of_it = msgspec.json.encode(year)
    signature = msgspec.json.encode(signed(SEAL, said_of_it))
    return {**written, SUMS: said_of_it, SIGNED: signature}


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
    kept = (SUMS, SIGNED)
    told |= {name: data for name, data in members(short).items() if name not in kept}
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


def test_whose_signature_it_is_can_be_asked() -> None:
    told = members(stretch())
    key = signed(SEAL, b"").key
    assert list(faults(told, key)) == list(faults(told, key.upper())) == []
    assert key in said(told)
    assert list(faults(told, "ab")) == [f"{SIGNED}: signed by {key}, not by ab"]


def test_a_year_that_another_hand_put_together_is_not_signed_by_ours() -> None:
    told, made_up = members(stretch()), members(stretch("b" * 64))
    wrong = [f"{SUMS} is not what was signed, or {SIGNED} was changed"]
    assert list(faults({**made_up, SIGNED: told[SIGNED]})) == wrong
    for broken in (b"", b"{}", b'{"key":"00","signature":"zz"}'):
        assert list(faults({**told, SIGNED: broken})) == wrong
    del told[SIGNED]
    assert list(faults(told)) == [f"{SIGNED} is missing: nobody has signed this year"]


def test_a_year_of_before_was_not_signed_and_is_proven_by_its_chain() -> None:
    told = members(stretch())
    year = msgspec.json.decode(told[SUMS], type=Year)
    told[SUMS] = msgspec.json.encode(msgspec.structs.replace(year, version=1))
    del told[SIGNED]
    assert list(faults(told)) == [] and "not signed" in said(told)
    assert "nobody has signed" in str(list(faults(told, "ab")))


def test_every_byte_that_is_flipped_is_named() -> None:
    told = members(stretch())
    for name, data in told.items():
        for at in range(len(data)):
            flipped = bytearray(data)
            flipped[at] ^= 1
            try:
                assert name in str(list(faults({**told, name: bytes(flipped)}))), (name, at)
            except Malformed as error:
                assert name in (SUMS, AUDIT) and name in str(error)
