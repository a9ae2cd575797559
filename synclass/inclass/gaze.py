"""Where the class is to look: pointers, a spotlight, a curtain, and the part of the page shown.

All of it is shown at once as glimpses, and kept as facts at a low rate: a late joiner and a
replay see the curtain where it hangs, and the pointer in steps.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import field

from ..channel import Channel, Command, Fact, Glimpse
from ..conduct import Ended, Left
from ..marks import HEIGHT, REACH, UNIT, WIDTH
from ..words import Participant, ParticipantId
from .pages import PageTurned

NARROWEST = WIDTH // 8  # of a view: letters of 24 pixels fill a classroom's screen
SMALLEST = 20 * UNIT  # of a spotlight


class Pointer(Glimpse, tag="pointer"):
    """Where a finger or a laser points, in units; x < 0 when it is lifted."""

    x: int
    y: int


class Spot(Glimpse, tag="spot"):
    """All but this circle is dimmed, in units; nothing is where the radius is 0."""

    x: int
    y: int
    radius: int


class Curtain(Glimpse, tag="curtain"):
    """The page is covered from one side, so many units far; 0 where the curtain is open."""

    side: Literal["top", "bottom", "left", "right"]
    reach: int


class View(Glimpse, tag="view"):
    """The part of the page that the teacher has on the screen, in units; as wide to high as it."""

    x: int
    y: int
    width: int


Sight: TypeAlias = Pointer | Spot | Curtain | View


class Seen(Fact, tag="gaze.seen"):
    who: ParticipantId
    sight: Sight


NO_SPOT, OPEN, WHOLE = Spot(0, 0, 0), Curtain("bottom", 0), View(0, 0, WIDTH)


class Gaze(Channel):
    name = "gaze"
    glimpses = (Pointer, Spot, Curtain, View)
    follows = (Seen, PageTurned, Left, Ended)

    pointers: dict[ParticipantId, Pointer] = field(default_factory=dict)
    spot: Spot = NO_SPOT
    curtain: Curtain = OPEN
    view: View = WHOLE

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        return ()

    def witness(self, by: Participant, glimpse: Glimpse, now: float) -> Iterable[Fact]:
        match glimpse:
            case Pointer(x, y) if _near(x, y):
                wanted: Sight = glimpse if x >= 0 else Pointer(-1, -1)
                is_news = wanted != self.pointers.get(by.id, Pointer(-1, -1))
            case Spot(x, y, radius) if _near(x, y) and (not radius or SMALLEST <= radius < REACH):
                wanted, is_news = glimpse, glimpse != self.spot
            case Curtain(side, reach) if 0 <= reach <= _depth(side):
                wanted, is_news = glimpse, glimpse != self.curtain
            case View(x, y, width) if is_on_page(x, y, width):
                wanted, is_news = glimpse, glimpse != self.view
            case _:
                return
        if is_news:
            yield Seen(by.id, wanted)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case Seen(who, Pointer() as pointer):
                self._point(who, pointer)
            case Seen(_, Spot() as spot):
                self.spot = spot
            case Seen(_, Curtain() as curtain):
                self.curtain = curtain
            case Seen(_, View() as view):
                self.view = view
            case Left(who):
                self.pointers.pop(who, None)
            case PageTurned() | Ended():
                self.pointers.clear()
                self.spot, self.curtain, self.view = NO_SPOT, OPEN, WHOLE

    def _point(self, who: ParticipantId, pointer: Pointer) -> None:
        if pointer.x < 0:
            self.pointers.pop(who, None)
        else:
            self.pointers[who] = pointer


def is_on_page(x: int, y: int, width: int) -> bool:
    """Whether a view of this width lies on the page; a unit more is a rounding."""
    height = width * HEIGHT // WIDTH
    fits = x + width <= WIDTH + 1 and y + height <= HEIGHT + 1
    return width >= NARROWEST and x >= 0 and y >= 0 and fits


def _near(x: int, y: int) -> bool:
    return -REACH <= x < REACH and -REACH <= y < REACH


def _depth(side: str) -> int:
    return HEIGHT if side in ("top", "bottom") else WIDTH
