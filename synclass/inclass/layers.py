"""A layer for each classroom: all write at once, and the teacher alone sees who wrote what.

While the layers are open a classroom's marks go on its own layer of a page.  The teacher may
show a layer to all (a copy as it is then), hide it again, or promote it: then its marks lie on
the page for good, as if the teacher had put them there.
"""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..conduct import Joined
from ..errors import Refused
from ..marks import SEAT, Body, Formula, Ink, NewMark, Text, check_body
from ..permissions import check_owner
from ..words import Participant, ParticipantId, Role
from .pages import PageAdded, PageRemoved, PageRestored

MOST_ON_LAYER = 300  # marks of one classroom on one page: an answer, not an essay
MOST_BYTES = 48 * 1024  # of ink, words and outlines on one layer: it is shown as one fact
MOST_IN_ALL = 512 * 1024  # bytes of them on all layers: the teacher's snapshot holds them
MOST_SHOWN = 8  # layers shown to all at once: everyone's snapshot holds those


class OpenLayers(Command, tag="layers.open"): ...


class CloseLayers(Command, tag="layers.close"): ...


class DrawLayer(Command, tag="layer.draw"):
    """Whole marks on one's own layer of a page."""

    page: int
    marks: list[NewMark]


class EraseLayer(Command, tag="layer.erase"):
    who: ParticipantId
    page: int
    marks: list[int]


class ShowLayer(Command, tag="layer.show"):
    who: ParticipantId
    page: int


class HideLayer(Command, tag="layer.hide"):
    who: ParticipantId
    page: int


class PromoteLayer(Command, tag="layer.promote"):
    who: ParticipantId
    page: int


class LayersOpened(Fact, tag="layers.opened"): ...


class LayersClosed(Fact, tag="layers.closed"): ...


class LayerDrawn(Fact, tag="layer.drawn"):
    who: ParticipantId
    page: int
    marks: list[NewMark]

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class LayerErased(Fact, tag="layer.erased"):
    who: ParticipantId
    page: int
    marks: list[int]

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class LayerShown(Fact, tag="layer.shown"):
    """A copy for everyone, in the place of an earlier one."""

    who: ParticipantId
    page: int
    marks: list[NewMark]


class LayerHidden(Fact, tag="layer.hidden"):
    who: ParticipantId
    page: int


class LayerPromoted(Fact, tag="layer.promoted"):
    """Its marks lie on the page now, put there by this seat as the next op of the board."""

    who: ParticipantId
    page: int
    marks: list[NewMark]
    seat: int


class Layer(Struct, frozen=True, array_like=True):
    who: ParticipantId
    page: int
    marks: list[NewMark]


