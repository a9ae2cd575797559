"""Which pages the board has, in which order, on what paper, and which one is in front."""

from collections.abc import Iterable

from msgspec import Struct, field

from ..channel import Channel, Command, Fact
from ..errors import Refused
from ..marks import Background, check_sheet
from ..words import Participant

MOST_PAGES = 500  # ever added to one lesson


class Paper(Struct, frozen=True, array_like=True):
    """What lies under the ink."""

    background: Background = "blank"
    sheet: str = ""
    """A page of the courseware, by the name it is kept under; "" for plain paper."""


class AddPages(Command, tag="page.add"):
    """New pages behind the one in front; the first of them comes to the front."""

    papers: list[Paper]


class TurnPage(Command, tag="page.turn"):
    page: int


class MovePage(Command, tag="page.move"):
    page: int
    place: int
    """Counted from 0."""


class RemovePage(Command, tag="page.remove"):
    page: int


class RestorePage(Command, tag="page.restore"):
    page: int


class LayPaper(Command, tag="page.paper"):
    page: int
    background: Background


class PageAdded(Fact, tag="page.added"):
    page: int
    paper: Paper
    place: int


class PageTurned(Fact, tag="page.turned"):
    page: int


class PageMoved(Fact, tag="page.moved"):
    page: int
    place: int


class PageRemoved(Fact, tag="page.removed"):
    """Out of sight; its marks stay in the log, and it may be restored."""

    page: int


class PageRestored(Fact, tag="page.restored"):
    page: int
    place: int


class PaperLaid(Fact, tag="page.papered"):
    page: int
    background: Background


class Pages(Channel):
    name = "pages"
    commands = (AddPages, TurnPage, MovePage, RemovePage, RestorePage, LayPaper)
    follows = (PageAdded, PageTurned, PageMoved, PageRemoved, PageRestored, PaperLaid)

    order: list[int] = field(default_factory=lambda: [1])
    papers: dict[int, Paper] = field(default_factory=lambda: {1: Paper()})
    """Of every page there ever was."""
    current: int = 1

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AddPages(papers):
                yield from self._add(papers)
            case TurnPage(page):
                self._place(page)
                if page != self.current:
                    yield PageTurned(page)
            case MovePage(page, place):
                if self._place(page) != (place := min(max(place, 0), len(self.order) - 1)):
                    yield PageMoved(page, place)
            case RemovePage(page):
                yield from self._remove(page)
            case RestorePage(page):
                yield from self._restore(page)
            case LayPaper(page, background):
                self._place(page)
                if self.papers[page].background != background:
                    yield PaperLaid(page, background)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case PageAdded(page, paper, place):
                self.papers[page] = paper
                self.order.insert(place, page)
            case PageTurned(page):
                self.current = page
            case PageMoved(page, place):
                self.order.remove(page)
                self.order.insert(place, page)
            case PageRemoved(page):
                self.order.remove(page)
            case PageRestored(page, place):
                self.order.insert(place, page)
            case PaperLaid(page, background):
                self.papers[page] = Paper(background, self.papers[page].sheet)

    def _place(self, page: int) -> int:
        if page not in self.order:
            raise Refused("no-page", "there is no such page")
        return self.order.index(page)

    def _add(self, papers: list[Paper]) -> Iterable[Fact]:
        if not papers or len(self.papers) + len(papers) > MOST_PAGES:
            raise Refused("too-many-pages", f"a board has at most {MOST_PAGES} pages")
        for paper in papers:
            if paper.sheet:
                check_sheet(paper.sheet)
        first, behind = max(self.papers) + 1, self._place(self.current) + 1
        for i, paper in enumerate(papers):
            yield PageAdded(first + i, paper, behind + i)
        yield PageTurned(first)

    def _remove(self, page: int) -> Iterable[Fact]:
        place = self._place(page)
        if len(self.order) == 1:
            raise Refused("last-page", "a board needs one page at least")
        if page == self.current:
            yield PageTurned(self.order[place - 1] if place else self.order[1])
        yield PageRemoved(page)

    def _restore(self, page: int) -> Iterable[Fact]:
        if page not in self.papers or page in self.order:
            raise Refused("no-page", "there is no such page to bring back")
        yield PageRestored(page, self._place(self.current) + 1)
        yield PageTurned(page)
