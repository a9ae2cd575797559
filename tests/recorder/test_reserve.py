"""Room that is kept for the day the disk is full, and is there on that day."""

import os
from pathlib import Path

from recorder import disk
from recorder.journal import FileJournal, read
from recorder.reserve import NAME, Reserve, spare

from .test_journal import tiny_disk
from .test_take import fill

__all__ = ["tiny_disk"]


def test_the_reserve_is_room_that_nobody_else_gets(tiny_disk: Path) -> None:
    reserve, free = Reserve(tiny_disk), disk.free(tiny_disk)
    assert (reserve.held, spare(tiny_disk)) == (False, free - reserve.size())
    reserve.hold()
    assert reserve.held and disk.free(tiny_disk) <= free - reserve.size()
    assert abs(spare(tiny_disk) - (free - reserve.size())) <= os.statvfs(tiny_disk).f_frsize
    reserve.hold()
    assert reserve.give_up() and not reserve.give_up()
    assert disk.free(tiny_disk) == free


def test_a_reserve_for_which_there_is_no_room_is_not_half_held(tiny_disk: Path) -> None:
    fill(tiny_disk, leave=Reserve(tiny_disk).size() // 2)
    Reserve(tiny_disk).hold()
    assert not (tiny_disk / NAME).exists()


def test_a_lesson_goes_on_in_the_reserve_when_the_disk_is_full(tiny_disk: Path) -> None:
    Reserve(tiny_disk).hold()
    journal = FileJournal(tiny_disk / "log", segment=4000, reserve=Reserve(tiny_disk))
    fill(tiny_disk, leave=0)
    said = [bytes([n]) * 200 for n in range(60)]
    for words in said:
        journal.append(words)
    journal.close()
    assert list(read(tiny_disk / "log")) == said
    assert not Reserve(tiny_disk).held
