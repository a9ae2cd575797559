"""A lesson's records survive a cut at any byte and a flip of any byte: never a wrong one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recorder import records
from synclass.errors import Malformed


def segment(payloads: list[bytes]) -> bytes:
    data, link = records.header(1, records.GENESIS), records.GENESIS
    for payload in payloads:
        link = records.next_link(link, payload)
        data += records.record(payload, link)
    return data


def prefix(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    try:
        records.check_header(data, 1, records.GENESIS)
        for record in records.records(data, records.GENESIS):
            found.append(record.payload)
    except Malformed:
        pass
    return found


LESSON = [b"", b"a", b"the teacher writes " * 3, bytes(range(256)), b"\0" * 40]


def test_a_lesson_cut_at_any_byte_gives_back_exactly_what_was_whole() -> None:
    data = segment(LESSON)
    ends = [len(segment(LESSON[:n])) for n in range(len(LESSON) + 1)]
    for cut in range(len(data) + 1):
        whole = sum(end <= cut for end in ends[1:])
        assert prefix(data[:cut]) == LESSON[:whole]


def test_a_bit_flipped_in_any_byte_never_gives_a_wrong_record() -> None:
    data = segment(LESSON)
    ends = [len(segment(LESSON[:n])) for n in range(len(LESSON) + 1)]
    for at in range(len(data)):
        for bit in range(8):
            broken = bytearray(data)
            broken[at] ^= 1 << bit
            whole = sum(end <= at for end in ends[1:])
            assert prefix(bytes(broken)) == LESSON[:whole]


@given(st.lists(st.binary(max_size=60), min_size=2, max_size=8), st.data())
@settings(max_examples=60)
def test_records_left_out_or_exchanged_by_hand_break_the_chain(
    payloads: list[bytes], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(payloads) - 2))
    begin, middle, end = (len(segment(payloads[:n])) for n in (at, at + 1, at + 2))
    whole = segment(payloads)
    assert prefix(whole[:begin] + whole[middle:])[: len(payloads)] == payloads[:at]
    swapped = whole[:begin] + whole[middle:end] + whole[begin:middle] + whole[end:]
    assert prefix(swapped) == payloads[:at]


def test_a_segment_of_another_journal_is_not_taken_for_ours() -> None:
    with pytest.raises(Malformed):
        records.check_header(records.header(2, records.GENESIS), 1, records.GENESIS)


def test_a_record_longer_than_any_message_is_our_bug() -> None:
    with pytest.raises(ValueError, match="longest"):
        records.record(bytes(records.LONGEST + 1), records.GENESIS)
