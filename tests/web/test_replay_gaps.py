"""A replay says where there is no recording, as the log has it."""

from typing import Any

from synclass.channel import Fact
from synclass.conduct import Began, Ended
from synclass.inclass.tracks import Missed, TapingSet

from ..conftest import TEACHER, VILLAGE
from ..test_folds import frames
from .browser import browser
from .test_replay import log_of


def gaps(*facts: tuple[float, Fact], moments: tuple[float, ...] = ()) -> tuple[Any, list[bool]]:
    [[found, within]] = browser([("gaps", frames(log_of(*facts)), moments)])
    return [(gap["from"], gap["to"]) for gap in found], within


def test_voices_that_were_not_recorded_are_one_gap_where_they_meet() -> None:
    found, within = gaps(
        (1, Began()),
        (900, Missed(TEACHER.id, "voice", 723, 845)),
        (901, Missed(VILLAGE.id, "voice", 800, 850.5)),
        (902, Missed(TEACHER.id, "camera", 723, 890)),
        (903, Missed(TEACHER.id, "voice", 100, 102)),
        moments=(99, 100, 102, 800, 850.5),
    )
    assert found == [(100, 102), (723, 850.5)]
    assert within == [False, True, False, True, False]


def test_a_light_that_was_long_out_is_a_gap_and_one_that_flickered_is_none() -> None:
    on, off = TapingSet(True), TapingSet(False)
    found, _ = gaps((1, Began()), (2, on), (50, off), (52, on), (60, off), (90, on), (99, off))
    assert found == [(60, 90)]
    found, _ = gaps((1, Began()), (2, on), (50, off), (100, Ended()))
    assert found == [(50, 100)]
