"""With little room no recording is begun, and one that has begun goes on until there is none."""

from pathlib import Path

import pytest

from recorder import disk
from recorder.reserve import Reserve
from recorder.room import EVERY, Room, Share
from synclass.errors import Unavailable

from .test_journal import tiny_disk
from .test_take import fill

__all__ = ["tiny_disk"]
LEAST = 400_000


def test_a_lesson_that_is_recorded_goes_on_where_a_new_one_is_not_begun(tiny_disk: Path) -> None:
    room = Room(tiny_disk, LEAST)
    room.tick(0)
    assert Reserve(tiny_disk).held
    begun, new = Share(room), Share(room)
    begun.take()
    fill(tiny_disk, leave=LEAST)
    begun.take()
    with pytest.raises(Unavailable) as refused:
        new.take()
    assert refused.value.code == "disk-short"
    (tiny_disk / "filler").unlink()
    new.take()


def test_after_a_full_disk_nothing_is_begun_in_the_room_that_the_reserve_left(
    tiny_disk: Path,
) -> None:
    room = Room(tiny_disk, 0)
    room.tick(0)
    share = Share(room)
    share.take()
    fill(tiny_disk, leave=0)
    share.full()
    assert not Reserve(tiny_disk).held and disk.free(tiny_disk) > 0
    for more in (share.take, share.check):
        with pytest.raises(Unavailable):
            more()
    room.tick(EVERY)
    assert not Reserve(tiny_disk).held
    (tiny_disk / "filler").unlink()
    share.take()
    share.check()
    room.tick(2 * EVERY)
    assert Reserve(tiny_disk).held


def test_recordings_end_also_where_a_log_was_the_first_to_take_the_reserve(tiny_disk: Path) -> None:
    room = Room(tiny_disk, 0)
    room.tick(0)
    share = Share(room)
    share.take()
    fill(tiny_disk, leave=0)
    assert Reserve(tiny_disk).give_up()
    share.check()
    room.tick(EVERY)
    with pytest.raises(Unavailable):
        share.check()


def test_a_disk_that_is_gone_ends_no_recorder(tmp_path: Path) -> None:
    Room(tmp_path / "gone", 0).tick(0)
