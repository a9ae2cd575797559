"""The board everyone sees and writes on: pages of strokes, kept as packed ink."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Glimpse
from ..conduct import Joined, Left
from ..errors import Malformed, Refused
from ..ink import check_batch
from ..permissions import check_owner
from ..words import Participant, ParticipantId, Role
from .stage import StageEntered, StageLeft

SEAT = 1 << 20  # strokes a person may make: a stroke's number is seat * SEAT + a count of its own
MOST_PAGES = 500
MOST_STROKES = 20_000  # on one page
LONGEST_STROKE = 16_384  # bytes, about 10,000 points: a minute and a half without lifting the pen
UNDO_DEPTH = 100

Background = Literal["blank", "grid", "tian", "lines"]


class Let(StrEnum):
    """Who writes beside the teacher."""

    NOBODY = "nobody"
    STAGE = "stage"
    EVERYONE = "everyone"


class Pen(Struct, frozen=True, array_like=True):
    tool: Literal["pen", "highlighter"]
    colour: int
    """0..7, an index into the palette."""
    width: int
    """Quarter pixels of the 1920x1080 board, 4..255."""


class AddPage(Command, tag="page.add"):
    background: Background = "blank"


class TurnPage(Command, tag="page.turn"):
    page: int


class ClearPage(Command, tag="page.clear"):
    page: int


class LetWrite(Command, tag="board.let"):
    who: Let


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


class HideStrokes(Command, tag="ink.hide"):
    page: int
    strokes: list[int]


class Undo(Command, tag="ink.undo"): ...


class PageAdded(Fact, tag="page.added"):
    page: int
    background: Background = "blank"


class PageTurned(Fact, tag="page.turned"):
    page: int


class LetSet(Fact, tag="board.let"):
    who: Let


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


class StrokesHidden(Fact, tag="ink.hidden"):
    """Erased, cleared or undone: the strokes stay in the log and may be shown again."""

    page: int
    strokes: list[int]
    seat: int
    undo: bool = False


class StrokesShown(Fact, tag="ink.shown"):
    """An erasure undone."""

    page: int
    strokes: list[int]
    seat: int


class Pointer(Glimpse, tag="pointer"):
    """Where a finger or a laser points, in quarter pixels; x < 0 when it is lifted."""

    x: int
    y: int


class Stroke(Struct, array_like=True):
    pen: Pen
    ink: bytes
    hidden: bool = False


class Page(Struct, array_like=True):
    background: Background = "blank"
    strokes: dict[int, Stroke] = field(default_factory=dict)
    here: bool = True
    """False in a late joiner's copy whose strokes are still to be fetched."""


class Act(Struct, frozen=True, array_like=True):
    """What somebody did last on a page, so that it can be undone."""

    page: int
    strokes: list[int]
    hid: bool


