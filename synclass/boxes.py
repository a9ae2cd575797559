"""Boxes that are one classroom's: there it may write though the board is not let to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from msgspec import Struct, structs

from .channel import Command, Fact
from .errors import Refused
from .ink import Chain, Point, decode, decode_stroke
from .marks import (
    HEIGHT,
    UNIT,
    WIDTH,
    Body,
    Box,
    Edit,
    Formula,
    Ink,
    Picture,
    Place,
    Rewrite,
    Shape,
    Text,
)
from .outlines import EM, frame, read
from .words import ParticipantId

MARGIN = 2 * UNIT  # a hand held back at the edge is rounded, and a line is some pixels wide
MOST_BOXES = 200  # of a lesson
SMALLEST = 40 * UNIT  # width and height: two letters
LONGEST_PASTED = 1024  # bytes of whole strokes in one act: all their points are looked at
MOST_TRAILS = 256  # strokes in boxes whose end is remembered


class GiveBox(Command, tag="box.give"):
    """Let a classroom write in this box; the box of a whole page is the page."""

    who: ParticipantId
    page: int
    box: Box


class TakeBox(Command, tag="box.take"):
    box: int


class BoxGiven(Fact, tag="box.given"):
    box: int
    who: ParticipantId
    page: int
    area: Box


class BoxTaken(Fact, tag="box.taken"):
    box: int


class Grant(Struct, frozen=True, array_like=True):
    who: ParticipantId
    page: int
    area: Box


def give(command: GiveBox, boxes: Mapping[int, Grant]) -> BoxGiven:
    """Answer a teacher who gives a box, with the next number."""
    left, top, width, height = command.box
    fits = left >= 0 and top >= 0 and left + width <= WIDTH and top + height <= HEIGHT
    if not fits or min(width, height) < SMALLEST:
        raise Refused("bad-box", "a box lies on the page, and two letters have room in it")
    if len(boxes) >= MOST_BOXES:
        raise Refused("too-many-boxes", f"there are {MOST_BOXES} boxes already")
    return BoxGiven(max(boxes, default=0) + 1, command.who, command.page, command.box)


class Fence(Struct, frozen=True):
    """Where a hand may write on a page: everywhere, or in each of these areas."""

    free: bool
    areas: list[Box]

    @classmethod
    def of(cls, who: ParticipantId, page: int, boxes: Mapping[int, Grant], *, free: bool) -> Self:
        """Raises Refused where there is neither."""
        if free:
            return cls(free, [])
        areas = [box.area for box in boxes.values() if (box.who, box.page) == (who, page)]
        if not areas:
            raise Refused("not-writing", "the teacher has not opened the board to you")
        return cls(free, areas)

    def check_bodies(self, bodies: Sequence[Body]) -> None:
        if self.free:
            return
        if sum(len(body.ink) for body in bodies if isinstance(body, Ink)) > LONGEST_PASTED:
            raise Refused("stroke-long", "paste less ink at once into a box")
        for body in bodies:
            self._check(corners_of(body))

    def check_more(self, before: bytes, ink: bytes) -> None:
        """The next batch of a stroke."""
        if not self.free and ink:
            self._check(went_on(before, ink))

    def check_edit(self, edit: Edit, bodies: Iterable[Body]) -> None:
        if self.free:
            return
        if isinstance(edit, Place):
            raise Refused("outside-box", "what is written in a box stays where it is")
        if isinstance(edit, Rewrite):
            formulas = (body for body in bodies if isinstance(body, Formula))
            self.check_bodies([structs.replace(one, outline=edit.outline) for one in formulas])

    def _check(self, points: list[tuple[int, int]]) -> None:
        """One of the areas holds them all: between two a line would lie outside both."""
        if not any(all(_holds(area, x, y) for x, y in points) for area in self.areas):
            raise Refused("outside-box", "here only the box that is yours is open to you")


def corners_of(body: Body) -> list[tuple[int, int]]:
    """Points that hold a body between them; a formula that is not set by its first letter."""
    match body:
        case Ink(_, ink):
            return [(x, y) for x, y, _ in decode_stroke(ink)]
        case Shape(_, _, corners):
            return list(zip(corners[::2], corners[1::2], strict=True))
        case Text(box) | Picture(box):
            left, top, width, height = box
            return [(left, top), (left + width, top + height)]
        case Formula(x, y, _, size, _, outline):
            left, top, right, bottom = frame(read(outline)) if outline else (0, 0, EM, EM)
            spots = ((left, top), (right, bottom))
            return [(x + size * across // EM, y + size * down // EM) for across, down in spots]


def went_on(before: bytes, ink: bytes) -> list[tuple[int, int]]:
    """Where a stroke stood and where its next batch leads, at the cost of that batch."""
    chain = _ends.pop(before, None) or _end_of(before)
    points: list[Point] = [(chain.x, chain.y, chain.p), *decode(chain, ink)]
    if len(_ends) >= MOST_TRAILS:
        del _ends[next(iter(_ends))]
    _ends[before + ink] = chain
    return [(x, y) for x, y, _ in points]


_ends: dict[bytes, Chain] = {}
"""A memo and no state: where a stroke ends, by its ink.  What is not in it is worked out anew."""


def _end_of(ink: bytes) -> Chain:
    chain = Chain()
    decode_stroke(ink, chain)
    return chain


def _holds(box: Box, x: int, y: int) -> bool:
    left, top, width, height = box
    return (
        left - MARGIN <= x <= left + width + MARGIN and top - MARGIN <= y <= top + height + MARGIN
    )
