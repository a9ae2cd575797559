"""A lesson's figures: what reached whom, and whether turns fell evenly."""

from datetime import date

import pytest

from synclass.postclass.figures import fairness, figure
from synclass.postclass.reports import RoomResult
from synclass.words import LessonId

LESSON, DAY = LessonId("m1"), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("turns", "index"),
    [([2, 2, 2], 1.0), ([3, 0, 0], 1 / 3), ([], 1.0), ([0, 0], 1.0), ([4, 2], 0.9)],
)
def test_turns_that_fall_evenly_are_one(turns: list[float], index: float) -> None:
    assert fairness(turns) == pytest.approx(index)


def test_rooms_that_were_there_are_counted_and_no_longer_than_the_lesson() -> None:
    rooms = [
        RoomResult(LESSON, "草兴小学", 0.0, 20.0, 1.0, 30, 28, 2, 1, 25, 20),
        RoomResult(LESSON, "东风小学", 0.0, 41.0, 4.0, 0, 0, 0, 0, 5, 1),
        RoomResult(LESSON, "没有来", 0.0, 0.0, 0.0, 30, 0, 0, 0, 0, 0),
    ]
    made = figure(LESSON, rooms, day=DAY, school="s1", minutes=40.0)
    assert (made.rooms, made.room_minutes, made.fairness) == (2, 60.0, 2.0)
    assert (made.pupils, made.here, made.answers, made.right) == (30, 28, 30, 21)


def test_a_lesson_to_which_nobody_came_reached_nobody() -> None:
    made = figure(LESSON, [], day=DAY, school="", minutes=40.0)
    assert (made.rooms, made.room_minutes, made.fairness) == (0, 0.0, 0.0)