class Board(Channel):
    name = "board"
    commands = (
        *(AddPage, TurnPage, ClearPage, LetWrite),
        *(BeginStroke, AddInk, HideStrokes, Undo),
    )
    glimpses = (Pointer,)
    follows = (
        *(PageAdded, PageTurned, LetSet),
        *(StrokeBegun, InkAdded, StrokesHidden, StrokesShown),
        *(StageEntered, StageLeft, Joined, Left),
    )

    pages: dict[int, Page] = field(default_factory=lambda: {1: Page()})
    current: int = 1
    let: Let = Let.STAGE
    drawing: dict[int, int] = field(default_factory=dict)
    """The page of each stroke whose pen is still down."""
    acts: dict[int, list[Act]] = field(default_factory=dict)
    """What each seat may undo, the latest last."""
    on_stage: list[ParticipantId] = field(default_factory=list)
    seats: dict[ParticipantId, int] = field(default_factory=dict)
    """Of those whose role may write."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AddInk(stroke, ink, last):
                yield self._add_ink(by, stroke, ink, last=last)
            case BeginStroke():
                yield self._begin(by, command)
            case HideStrokes(page, strokes):
                yield from self._erase(by, page, strokes)
            case ClearPage(page):
                yield from self._hide(by, page, self._shown(page))
            case Undo():
                yield from self._undo(by)
            case AddPage(background):
                yield from self._add_page(background)
            case TurnPage(page):
                self._page(page)
                if page != self.current:
                    yield PageTurned(page)
            case LetWrite(who) if who != self.let:
                yield LetSet(who)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case InkAdded(stroke, ink, last):
                self._lengthen(stroke, ink, last=last)
            case StrokeBegun(stroke, page, pen, ink, last):
                self._put(stroke, page, Stroke(pen, ink), last=last)
            case StrokesHidden(page, strokes, seat, undo):
                self._turn(page, strokes, hidden=True)
                self._remember(seat, None if undo else Act(page, strokes, hid=True))
            case StrokesShown(page, strokes, seat):
                self._turn(page, strokes, hidden=False)
                self._remember(seat, None)
            case PageAdded(page, background):
                self.pages[page] = Page(background)
            case PageTurned(page):
                self.current = page
            case LetSet(who):
                self.let = who
            case _:
                self._follow_people(fact)

    def brief(self) -> Self:
        pages = {
            number: page
            if number == self.current or not page.strokes
            else Page(page.background, {}, here=False)
            for number, page in self.pages.items()
        }
        return structs.replace(self, pages=pages)

    def more(self, key: int) -> Page | None:
        return self.pages.get(key)

    def may_write(self, by: Participant) -> bool:
        if by.role is Role.TEACHER or self.let is Let.EVERYONE:
            return True
        return self.let is Let.STAGE and by.id in self.on_stage

    def _add_page(self, background: Background) -> Iterable[Fact]:
        if len(self.pages) >= MOST_PAGES:
            raise Refused("too-many-pages", f"a board has at most {MOST_PAGES} pages")
        number = max(self.pages) + 1
        return [PageAdded(number, background), PageTurned(number)]

    def _begin(self, by: Participant, command: BeginStroke) -> Fact:
        self._check_hand(by, command.stroke)
        page = self._page(command.page)
        if command.stroke in page.strokes or command.stroke in self.drawing:
            raise Refused("stroke-taken", "this stroke has been drawn already")
        if len(page.strokes) >= MOST_STROKES:
            raise Refused("page-full", "this page is full: turn to a new one")
        pen = command.pen
        if not (0 <= pen.colour <= 7 and 4 <= pen.width <= 255):
            raise Refused("bad-pen", "there are eight colours, and widths of 1 to 64 pixels")
        _check_ink(command.ink, first=True)
        return StrokeBegun(command.stroke, command.page, pen, command.ink, command.last)

    def _add_ink(self, by: Participant, stroke: int, ink: bytes, *, last: bool) -> Fact:
        self._check_hand(by, stroke)
        number = self.drawing.get(stroke)
        if number is None:
            raise Refused("no-stroke", "this stroke has ended")
        if len(self.pages[number].strokes[stroke].ink) + len(ink) > LONGEST_STROKE:
            raise Refused("stroke-long", "lift the pen and begin a new stroke")
        if ink or not last:
            _check_ink(ink, first=False)
        return InkAdded(stroke, ink, last)

    def _check_hand(self, by: Participant, stroke: int) -> None:
        if not self.may_write(by):
            raise Refused("not-writing", "the teacher has not opened the board to you")
        if stroke // SEAT != self.seats.get(by.id):
            raise Refused("not-yours", "a stroke's number begins with its writer's seat")

    def _erase(self, by: Participant, page: int, strokes: list[int]) -> Iterable[Fact]:
        if not self.may_write(by):
            raise Refused("not-writing", "the teacher has not opened the board to you")
        shown = self._shown(page)
        wanted = list(dict.fromkeys(stroke for stroke in strokes if stroke in shown))
        seat = self.seats.get(by.id)
        check_owner(by.role, "ink.hide", own=all(stroke // SEAT == seat for stroke in wanted))
        return self._hide(by, page, wanted)

    def _hide(self, by: Participant, page: int, strokes: Iterable[int]) -> Iterable[Fact]:
        wanted = list(strokes)
        return [StrokesHidden(page, wanted, self.seats[by.id])] if wanted else []

    def _undo(self, by: Participant) -> Iterable[Fact]:
        seat = self.seats.get(by.id, 0)
        acts = self.acts.get(seat)
        if not acts:
            return []
        act = acts[-1]
        if act.hid:
            return [StrokesShown(act.page, act.strokes, seat)]
        return [StrokesHidden(act.page, act.strokes, seat, undo=True)]

    def _page(self, number: int) -> Page:
        if number not in self.pages:
            raise Refused("no-page", "there is no such page")
        return self.pages[number]

    def _shown(self, page: int) -> dict[int, Stroke]:
        return {n: stroke for n, stroke in self._page(page).strokes.items() if not stroke.hidden}

    def _put(self, number: int, page: int, stroke: Stroke, *, last: bool) -> None:
        self.pages[page].strokes[number] = stroke
        if not last:
            self.drawing[number] = page
        self._remember(number // SEAT, Act(page, [number], hid=False))

    def _lengthen(self, number: int, ink: bytes, *, last: bool) -> None:
        page = self.drawing.pop(number) if last else self.drawing[number]
        self.pages[page].strokes[number].ink += ink

    def _turn(self, page: int, strokes: list[int], *, hidden: bool) -> None:
        for number in strokes:
            self.pages[page].strokes[number].hidden = hidden

    def _remember(self, seat: int, act: Act | None) -> None:
        acts = self.acts.setdefault(seat, [])
        if act is None:
            acts.pop()
        else:
            acts.append(act)
            del acts[:-UNDO_DEPTH]

    def _follow_people(self, fact: Fact) -> None:
        match fact:
            case Joined(who, seat) if who.role in (Role.TEACHER, Role.CO_TEACHER, Role.CLASSROOM):
                self.seats[who.id] = seat
            case StageEntered(who_id):
                self.on_stage.append(who_id)
            case StageLeft(who_id) | Left(who_id):
                self.on_stage = [other for other in self.on_stage if other != who_id]


def _check_ink(ink: bytes, *, first: bool) -> None:
    try:
        check_batch(ink, first=first)
    except Malformed as error:
        raise Refused("bad-ink", str(error)) from error
