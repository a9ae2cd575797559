"""Weighs lessons on the shelf, so that what a school keeps is a sum and no walk over its files."""

import asyncio
import time

import structlog

from synclass.errors import Unavailable
from synclass.ports import Account, Registry, Shelf
from synclass.school.quota import Level, Used, allowed, check_kept, level
from synclass.words import LessonId, Stage

from .rooms import Rooms

EVERY = 30.0
"""Seconds between looks: a lesson with ten cameras gains 30 MB meanwhile."""
AT_ONCE = 50
"""Lessons of before that are weighed between two looks."""
log = structlog.get_logger()


class Scales:
    def __init__(self, *, registry: Registry, shelf: Shelf, rooms: Rooms) -> None:
        self._registry, self.shelf, self._rooms = registry, shelf, rooms
        self._noted: dict[str, Level] = {}
        """Of schools whose part of the shelf is nearly full, or full."""

    async def run(self) -> None:
        """Weigh until cancelled."""
        while True:
            try:
                await self.look(time.time())
            except Unavailable as error:
                log.error("lessons not weighed", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self, wall: float) -> None:
        """Weigh what goes on, and what has ended; note what is nearly full.  Raises Unavailable."""
        for lesson, room in tuple(self._rooms.live.items()):
            if room.lesson.conduct.stage is not Stage.POSTCLASS:
                await self.weigh(lesson, wall)
        for lesson in await self._registry.unweighed(until=wall, limit=AT_ONCE):
            await self.weigh(lesson, wall)
        await self.note(wall)

    async def weigh(self, lesson: LessonId, wall: float) -> None:
        """Raises Unavailable."""
        recordings, courseware = await asyncio.to_thread(self.shelf.weight, lesson)
        await self._registry.weigh(lesson, recordings=recordings, courseware=courseware, at=wall)

    async def check(self, lesson: LessonId) -> None:
        """Raise Refused("quota-kept") where nothing more of this lesson's school may come in."""
        await self._check(await self._registry.home_of(lesson))

    async def check_account(self, account: Account) -> None:
        """The same of an account's school."""
        schools = await self._registry.schools() if account.school else []
        of = (one.id for one in schools if account.school in (one.id, one.name))
        await self._check(next(of, ""))

    async def _check(self, school: str) -> None:
        quotas = await self._registry.quotas()
        if school and allowed(quotas, school).kept is not None:
            kept = await self._registry.kept(school)
            check_kept(allowed(quotas, school), kept.get(school, Used()))

    async def note(self, wall: float) -> None:
        """Write into the audit log which school's part of the shelf is nearly full, or full."""
        quotas = await self._registry.quotas()
        if all(quota.kept is None for quota in quotas.values()):
            return
        kept = await self._registry.kept()
        found = {school: level(allowed(quotas, school), kept[school]) for school in kept if school}
        now: dict[str, Level] = {s: one for s, one in found.items() if one != "enough"}
        for school, one in now.items():
            if self._noted.get(school) != one:
                await self._registry.note(wall, "", f"quota.{one}", school)
        self._noted = now
