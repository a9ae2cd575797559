"""Puts it all into a new demo's data folder, once; by the rules, as if it had been held."""

from pathlib import Path

from recorder.shelf import FileShelf
from signaling.seating import pupils_of, seated

from ...inclass.roll import SeatClass
from ...ports import LessonCard, Registry
from ...words import LessonId, ParticipantId
from . import after, keep, studio, taught, tomorrow, voices
from .people import ROOMS, classroom_of

TAUGHT = LessonId("demo-taught")
AGO = 600.0
"""Seconds since the bell that ended it."""


async def show(registry: Registry, data: Path, now: float) -> None:
    """Into a district that has just been settled; ``now`` is Unix seconds."""
    shelf = FileShelf(data)
    wall = now - AGO - taught.END
    keep.journal(shelf, TAUGHT, taught.asked(await _classes(registry), wall))
    await voices.keep(data, TAUGHT)
    card = LessonCard(
        *(TAUGHT, taught.TITLE, taught.SUBJECT, "wang", "", wall),
        began_at=wall + taught.BELL,
        ended_at=wall + taught.END,
    )
    await registry.save_lesson(card)
    await keep.outcomes(registry, shelf, TAUGHT)
    await after.keep(registry, TAUGHT, now)
    await tomorrow.keep(registry, shelf, now)
    await studio.keep(registry, [TAUGHT, tomorrow.LESSON], now)


async def _classes(registry: Registry) -> dict[ParticipantId, SeatClass]:
    found = {}
    for room in ROOMS:
        [classroom] = await registry.classrooms(ids=[classroom_of(room)])
        pupils = await pupils_of(registry, classroom.id)
        found[room.id] = seated(room.id, classroom, pupils)
    return found
