"""What a film of a lesson holds: when it begins and ends, and its chapters."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, field

from synclass.conduct import Conduct, Joined
from synclass.errors import Refused
from synclass.inclass.bookmarks import Bookmarks, Kind
from synclass.inclass.pages import Pages, PageTurned
from synclass.inclass.quiz import QuizAsked
from synclass.lesson import Entry
from synclass.words import ParticipantId, Role

GLANCE = 3.0  # seconds: a page looked at for less was only passed on the way to another
SHORTEST = 1.0  # seconds: a lesson in which nothing was is a film, too


ChapterKind: TypeAlias = Kind | Literal["quiz"]


class Moment(NamedTuple):
    """What has a chapter of its own, by the lesson's time."""

    at: float
    kind: ChapterKind
    text: str


class Chapter(Struct, frozen=True):
    at: float
    """Seconds of the film."""
    page: int
    """As people count them at that time, from 1."""
    kind: ChapterKind | None = None
    """Of what was marked there, or a quiz; None where a page begins."""
    text: str = ""


class Plan(Struct, frozen=True):
    title: str
    begins: float
    """Lesson seconds of the film's first moment: the bell."""
    lasts: float
    chapters: list[Chapter] = field(default_factory=list)
    teachers: list[ParticipantId] = field(default_factory=list)
    seq: int = 0
    """The number of the fact by which it ended: what comes later makes no other film."""


def read(entries: Iterable[Entry]) -> Plan:
    """The plan of an ended lesson; raises Refused("no-recording") or ("not-ended")."""
    conduct, pages, marks = Conduct(), Pages(), Bookmarks()
    turns, seq, teachers = [(0.0, 1)], 0, dict[ParticipantId, None]()
    quizzes = list[tuple[float, str]]()
    for entry in entries:
        at = entry.ms / 1000
        seq = entry.seq if conduct.ended_at is None else seq
        if isinstance(entry.fact, Conduct.follows):
            conduct.apply(entry.fact, at)
        elif isinstance(entry.fact, Pages.follows):
            pages.apply(entry.fact, at)
        elif isinstance(entry.fact, Bookmarks.follows):
            marks.apply(entry.fact, at)
        if isinstance(entry.fact, Joined) and entry.fact.who.role is Role.TEACHER:
            teachers.setdefault(entry.fact.who.id)
        if isinstance(entry.fact, PageTurned):
            turns.append((at, 1 + pages.order.index(pages.current)))
        if isinstance(entry.fact, QuizAsked):
            quizzes.append((at, entry.fact.question))
    if not conduct.title:
        raise Refused("no-recording", "there is no such lesson here")
    if conduct.ended_at is None:
        raise Refused("not-ended", "a film is made of a lesson that has ended")
    begins = conduct.began_at or 0.0
    lasts = max(SHORTEST, conduct.ended_at - begins)
    more = [Moment(at, "quiz", question) for at, question in quizzes]
    more += [Moment(mark.at, mark.kind, mark.text) for mark in marks.marks if not mark.hidden]
    chapters = _with(_chapters(turns, begins, lasts), more, begins, lasts)
    return Plan(conduct.title, begins, lasts, chapters, [*teachers], seq)


def _chapters(turns: list[tuple[float, int]], begins: float, lasts: float) -> list[Chapter]:
    """The turns of pages, without those that were only passed; the first one is at 0."""
    found: list[Chapter] = []
    for turned_at, page in turns:
        at = max(0.0, turned_at - begins)
        if found and at - found[-1].at < GLANCE:
            at = found.pop().at and at  # the first one begins with the film
        if at < lasts:
            found.append(Chapter(at, page))
    return found


def _with(
    chapters: list[Chapter], more: list[Moment], begins: float, lasts: float
) -> list[Chapter]:
    """Quizzes, and what all may see of the marks, each behind what begins at its moment."""
    found = [*chapters]
    for moment in sorted(more, key=lambda moment: moment.at):
        at = moment.at - begins
        if not 0 <= at < lasts:
            continue
        page = [chapter.page for chapter in found if chapter.at <= at][-1]
        found = sorted([*found, Chapter(at, page, moment.kind, moment.text)], key=_when)
    return found


def _when(chapter: Chapter) -> float:
    return chapter.at
