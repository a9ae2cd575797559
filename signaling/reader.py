"""Reads lessons once they have ended, or have come in, so that they are found by their words."""

import asyncio

import structlog
from msgspec import DecodeError, ValidationError, json

from synclass import wire
from synclass.errors import Malformed, Unavailable
from synclass.ports import Registry, Shelf
from synclass.postclass.wording import Line, said_in
from synclass.words import LessonId

EVERY = 5.0
"""Seconds between two looks at what has ended."""
AT_ONCE = 50
"""Lessons of before that are read between two looks."""
log = structlog.get_logger()


class Reader:
    def __init__(self, registry: Registry, shelf: Shelf) -> None:
        self._registry, self._shelf = registry, shelf

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            try:
                while await self.look() == AT_ONCE:
                    pass
            except Unavailable as error:
                log.error("lessons not read", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self) -> int:
        """Read what has ended and was not read; says how many.  Raises Unavailable."""
        lessons = await self._registry.without_wording(limit=AT_ONCE)
        for lesson in lessons:
            lines = await asyncio.to_thread(self._read, lesson)
            await self._registry.keep_wording(lesson, lines)
        return len(lessons)

    def _read(self, lesson: LessonId) -> list[Line]:
        """What there is of it; nothing of a log that cannot be read: `synclass check` names it."""
        try:
            records = self._shelf.read(lesson)
            entries = (entry for record in records for entry in wire.entries(record))
            return said_in(entries, lambda name: self._words_of(lesson, name))
        except (Malformed, OSError) as error:
            log.error("lesson not read", lesson=lesson, why=str(error))
            return []

    def _words_of(self, lesson: LessonId, name: str) -> list[str]:
        path = self._shelf.page(lesson, f"{name}.json")
        try:
            return json.decode(path.read_bytes(), type=list[str]) if path else []
        except (DecodeError, ValidationError):
            return []
