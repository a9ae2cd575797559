"""The journal in memory; the directory beside it keeps the contract in test_directory.py."""

import pytest

from synclass.adapters.memory import MemoryJournal
from synclass.errors import Unavailable
from synclass.ports import Journal


def test_records_come_back_in_order_also_while_more_are_written() -> None:
    journal: Journal = MemoryJournal()
    journal.append(b"bell")
    begun = journal.records()
    assert next(begun) == b"bell"
    journal.append(b"stroke")
    assert list(begun) == []
    assert list(journal.records()) == [b"bell", b"stroke"]


def test_a_closed_journal_takes_nothing_more_and_keeps_what_it_has() -> None:
    journal = MemoryJournal()
    journal.append(b"bell")
    journal.close()
    with pytest.raises(Unavailable) as unavailable:
        journal.append(b"late")
    assert unavailable.value.code == "not-writable"
    assert list(journal.records()) == [b"bell"]
