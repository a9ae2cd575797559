import pytest

from signaling.courseware.weight import DEEPEST, HEAVIEST, Weight
from synclass.errors import Refused


def bomb(levels: int, times: int) -> Weight:
    """Ten of ten of ten ...: a few lines that draw a billion."""
    weight = Weight()
    for level in reversed(range(levels)):
        weight.enter(f"l{level}")
        for _ in range(times):
            weight.enter("")
            weight.refer(f"l{level - 1}")
            weight.leave()
        weight.leave()
    return weight


def test_a_page_of_text_is_light() -> None:
    bomb(2, 50).check()


def test_what_is_used_by_what_is_used_is_counted_every_time() -> None:
    with pytest.raises(Refused, match="too many parts"):
        bomb(9, 10).check()


def test_a_drawing_that_draws_itself_is_refused() -> None:
    weight = Weight()
    weight.enter("a")
    weight.enter("")
    weight.refer("a")
    with pytest.raises(Refused, match="itself"):
        weight.check()


def test_a_chain_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="itself"):
        bomb(DEEPEST + 2, 1).check()


def test_many_plain_parts_are_counted_too() -> None:
    weight = Weight()
    for _ in range(HEAVIEST + 1):
        weight.enter("")
        weight.leave()
    with pytest.raises(Refused, match="too many parts"):
        weight.check()


def test_a_style_sheet_is_no_way_around_it() -> None:
    weight = Weight()
    for level in range(8):
        weight.enter(f"p{level}")
        for _ in range(10):
            weight.enter("")
            weight.refer(f"class c{level - 1}")
            weight.leave()
        weight.leave()
        weight.refer(f"p{level}", by=f"class c{level}")
    with pytest.raises(Refused, match="too many parts"):
        weight.check()
