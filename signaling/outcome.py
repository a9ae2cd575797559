"""What a lesson came to, read from its journal."""

from collections.abc import Collection, Iterator

from synclass import wire
from synclass.channel import Fact
from synclass.lesson import Entry
from synclass.ports import Shelf
from synclass.postclass.nameless import nameless
from synclass.postclass.reports import Presence, Report, report
from synclass.words import LessonId


def outcome(
    shelf: Shelf, lesson: LessonId, erased: Collection[str] = ()
) -> tuple[Report, list[Presence]]:
    """Takes a second for a long lesson: not for the event loop.  Raises Malformed.

    Pupils of the ids ``erased`` are counted, by no name.
    """
    return report(lesson, _facts(nameless(_entries(shelf, lesson), erased)))


def _entries(shelf: Shelf, lesson: LessonId) -> Iterator[Entry]:
    for record in shelf.read(lesson):
        yield from wire.entries(record)


def _facts(entries: Iterator[Entry]) -> Iterator[tuple[float, Fact]]:
    """A fact of a later version counts for nothing here."""
    for entry in entries:
        if isinstance(entry.fact, Fact):
            yield entry.ms / 1000, entry.fact
