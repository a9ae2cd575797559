"""The board everyone sees and writes on: the marks of its pages, and what each may undo."""

from bisect import insort
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Self

from msgspec import field, structs

from ..boxes import BoxGiven, BoxTaken, Fence, GiveBox, Grant, TakeBox, give
from ..channel import Channel, Command, Fact
from ..conduct import Joined, Left
from ..errors import Refused
from ..marks import (
    LONGEST_STROKE,
    MOST_EDITS,
    SEAT,
    Act,
    Edit,
    Hide,
    Ink,
    Mark,
    NewMark,
    Page,
    check_body,
    check_edit,
    check_first_batch,
    check_next_batch,
    check_pen,
    last_act,
    move_act,
    shares,
)
from ..permissions import check_owner
from ..strokes import AddInk, BeginStroke, InkAdded, StrokeBegun, of_seat
from ..words import Participant, ParticipantId, Role
from .layers import LayerPromoted
from .pages import PageAdded, PageRemoved, PageRestored, Pages
from .stage import StageEntered, StageLeft

MOST_MARKS = 20_000  # on one page
MOST_AT_ONCE = 2000  # marks put or edited by one act: a lasso around a full page
UNDO_DEPTH = 100


class Let(StrEnum):
    """Who writes beside the teacher."""

    NOBODY = "nobody"
    STAGE = "stage"
    EVERYONE = "everyone"


class LetWrite(Command, tag="board.let"):
    who: Let


class PutMarks(Command, tag="marks.put"):
    """Shapes, words, pictures, and whole strokes that are pasted."""

    page: int
    marks: list[NewMark]


class EditMarks(Command, tag="marks.edit"):
    page: int
    marks: list[int]
    edit: Edit


class ClearPage(Command, tag="page.clear"):
    page: int


class Undo(Command, tag="op.undo"):
    """Take back what I did last on this page."""

    page: int


class Redo(Command, tag="op.redo"):
    page: int


class LetSet(Fact, tag="board.let"):
    who: Let


class MarksPut(Fact, tag="marks.put"):
    page: int
    marks: list[NewMark]
    op: int
    seat: int


class MarksEdited(Fact, tag="marks.edited"):
    page: int
    marks: list[int]
    edit: Edit
    op: int
    seat: int


class PageCleared(Fact, tag="page.cleared"):
    """Every mark that could be seen on the page is hidden."""

    page: int
    op: int
    seat: int


class OpUndone(Fact, tag="op.undone"):
    page: int
    op: int
    seat: int


class OpRedone(Fact, tag="op.redone"):
    page: int
    op: int
    seat: int


