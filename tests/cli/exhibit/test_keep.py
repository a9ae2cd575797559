"""What the rules would not have had is kept of no lesson."""

from pathlib import Path

import pytest

from recorder.shelf import FileShelf
from synclass.cli.exhibit import keep
from synclass.conduct import Begin, Open
from synclass.errors import Refused
from synclass.wire import entries
from synclass.words import SYSTEM, LessonId

from ...conftest import VILLAGE

ONE = LessonId("one")
OPEN = (0.0, SYSTEM, Open(1, 0.0, "", "分数", "数学", "王老师"))


def test_a_journal_is_what_was_asked(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    keep.journal(shelf, ONE, [OPEN])
    [record] = shelf.read(ONE)
    assert [entry.by for entry in entries(record)] == [SYSTEM.id]


def test_a_village_rings_no_bell_here_either(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    with pytest.raises(Refused):
        keep.journal(shelf, ONE, [OPEN, (1.0, VILLAGE, Begin())])
    assert len(list(shelf.read(ONE))) == 1
