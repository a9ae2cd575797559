"""What a lesson came to, read from its journal."""

from collections.abc import Iterator

from synclass import wire
from synclass.channel import Fact
from synclass.ports import Shelf
from synclass.postclass.reports import Presence, Report, report
from synclass.words import LessonId


def outcome(shelf: Shelf, lesson: LessonId) -> tuple[Report, list[Presence]]:
    """Takes a second for a long lesson: not for the event loop.  Raises Malformed."""
    return report(lesson, _facts(shelf, lesson))


def _facts(shelf: Shelf, lesson: LessonId) -> Iterator[tuple[float, Fact]]:
    """A fact of a later version counts for nothing here."""
    for record in shelf.read(lesson):
        for entry in wire.entries(record):
            if isinstance(entry.fact, Fact):
                yield entry.ms / 1000, entry.fact
