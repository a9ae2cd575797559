"""Keeps what was asked in a lesson as its journal, by the lesson's own rules."""

from collections.abc import Iterable
from itertools import chain

from signaling.outcome import outcome

from ... import wire
from ...classbook import written_up
from ...ports import Registry, Shelf
from ...toolbox import new_lesson
from ...words import LessonId
from .taught import Asked


def journal(shelf: Shelf, lesson: LessonId, asked: Iterable[Asked]) -> None:
    """Raises Refused where the rules would not have had it."""
    held, kept = new_lesson(), shelf.journal(lesson)
    try:
        for at, by, command in asked:
            while (due := held.wake_at()) is not None and due <= at:
                woken = held.wake(due)
                kept.append(wire.record(woken))
                held.apply(woken)
            if entries := held.decide(by, command, at):
                kept.append(wire.record(entries))
                held.apply(entries)
    finally:
        kept.close()


async def outcomes(registry: Registry, shelf: Shelf, lesson: LessonId) -> None:
    """What the server keeps of a lesson at its bell; the lesson's card must be there."""
    records = map(wire.entries, shelf.read(lesson))
    await registry.keep_book(lesson, written_up(chain.from_iterable(records)))
    report, pupils = outcome(shelf, lesson)
    await registry.keep_results(lesson, report.rooms, pupils, minutes=report.minutes)
