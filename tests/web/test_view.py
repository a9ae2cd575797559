"""What of the board is on a screen, and where a hand may write on it."""

import random
from typing import Any

import pytest

from synclass.boxes import BoxGiven
from synclass.channel import Fact
from synclass.inclass.board import Let, LetSet
from synclass.inclass.gaze import NARROWEST, is_on_page
from synclass.inclass.layers import LayersOpened
from synclass.lesson import Entry, Lesson
from synclass.marks import WIDTH
from synclass.toolbox import new_lesson
from synclass.words import Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from ..test_folds import welcome
from .browser import browser, everything

BOX = (1000, 1000, 2000, 1000)


def test_zooming_keeps_the_place_under_the_finger_and_never_leaves_the_page() -> None:
    dice = random.Random(5)
    factors = (0.5, 0.8, 1.25, 1.25, 3)
    steps = [(dice.choice(factors), dice.random(), dice.random()) for _ in range(500)]
    [parts] = browser([("zooms", steps)])
    for x, y, width in parts:
        kept = is_on_page(round(x * 4), round(y * 4), round(width * 4))
        assert kept, f"the server would not keep a view of {width} at {x}, {y}"
    widths = [width for *_, width in parts]
    assert min(widths) == NARROWEST / 4 and max(widths) == WIDTH / 4


def test_a_finger_in_the_middle_of_the_page_stays_where_it_was() -> None:
    [parts] = browser([("zooms", [(2, 0.5, 0.5), (2, 0, 0), (0.5, 0, 0), (0.1, 1, 1)])])
    assert parts == [
        [0, 0, 1920],
        [480, 270, 960],
        [480, 270, 480],
        [480, 270, 960],
        [0, 0, 1920],
    ]


def let(*facts: Fact) -> Lesson:
    lesson = new_lesson()
    lesson.conduct.present = {who.id: who for who in (TEACHER, VILLAGE, OTHER_VILLAGE)}
    for fact in (LetSet(Let.NOBODY), *facts):
        lesson.apply([Entry(lesson.seq + 1, 0, TEACHER.id, 0, fact)])
    return lesson


BOXED = BoxGiven(1, VILLAGE.id, 1, BOX)


@pytest.mark.parametrize(
    ("facts", "who", "place"),
    [
        ([], TEACHER, ["page"]),
        ([], VILLAGE, ["nowhere"]),
        ([BOXED], VILLAGE, ["boxes", list(BOX)]),
        ([BOXED], OTHER_VILLAGE, ["nowhere"]),
        ([BoxGiven(1, VILLAGE.id, 2, BOX)], VILLAGE, ["nowhere"]),
        ([LayersOpened()], VILLAGE, ["layer"]),
        ([BOXED, LayersOpened()], VILLAGE, ["layer"]),
        ([LayersOpened()], CO_TEACHER, ["layer"]),
        ([LayersOpened()], TEACHER, ["page"]),
        ([LayersOpened()], PATROL, ["nowhere"]),
    ],
    ids=str,
)
def test_a_hand_knows_where_it_may_write(
    facts: list[Fact], who: Participant, place: list[Any]
) -> None:
    lesson = let(*facts)
    assert browser([("place", welcome(everything(lesson), who, lesson), 1)]) == [place]
