"""What a lesson adds to the figures of a month: of its school, its alliance, the region."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ..words import LessonId
from .reports import RoomResult


class Figure(Struct, frozen=True):
    """One lesson that was held."""

    day: date
    lesson: LessonId
    school: str
    """The id of who taught it; "" where it is nobody's."""
    minutes: float
    rooms: int
    """That were reached."""
    room_minutes: float
    """Of all rooms together: less than rooms times minutes where lines were lost."""
    fairness: float
    """Of the rooms' turns: 1 where all had as many, towards 0 where one had all; times rooms."""
    pupils: int
    here: int
    answers: int
    right: int


class Sum(Struct, frozen=True):
    """The same of some lessons together: of a school or a day."""

    of: str
    lessons: int
    minutes: float
    rooms: int
    room_minutes: float
    possible: float
    """Room minutes if no line had been lost."""
    fairness: float
    """Times rooms."""
    pupils: int
    here: int
    answers: int
    right: int


def figure(
    lesson: LessonId, rooms: Sequence[RoomResult], *, day: date, school: str, minutes: float
) -> Figure:
    reached = [room for room in rooms if room.minutes > 0]
    turns = [room.hands + room.words + room.on_stage for room in reached]
    return Figure(
        *(day, lesson, school, minutes, len(reached)),
        room_minutes=round(sum(min(room.minutes, minutes) for room in reached), 2),
        fairness=round(fairness(turns) * len(reached), 4),
        pupils=sum(room.pupils for room in reached),
        here=sum(room.here for room in reached),
        answers=sum(room.answers for room in reached),
        right=sum(room.right for room in reached),
    )


def fairness(turns: Sequence[float]) -> float:
    """Jain's index (DEC-TR-301): 1 where all have as much, 1/n where one of n has all."""
    squares = len(turns) * sum(turn * turn for turn in turns)
    return sum(turns) ** 2 / squares if squares else 1.0
