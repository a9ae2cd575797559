"""A film goes through a lesson and knows what it has to draw."""

from recorder.film.scene import Scene
from synclass.marks import SEAT

from .scenes import BELL, a_class, entries


def test_ink_on_the_page_in_front_is_told_stroke_by_stroke() -> None:
    scene = Scene(iter(entries(a_class())))
    scene.until(BELL + 1)
    assert scene.whole
    scene.drawn()
    scene.until(BELL + 2.15)
    assert (scene.whole, scene.inked) == (False, {SEAT + 1})
    assert list(scene.board.drawing) == [SEAT + 1]


def test_a_turned_page_is_drawn_whole_and_words_change_nothing() -> None:
    scene = Scene(iter(entries(a_class())))
    scene.until(BELL + 4)
    scene.drawn()
    scene.until(BELL + 6.5)
    assert not scene.whole and not scene.inked
    scene.until(BELL + 8)
    assert scene.whole and scene.pages.current == 2