class Layers(Channel):
    name = "layers"
    commands = (OpenLayers, CloseLayers, DrawLayer, EraseLayer, ShowLayer, HideLayer, PromoteLayer)
    follows = (
        *(LayersOpened, LayersClosed, LayerDrawn, LayerErased),
        *(LayerShown, LayerHidden, LayerPromoted),
        *(Joined, PageAdded, PageRemoved, PageRestored),
    )

    open: bool = False
    own: list[Layer] = field(default_factory=list)
    """One for each classroom and page with something on it; a classroom sees its own alone."""
    shown: list[Layer] = field(default_factory=list)
    """What everyone sees."""
    seats: dict[ParticipantId, int] = field(default_factory=dict)
    pages: list[int] = field(default_factory=lambda: [1])

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case OpenLayers() if not self.open:
                yield LayersOpened()
            case CloseLayers() if self.open:
                yield LayersClosed()
            case DrawLayer(page, marks):
                yield self._draw(by, page, marks)
            case EraseLayer(who, page, numbers):
                check_owner(by.role, "layer.erase", own=who == by.id)
                there = {mark.number for mark in self._marks(who, page)}
                if gone := [number for number in numbers if number in there]:
                    yield LayerErased(who, page, gone)
            case ShowLayer(who, page):
                if not _find(self.shown, who, page) and len(self.shown) >= MOST_SHOWN:
                    raise Refused("too-many-shown", "hide one of those that are shown")
                yield LayerShown(who, page, self._filled(who, page))
            case HideLayer(who, page) if _find(self.shown, who, page):
                yield LayerHidden(who, page)
            case PromoteLayer(who, page):
                yield LayerPromoted(who, page, self._filled(who, page), self.seats[by.id])

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case LayersOpened():
                self.open = True
            case LayersClosed():
                self.open = False
            case LayerDrawn(who, page, marks):
                self.own = _with(self.own, who, page, [*self._marks(who, page), *marks])
            case LayerErased(who, page, numbers):
                left = [mark for mark in self._marks(who, page) if mark.number not in numbers]
                self.own = _with(self.own, who, page, left)
            case LayerShown(who, page, marks):
                self.shown = _with(self.shown, who, page, marks)
            case LayerHidden(who, page):
                self.shown = _with(self.shown, who, page, [])
            case LayerPromoted(who, page):
                self.own = _with(self.own, who, page, [])
                self.shown = _with(self.shown, who, page, [])
            case _:
                self._follow(fact)

    def facing(self, viewer: Participant) -> Self:
        own = [one for one in self.own if sees(viewer, LayerDrawn, Whose(frozenset({one.who})))]
        return structs.replace(self, own=own)

    def _draw(self, by: Participant, page: int, marks: list[NewMark]) -> Fact:
        if not self.open:
            raise Refused("no-layers", "the teacher has closed the layers")
        if page not in self.pages:
            raise Refused("no-page", "there is no such page")
        before = self._marks(by.id, page)
        taken = {mark.number for mark in before}
        for new in marks:
            check_body(new.body)
            if new.number // SEAT != self.seats.get(by.id):
                raise Refused("not-yours", "a mark's number begins with its maker's seat")
            if new.number in taken:
                raise Refused("stroke-taken", "this has been drawn already")
            taken.add(new.number)
        in_all = sum(_bytes(layer.marks) for layer in self.own) + _bytes(marks)
        if (
            not 0 < len(marks) <= len(taken) <= MOST_ON_LAYER
            or _bytes([*before, *marks]) > MOST_BYTES
            or in_all > MOST_IN_ALL
        ):
            raise Refused("layer-full", "this layer is full: rub something out")
        return LayerDrawn(by.id, page, marks)

    def _marks(self, who: ParticipantId, page: int) -> list[NewMark]:
        layer = _find(self.own, who, page)
        return layer.marks if layer else []

    def _filled(self, who: ParticipantId, page: int) -> list[NewMark]:
        if page not in self.pages:
            raise Refused("no-page", "there is no such page")
        if marks := self._marks(who, page):
            return marks
        raise Refused("layer-empty", "there is nothing on this layer")

    def _follow(self, fact: Fact) -> None:
        match fact:
            case PageAdded(page) | PageRestored(page):
                self.pages.append(page)
            case PageRemoved(page):
                self.pages.remove(page)
            case Joined(who, seat) if who.role in (Role.TEACHER, Role.CO_TEACHER, Role.CLASSROOM):
                self.seats[who.id] = seat


def _find(layers: list[Layer], who: ParticipantId, page: int) -> Layer | None:
    return next((one for one in layers if one.who == who and one.page == page), None)


def _with(layers: list[Layer], who: ParticipantId, page: int, marks: list[NewMark]) -> list[Layer]:
    """The layers with these marks on one of them, which is not there without marks."""
    others = [one for one in layers if one.who != who or one.page != page]
    return [*others, Layer(who, page, marks)] if marks else others


def _bytes(marks: list[NewMark]) -> int:
    return sum(_weight(mark.body) for mark in marks)


def _weight(body: Body) -> int:
    match body:
        case Ink(_, ink):
            return len(ink)
        case Text(_, text):
            return len(text)
        case Formula(_, _, latex, _, _, outline):
            return len(latex) + len(outline)
    return 0
