"""What is drawn bit by bit is what is drawn at once, whatever happened on the way."""

import io

import numpy as np
import pytest
from PIL import Image

from recorder.film.easel import Easel
from recorder.film.scene import Scene
from recorder.paper import book, canvas, page
from synclass import wire
from synclass.inclass.board import OpUndone, Undo
from synclass.inclass.gaze import Curtain, Pointer, Seen, Spot, View
from synclass.inclass.layers import LayerShown
from synclass.marks import SEAT

from ...plausible import play
from .scenes import BELL, TEACHER, a_class, a_line, entries

SEEDS = (3, 7, 11)
FEW = 2  # of 255: a smooth edge that is drawn in two parts


def nothing(name: str) -> bytes | None:
    return None


def differ(one: Easel, other: Easel) -> int:
    """Pixels that are seen to differ."""
    apart = np.abs(one.pixels.astype(np.int16) - other.pixels)[:, :, :3].max(axis=2)
    return int((apart > FEW).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_film_of_any_lesson_shows_at_each_moment_what_the_page_is(seed: int) -> None:
    log = play(seed, 150)[1]
    scene, easel = Scene(iter(log)), Easel(nothing)
    last = log[-1].ms / 1000
    for step in range(12):
        scene.until(last * (step + 1) / 12)
        easel.draw(scene)
        if step % 4 == 3:
            fresh, at_once = Scene(iter(log)), Easel(nothing)
            fresh.until(scene.at)
            at_once.draw(fresh)
            assert differ(easel, at_once) == 0


def test_the_random_lessons_show_what_may_be_shown() -> None:
    facts = [entry.fact for seed in SEEDS for entry in play(seed, 150)[1]]
    assert any(isinstance(fact, LayerShown) for fact in facts)
    assert any(isinstance(fact, OpUndone) for fact in facts)
    sights = {type(fact.sight) for fact in facts if isinstance(fact, Seen)}
    assert sights == {Pointer, Spot, Curtain, View}


def test_ink_is_seen_while_it_is_written_and_only_there_is_drawn() -> None:
    scene, easel = Scene(iter(entries(a_class()))), Easel(nothing)
    scene.until(BELL)
    easel.draw(scene)
    scene.until(BELL + 2.5)
    region = easel.draw(scene)
    assert region is not None and region.top >= 236 and region.bottom <= 264
    assert easel.pixels[250, 150, 2] > 150 > easel.pixels[250, 150, 0]
    assert easel.pixels[250, 1250, 0] > 250
    scene.until(BELL + 4)
    easel.draw(scene)
    assert easel.pixels[250, 1250, 0] < 150
    assert easel.draw(scene) is None


def test_in_the_end_the_picture_is_the_printed_page() -> None:
    log = entries(a_class())
    scene, easel = Scene(iter(log)), Easel(nothing)
    for n in range(220):
        scene.until(n / 10)
        easel.draw(scene)
    told = book.read(wire.record([entry]) for entry in log)
    printed = Image.open(io.BytesIO(canvas.png(page.drawing(told.leaf(2)), nothing)))
    wanted = np.asarray(printed.convert("RGB"), np.int16)
    apart = np.abs(easel.pixels[:, :, :3] - wanted).max(axis=2)
    assert int((apart > FEW).sum()) == 0


def test_a_stroke_that_ends_below_a_later_one_lies_below_it() -> None:
    script = [*a_class(), *a_line(SEAT + 8, 1, y=1000, at=BELL + 2.2)]
    log = entries([line for line in script if line[0] < BELL + 3.05])
    easels = []
    for times in ([BELL + 2.5, BELL + 3.1], [BELL + 3.1]):
        scene, easel = Scene(iter(log)), Easel(nothing)
        for at in times:
            scene.until(at)
            easel.draw(scene)
        easels.append(easel)
    assert differ(*easels) == 0


def test_what_was_undone_is_not_to_be_seen() -> None:
    script = [*a_class(), (BELL + 4, TEACHER, Undo(1))]
    scene, easel = Scene(iter(entries(script))), Easel(nothing)
    scene.until(BELL + 3.5)
    easel.draw(scene)
    assert easel.pixels[250, 400, 0] < 150
    scene.until(BELL + 4.5)
    easel.draw(scene)
    assert easel.pixels[250, 400, 0] > 250
