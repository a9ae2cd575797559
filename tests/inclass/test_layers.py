"""Layers: each classroom writes on its own, and what others see of it is the teacher's choice."""

import random

import pytest

from synclass.channel import Command, Fact
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.inclass.board import Board
from synclass.inclass.layers import (
    MOST_BYTES,
    MOST_ON_LAYER,
    MOST_SHOWN,
    CloseLayers,
    DrawLayer,
    EraseLayer,
    HideLayer,
    Layer,
    LayerDrawn,
    LayerErased,
    LayerPromoted,
    Layers,
    LayersClosed,
    LayerShown,
    LayersOpened,
    OpenLayers,
    PromoteLayer,
    ShowLayer,
)
from synclass.inclass.pages import PageAdded, PageRemoved, PageRestored, Paper
from synclass.marks import SEAT, Formula, Ink, NewMark, Pen, Shape
from synclass.outlines import Outline, Piece, Segment
from synclass.words import Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from ..outlined import packed
from ..plausible import ink_first

PEN = Pen("pen", 0, 12)
MINE, THEIRS = 2 * SEAT, 3 * SEAT


def mark(number: int) -> NewMark:
    return NewMark(number, Shape("line", PEN, [0, 0, 400, 400]))


def opened(*facts: Fact) -> Layers:
    layers = Layers()
    people = ((TEACHER, 1), (VILLAGE, 2), (OTHER_VILLAGE, 3))
    for fact in (*(Joined(who, seat) for who, seat in people), LayersOpened(), *facts):
        layers.apply(fact, at=0)
    return layers


def ask(layers: Layers, by: Participant, command: Command) -> list[Fact]:
    facts = list(layers.decide(by, command, now=1))
    for fact in facts:
        layers.apply(fact, at=1)
    return facts


