"""Opens the timetable's lessons by themselves, a little before their bell."""

import asyncio
import secrets
from datetime import date, datetime

import structlog

from synclass.errors import Refused, Unavailable
from synclass.ports import LessonCard, Registry
from synclass.school.timetable import Slot, due, held_on, week_of
from synclass.words import LessonId

EVERY = 20.0
"""Seconds between two looks at the timetable."""
TRIES = 20
"""Codes that are tried for a door: of a million hardly one is taken."""
log = structlog.get_logger()


class Opener:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    async def run(self) -> None:
        """Look until cancelled; bells ring by this machine's local time."""
        while True:
            try:
                await self.look(datetime.now().astimezone())
            except Unavailable as error:
                log.error("timetable not looked at", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self, now: datetime) -> None:
        """Open what is due and not open yet; raises Unavailable."""
        today = now.date()
        terms = await self._registry.terms()
        term = next((term for term in terms if week_of(term, today)), None)
        if term is None:
            return
        slots = await self._registry.slots(term.id, weekday=today.isoweekday())
        todays = held_on(slots, term, today)
        schools = await self._registry.schools(ids=sorted({slot.school for slot in todays}))
        opened = await self._registry.opened(today)
        by_id = {school.id: school for school in schools}
        for slot in due(todays, by_id, now.hour * 60 + now.minute):
            await self._open(slot, today, now.timestamp(), opened.get(slot.id))

    async def _open(self, slot: Slot, day: date, wall: float, lesson: LessonId | None) -> None:
        """The claim comes before the card: of two nodes one opens, and a fall between is mended."""
        if lesson is None:
            lesson = LessonId(secrets.token_hex(6))
            try:
                await self._registry.note_opening(slot, day, lesson)
            except Refused:  # another node was first
                return
        elif await self._registry.lesson(lesson) is not None:
            return
        teacher = await self._registry.person(slot.teacher)
        account = teacher.account if teacher else ""
        for _ in range(TRIES):
            code = f"{secrets.randbelow(900_000) + 100_000}"
            card = LessonCard(
                *(lesson, slot.title, slot.subject, account, code, wall),
                kind=slot.kind,
                course=slot.course,
            )
            try:
                await self._registry.save_lesson(card)
            except Refused:
                continue
            await self._registry.note(wall, "", "timetable.open", lesson)
            return
        raise Unavailable("registry", "no free code was found")
