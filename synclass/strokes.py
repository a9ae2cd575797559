"""A stroke of a pen: begun, told batch by batch while it is written, and ended."""

from collections.abc import Iterable

from .channel import Command, Fact
from .marks import SEAT, Pen


class BeginStroke(Command, tag="ink.begin"):
    stroke: int
    page: int
    pen: Pen
    ink: bytes
    last: bool = False


class AddInk(Command, tag="ink.add"):
    stroke: int
    ink: bytes
    last: bool = False


class StrokeBegun(Fact, tag="ink.begun"):
    stroke: int
    page: int
    pen: Pen
    ink: bytes
    last: bool = False


class InkAdded(Fact, tag="ink"):
    stroke: int
    ink: bytes
    last: bool = False


def of_seat(seat: int, strokes: Iterable[int]) -> list[int]:
    """Those that this seat has made."""
    return [stroke for stroke in strokes if stroke // SEAT == seat]