def refused(layers: Layers, by: Participant, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        list(layers.decide(by, command, now=1))
    return refusal.value.code


def drawn() -> Layers:
    layers = opened()
    ask(layers, VILLAGE, DrawLayer(1, [mark(MINE + 1)]))
    ask(layers, OTHER_VILLAGE, DrawLayer(1, [mark(THEIRS + 1)]))
    ask(layers, VILLAGE, DrawLayer(1, [mark(MINE + 2)]))
    return layers


def test_a_classroom_and_the_teachers_see_what_it_wrote_and_nobody_else_does() -> None:
    layers = drawn()
    written = LayerDrawn(VILLAGE.id, 1, [mark(MINE + 1)])
    for fact in (written, LayerErased(VILLAGE.id, 1, [MINE + 1])):
        for viewer in (VILLAGE, TEACHER, CO_TEACHER, PATROL):
            assert fact.audience().admits(viewer)
        assert not fact.audience().admits(OTHER_VILLAGE)
    assert [layer.who for layer in layers.facing(TEACHER).own] == [OTHER_VILLAGE.id, VILLAGE.id]
    assert layers.facing(VILLAGE).own == [Layer(VILLAGE.id, 1, [mark(MINE + 1), mark(MINE + 2)])]
    assert layers.facing(OTHER_VILLAGE).own == [Layer(OTHER_VILLAGE.id, 1, [mark(THEIRS + 1)])]


def test_nothing_is_drawn_while_the_layers_are_closed() -> None:
    layers = opened()
    assert ask(layers, TEACHER, OpenLayers()) == []
    assert ask(layers, TEACHER, CloseLayers()) == [LayersClosed()]
    assert ask(layers, TEACHER, CloseLayers()) == []
    assert refused(layers, VILLAGE, DrawLayer(1, [mark(MINE + 1)])) == "no-layers"


def test_what_is_shown_is_a_copy_until_it_is_shown_again_or_hidden() -> None:
    layers = drawn()
    first = LayerShown(VILLAGE.id, 1, [mark(MINE + 1), mark(MINE + 2)])
    assert ask(layers, TEACHER, ShowLayer(VILLAGE.id, 1)) == [first]
    ask(layers, VILLAGE, DrawLayer(1, [mark(MINE + 3)]))
    seen = layers.facing(OTHER_VILLAGE).shown
    assert seen == [Layer(VILLAGE.id, 1, [mark(MINE + 1), mark(MINE + 2)])]
    ask(layers, TEACHER, ShowLayer(VILLAGE.id, 1))
    assert [len(layer.marks) for layer in layers.shown] == [3]
    ask(layers, TEACHER, HideLayer(VILLAGE.id, 1))
    assert layers.shown == [] and len(layers.own) == 2
    assert ask(layers, TEACHER, HideLayer(VILLAGE.id, 1)) == []


def test_a_promoted_layer_lies_on_the_page_as_one_act_of_the_teacher() -> None:
    layers, board = drawn(), Board()
    ask(layers, TEACHER, ShowLayer(VILLAGE.id, 1))
    (fact,) = ask(layers, TEACHER, PromoteLayer(VILLAGE.id, 1))
    assert fact == LayerPromoted(VILLAGE.id, 1, [mark(MINE + 1), mark(MINE + 2)], 1)
    assert [layer.who for layer in layers.own] == [OTHER_VILLAGE.id] and layers.shown == []
    board.apply(fact, at=1)
    assert list(board.pages[1].shown()) == [MINE + 1, MINE + 2]
    assert [(act.page, act.op) for act in board.done[1]] == [(1, 1)]


def test_a_promoted_mark_takes_the_place_of_none_that_is_there() -> None:
    board = Board()
    board.apply(LayerPromoted(VILLAGE.id, 1, [mark(MINE + 1)], 1), at=1)
    board.apply(LayerPromoted(VILLAGE.id, 1, [mark(MINE + 1), mark(MINE + 2)], 1), at=1)
    assert [shown.op for shown in board.pages[1].marks.values()] == [1, 2]


def test_a_classroom_rubs_out_its_own_and_the_teacher_any() -> None:
    layers = drawn()
    assert refused(layers, OTHER_VILLAGE, EraseLayer(VILLAGE.id, 1, [MINE + 1])) == "not-yours"
    assert ask(layers, VILLAGE, EraseLayer(VILLAGE.id, 1, [MINE + 1, 7])) == [
        LayerErased(VILLAGE.id, 1, [MINE + 1])
    ]
    assert ask(layers, VILLAGE, EraseLayer(VILLAGE.id, 1, [MINE + 1])) == []
    ask(layers, TEACHER, EraseLayer(VILLAGE.id, 1, [MINE + 2]))
    assert [layer.who for layer in layers.own] == [OTHER_VILLAGE.id]


def test_what_does_not_belong_on_a_layer_is_refused() -> None:
    layers = drawn()
    assert refused(layers, VILLAGE, DrawLayer(1, [mark(THEIRS + 5)])) == "not-yours"
    assert refused(layers, VILLAGE, DrawLayer(1, [mark(MINE + 1)])) == "stroke-taken"
    assert refused(layers, VILLAGE, DrawLayer(9, [mark(MINE + 5)])) == "no-page"
    assert refused(layers, VILLAGE, DrawLayer(1, [])) == "layer-full"
    many = [mark(MINE + n) for n in range(100, 100 + MOST_ON_LAYER)]
    assert refused(layers, VILLAGE, DrawLayer(1, many)) == "layer-full"
    first = ink_first(random.Random(1))
    long = Ink(PEN, first * (16_000 // len(first)))
    heavy = [NewMark(MINE + n, long) for n in range(50, 51 + MOST_BYTES // len(long.ink))]
    assert refused(layers, VILLAGE, DrawLayer(1, heavy)) == "layer-full"
    zigzag: list[Segment] = [("L", (n % 2 * 9000, 0)) for n in range(3500)]
    outline = packed(Outline(9, 9, [Piece(0, [("M", (0, 0)), *zigzag])]))
    formulas = [NewMark(MINE + 60 + n, Formula(0, 0, "x", 160, 0, outline)) for n in range(5)]
    assert refused(layers, VILLAGE, DrawLayer(1, formulas)) == "layer-full"
    assert ask(layers, VILLAGE, DrawLayer(1, formulas[:2]))
    assert refused(layers, TEACHER, ShowLayer(VILLAGE.id, 9)) == "no-page"
    layers.apply(PageAdded(2, Paper(), 1), at=1)
    assert refused(layers, TEACHER, PromoteLayer(VILLAGE.id, 2)) == "layer-empty"


def test_a_layer_waits_with_its_page_for_being_brought_back() -> None:
    layers = drawn()
    layers.apply(PageRemoved(1), at=1)
    assert refused(layers, VILLAGE, DrawLayer(1, [mark(MINE + 9)])) == "no-page"
    assert refused(layers, TEACHER, PromoteLayer(VILLAGE.id, 1)) == "no-page"
    layers.apply(PageRestored(1, 0), at=1)
    assert len(ask(layers, TEACHER, PromoteLayer(VILLAGE.id, 1))) == 1


def test_a_few_layers_are_shown_at_once() -> None:
    layers = drawn()
    for page in range(2, MOST_SHOWN + 2):
        layers.apply(PageAdded(page, Paper(), 1), at=1)
        ask(layers, VILLAGE, DrawLayer(page, [mark(MINE + page)]))
        ask(layers, TEACHER, ShowLayer(VILLAGE.id, page))
    assert refused(layers, TEACHER, ShowLayer(VILLAGE.id, 1)) == "too-many-shown"
    ask(layers, TEACHER, ShowLayer(VILLAGE.id, 2))
