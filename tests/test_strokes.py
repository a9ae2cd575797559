"""A stroke's number begins with its maker's seat."""

from synclass.marks import SEAT
from synclass.strokes import of_seat


def test_a_writers_strokes_are_found_among_those_of_others() -> None:
    strokes = [SEAT + 1, 2 * SEAT, SEAT + 7, 3 * SEAT + 1]
    assert of_seat(1, strokes) == [SEAT + 1, SEAT + 7]
    assert of_seat(4, strokes) == []