class Board(Channel):
    name = "board"
    commands = (
        *(LetWrite, BeginStroke, AddInk),
        *(PutMarks, EditMarks, ClearPage, Undo, Redo),
        *(GiveBox, TakeBox),
    )
    follows = (
        *(LetSet, StrokeBegun, InkAdded),
        *(MarksPut, MarksEdited, PageCleared, OpUndone, OpRedone),
        *(BoxGiven, BoxTaken, LayerPromoted),
        *(PageAdded, PageRemoved, PageRestored),
        *(StageEntered, StageLeft, Joined, Left),
    )

    pages: dict[int, Page] = field(default_factory=lambda: {1: Page()})
    removed: list[int] = field(default_factory=list)
    let: Let = Let.STAGE
    drawing: dict[int, int] = field(default_factory=dict)
    """The page of each stroke whose pen is still down."""
    ops: int = 0
    """Ops counted so far.  A stroke of a pen is an op by its own number, from SEAT on."""
    done: dict[int, list[Act]] = field(default_factory=dict)
    """What each seat may undo, the latest last."""
    undone: dict[int, list[Act]] = field(default_factory=dict)
    """What each seat may redo, the latest last; whoever goes on to do something else may not."""
    on_stage: list[ParticipantId] = field(default_factory=list)
    seats: dict[ParticipantId, int] = field(default_factory=dict)
    """Of those whose role may write."""
    boxes: dict[int, Grant] = field(default_factory=dict)
    halted: dict[int, int] = field(default_factory=dict)
    """The page of each stroke whose writer left with the pen down: finished, unless they go on."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AddInk(stroke, ink, last):
                yield self._add_ink(by, stroke, ink, last=last)
            case BeginStroke():
                yield self._begin(by, command)
            case PutMarks(page, marks):
                yield self._put_marks(by, page, marks)
            case EditMarks(page, marks, edit):
                yield from self._edit(by, page, marks, edit)
            case ClearPage(page):
                if self._page(page).shown():
                    yield PageCleared(page, self._next_op(), self.seats[by.id])
            case Undo(page):
                yield from self._undo(by, page)
            case Redo(page):
                yield from self._redo(by, page)
            case LetWrite(who) if who != self.let:
                yield LetSet(who)
            case GiveBox():
                yield self._give_box(command)
            case TakeBox(box) if box in self.boxes:
                yield BoxTaken(box)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case InkAdded(stroke, ink, last):
                self._lengthen(stroke, ink, last=last)
            case StrokeBegun(stroke, page, pen, ink, last):
                self.pages[page].marks[stroke] = Mark(Ink(pen, ink), stroke)
                if not last:
                    self.drawing[stroke] = page
                self._did(stroke // SEAT, page, stroke)
            case MarksPut(page, marks, op, seat):
                self.pages[page].marks.update((new.number, Mark(new.body, op)) for new in marks)
                self._did(seat, page, op)
            case MarksEdited(page, marks, edit, op, seat):
                self._change(page, marks, op, edit)
                self._did(seat, page, op)
            case PageCleared(page, op, seat):
                self._change(page, self.pages[page].shown(), op, Hide())
                self._did(seat, page, op)
            case OpUndone(page, op, seat):
                insort(self.pages[page].off, op)
                move_act(Act(page, op), self.done[seat], self.undone.setdefault(seat, []))
            case OpRedone(page, op, seat):
                self.pages[page].off.remove(op)
                move_act(Act(page, op), self.undone[seat], self.done[seat])
            case _:
                self._follow(fact)

    def brief(self, states: Mapping[str, Channel]) -> Self:
        """The page in front only."""
        front = states[Pages.name]
        assert isinstance(front, Pages)
        pages = {
            number: page if number == front.current or not page.marks else Page({}, [], here=False)
            for number, page in self.pages.items()
        }
        return structs.replace(self, pages=pages)

    def more(self, key: int) -> Page | None:
        return self.pages.get(key)

    def may_write(self, by: Participant) -> bool:
        if by.role is Role.TEACHER or self.let is Let.EVERYONE:
            return True
        return self.let is Let.STAGE and by.id in self.on_stage

    def _begin(self, by: Participant, command: BeginStroke) -> Fact:
        page = self._page(command.page)
        fence = self._fence(by, command.page, [command.stroke])
        self._check_new(page, [command.stroke])
        check_pen(command.pen)
        check_first_batch(command.ink)
        fence.check_bodies([Ink(command.pen, command.ink)])
        return StrokeBegun(command.stroke, command.page, command.pen, command.ink, command.last)

    def _add_ink(self, by: Participant, stroke: int, ink: bytes, *, last: bool) -> Fact:
        number = self.drawing.get(stroke) or self.halted.get(stroke)
        if number is None:
            raise Refused("no-stroke", "this stroke has ended")
        self._check_seat(by, [stroke])
        if last and not ink:  # whoever may write no more still lifts the pen
            return InkAdded(stroke, ink, last)
        fence = self._fence(by, number)
        body = self.pages[number].marks[stroke].body
        if isinstance(body, Ink) and len(body.ink) + len(ink) > LONGEST_STROKE:
            raise Refused("stroke-long", "lift the pen and begin a new stroke")
        check_next_batch(ink)
        if isinstance(body, Ink):
            fence.check_more(body.ink, ink)
        return InkAdded(stroke, ink, last)

    def _put_marks(self, by: Participant, number: int, marks: list[NewMark]) -> Fact:
        page = self._page(number)
        if not 0 < len(marks) <= MOST_AT_ONCE:
            raise Refused("too-many-marks", f"between 1 and {MOST_AT_ONCE} at once")
        numbers = [new.number for new in marks]
        fence = self._fence(by, number, numbers)
        self._check_new(page, numbers)
        for new in marks:
            check_body(new.body)
        fence.check_bodies([new.body for new in marks])
        return MarksPut(number, marks, self._next_op(), self.seats[by.id])

    def _edit(self, by: Participant, page: int, numbers: list[int], edit: Edit) -> Iterable[Fact]:
        """What is hidden already, or gone, is passed over: two may erase the same."""
        fence, on = self._fence(by, page), self._page(page)
        wanted: dict[int, Mark] = {}
        for number in numbers[:MOST_AT_ONCE]:
            mark = on.marks.get(number)
            if mark and len(mark.changes) >= MOST_EDITS:
                raise Refused("mark-worn", "this was changed too often: write it anew")
            if mark and on.shows(mark):
                wanted[number] = mark
        seat = self.seats.get(by.id)
        check_owner(by.role, "marks.edit", own=all(n // SEAT == seat for n in wanted))
        check_edit(edit, wanted, frozenset(numbers))
        fence.check_edit(edit, (mark.body for mark in wanted.values()))
        if wanted and seat is not None:
            yield MarksEdited(page, list(wanted), edit, self._next_op(), seat)

    def _give_box(self, command: GiveBox) -> Fact:
        self._page(command.page)
        if command.who not in self.seats:
            raise Refused("no-room", "this classroom is not in the lesson")
        return give(command, self.boxes)

    def _fence(self, by: Participant, page: int, numbers: Iterable[int] = ()) -> Fence:
        fence = Fence.of(by.id, page, self.boxes, free=self.may_write(by))
        self._check_seat(by, numbers)
        return fence

    def _check_seat(self, by: Participant, numbers: Iterable[int]) -> None:
        seat = self.seats.get(by.id)
        for number in numbers:
            if number // SEAT != seat:
                raise Refused("not-yours", "a mark's number begins with its maker's seat")

    def _check_new(self, page: Page, numbers: list[int]) -> None:
        if len(set(numbers)) < len(numbers) or any(
            number in page.marks or number in self.drawing or number in self.halted
            for number in numbers
        ):
            raise Refused("stroke-taken", "this has been drawn already")
        if len(page.marks) + len(numbers) > MOST_MARKS:
            raise Refused("page-full", "this page is full: turn to a new one")

    def _undo(self, by: Participant, page: int) -> Iterable[Fact]:
        self._page(page)
        self._fence(by, page)
        seat = self.seats.get(by.id, 0)
        if act := last_act(page, self.done.get(seat, ())):
            yield OpUndone(page, act.op, seat)

    def _redo(self, by: Participant, page: int) -> Iterable[Fact]:
        self._page(page)
        self._fence(by, page)
        seat = self.seats.get(by.id, 0)
        if act := last_act(page, self.undone.get(seat, ())):
            yield OpRedone(page, act.op, seat)

    def _page(self, number: int) -> Page:
        if number not in self.pages or number in self.removed:
            raise Refused("no-page", "there is no such page")
        return self.pages[number]

    def _next_op(self) -> int:
        if self.ops + 1 >= SEAT:
            raise Refused("board-full", "this board has seen a million acts: begin a new lesson")
        return self.ops + 1

    def _lengthen(self, number: int, ink: bytes, *, last: bool) -> None:
        if number in self.halted:
            self.drawing[number] = self.halted.pop(number)
        page = self.drawing.pop(number) if last else self.drawing[number]
        mark = self.pages[page].marks[number]
        assert isinstance(mark.body, Ink)
        mark.body = Ink(mark.body.pen, mark.body.ink + ink)

    def _promote(self, page: int, marks: list[NewMark], seat: int) -> None:
        """As if this seat had put them there; a number that is taken stays what it is."""
        op, there = self.ops + 1, self.pages[page].marks
        there.update((new.number, Mark(new.body, op)) for new in marks if new.number not in there)
        self._did(seat, page, op)

    def _change(self, page: int, numbers: Iterable[int], op: int, edit: Edit) -> None:
        marks = self.pages[page].marks
        for number, change in shares(numbers, op, edit):
            if mark := marks.get(number):
                mark.changes.append(change)

    def _did(self, seat: int, page: int, op: int) -> None:
        self.ops = op if op < SEAT else self.ops
        self.undone.pop(seat, None)
        acts = self.done.setdefault(seat, [])
        acts.append(Act(page, op))
        del acts[:-UNDO_DEPTH]

    def _follow(self, fact: Fact) -> None:
        match fact:
            case LetSet(who):
                self.let = who
            case LayerPromoted(_, page, marks, seat):
                self._promote(page, marks, seat)
            case BoxGiven(box, who_id, page, area):
                self.boxes[box] = Grant(who_id, page, area)
            case BoxTaken(box):
                self.boxes.pop(box, None)
            case PageAdded(page):
                self.pages[page] = Page()
            case PageRemoved(page):
                self.removed.append(page)
            case PageRestored(page):
                self.removed.remove(page)
            case Joined(who, seat) if who.role in (Role.TEACHER, Role.CO_TEACHER, Role.CLASSROOM):
                self.seats[who.id] = seat
            case StageEntered(who_id):
                self.on_stage.append(who_id)
            case StageLeft(who_id):
                self._step_down(who_id)
            case Left(who_id):
                self._step_down(who_id)
                self._halt(self.seats.get(who_id, 0))

    def _step_down(self, who: ParticipantId) -> None:
        self.on_stage = [other for other in self.on_stage if other != who]

    def _halt(self, seat: int) -> None:
        for stroke in of_seat(seat, self.drawing):
            self.halted[stroke] = self.drawing.pop(stroke)
