"""What was written and shown in a lesson, and when: what a search of all lessons looks at."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from ..channel import EVERYONE, Fact
from ..inclass.board import MarksEdited, MarksPut
from ..inclass.bookmarks import BookmarkAdded, BookmarkChanged, BookmarkRemoved
from ..inclass.chat import Said, WordsRemoved
from ..inclass.pages import PageAdded, PageTurned
from ..inclass.quiz import QuizAsked
from ..lesson import Entry
from ..marks import Formula, NewMark, Rewrite, Text
from ..preclass.handout import HandoutAdded

MOST = 4000
"""Lines of a lesson: more is not looked through."""


class Line(Struct, frozen=True, array_like=True):
    at: float
    """Lesson seconds."""
    text: str


Key = tuple[str, str, int]


class _Reader:
    """Keeps what all may see, and forgets what was taken away again."""

    def __init__(self, words_of: Callable[[str], list[str]]) -> None:
        self._words_of = words_of
        self._sheets = dict[str, str]()
        self._papers = dict[int, str]()
        self.lines = dict[Key, Line]()

    def take(self, entry: Entry) -> None:
        at, fact = entry.ms / 1000, entry.fact
        match fact:
            case HandoutAdded(words=words, sheets=sheets) if words:
                names = [sheet.name for sheet in sheets]
                self._sheets |= dict(zip(names, self._words_of(words), strict=False))
            case PageAdded(page=page, paper=paper):
                self._papers[page] = paper.sheet
            case PageTurned(page=page):
                shown = self._papers.get(page, "")
                self._add(("sheet", shown, 0), at, self._sheets.get(shown, ""))
            case Said(message=number, text=text):
                self._add(("chat", "", number), at, text)
            case WordsRemoved(message=number):
                self.lines.pop(("chat", "", number), None)
            case MarksPut(marks=marks):
                self._add(("board", "", entry.seq), at, "\n".join(filter(None, map(_typed, marks))))
            case MarksEdited(edit=Rewrite(text=text)):
                self._add(("board", "", entry.seq), at, text)
            case QuizAsked(question=question):
                self._add(("quiz", "", entry.seq), at, question)
            case BookmarkAdded() | BookmarkChanged() | BookmarkRemoved():
                self._mark(fact)

    def _add(self, key: Key, at: float, text: str) -> None:
        """The first time it was seen counts."""
        if text.strip() and key not in self.lines and len(self.lines) < MOST:
            self.lines[key] = Line(at, text)

    def _mark(self, fact: BookmarkAdded | BookmarkChanged | BookmarkRemoved) -> None:
        key = ("mark", fact.who, fact.n)
        before = self.lines.pop(key, None)
        match fact:
            case BookmarkAdded(at=at, text=text):
                self._add(key, at, text)
            case BookmarkChanged(text=text) if before:
                self._add(key, before.at, text)


def said_in(entries: Iterable[Entry], words_of: Callable[[str], list[str]]) -> list[Line]:
    """In order of time.  ``words_of`` tells what stands on the pages of a handout, by its list."""
    reader = _Reader(words_of)
    for entry in entries:
        if isinstance(entry.fact, Fact) and entry.fact.audience() == EVERYONE:
            reader.take(entry)
    return sorted(reader.lines.values(), key=lambda line: line.at)


def found_in(lines: Iterable[Line], words: Iterable[str]) -> Line | None:
    """The first line that has most of these words, as they stand, capital or small."""
    wanted = [word.casefold() for word in words]
    counted = [(sum(word in line.text.casefold() for word in wanted), line) for line in lines]
    best = max((count for count, _ in counted), default=0)
    return next((line for count, line in counted if count == best), None) if best else None


def _typed(mark: NewMark) -> str:
    match mark.body:
        case Text(text=text):
            return text
        case Formula(latex=latex):
            return latex
    return ""
