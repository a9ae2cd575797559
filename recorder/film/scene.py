"""The lesson as a film goes through it, and what of the page in front has changed on the way."""

from collections.abc import Iterator

from synclass.channel import Fact
from synclass.inclass.board import Board
from synclass.inclass.gaze import Gaze, Pointer, Seen
from synclass.inclass.layers import Layers
from synclass.inclass.pages import Pages
from synclass.lesson import Entry
from synclass.strokes import InkAdded, StrokeBegun
from synclass.toolbox import new_lesson
from synclass.words import ParticipantId

OTHERS = (*Board.follows, *Pages.follows, *Layers.follows, *Gaze.follows)
"""Facts after which the page may look otherwise, ink and pointers apart."""


class Scene:
    """Folds entries up to a moment; what has changed is kept until it is drawn."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._lesson = new_lesson()
        self._entries = entries
        self._next = next(entries, None)
        found = [self._lesson.channel(kind.name) for kind in (Board, Pages, Layers, Gaze)]
        board, pages, layers, gaze = found
        assert isinstance(board, Board) and isinstance(pages, Pages)
        assert isinstance(layers, Layers) and isinstance(gaze, Gaze)
        self.board, self.pages, self.layers, self.gaze = board, pages, layers, gaze
        self.at = 0.0
        self.whole = True
        """Whether all of the page is to be drawn anew."""
        self.inked: set[int] = set()
        """Strokes of the page in front that grew."""
        self.pointed: dict[ParticipantId, float] = {}
        """When each pointer was last seen to move."""

    def until(self, at: float) -> None:
        """Fold all that has happened at this lesson second."""
        self.at = at
        while self._next is not None and self._next.ms <= at * 1000:
            fact = self._next.fact
            if isinstance(fact, Fact):
                self._note(fact, self._next.ms / 1000)
            self._lesson.apply([self._next])
            self._next = next(self._entries, None)

    def drawn(self) -> None:
        self.whole = False
        self.inked.clear()

    def _note(self, fact: Fact, at: float) -> None:
        front = self.pages.current
        match fact:
            case StrokeBegun(stroke, page):
                self.inked |= {stroke} if page == front else set()
            case InkAdded(stroke):
                self.inked |= {stroke} if self.board.drawing.get(stroke) == front else set()
            case Seen(who, Pointer()):
                self.pointed[who] = at
            case _ if isinstance(fact, OTHERS):
                self.whole = True
