"""What schools may hold at once, known before it is asked: a bell waits for no database."""

import asyncio
from collections import Counter
from collections.abc import Mapping

import structlog

from synclass.channel import Command
from synclass.conduct import Begin, Join
from synclass.errors import Unavailable
from synclass.ports import Directory, Registry
from synclass.school.quota import Quota, Used, allowed, check_begin, check_room
from synclass.words import LessonId, Participant, Role, Stage

from .room import Room

EVERY = 10.0
"""Seconds between looks: so soon a quota of another node holds here."""
log = structlog.get_logger()
Live = Mapping[LessonId, Room]


class Allowance:
    """Lets a lesson begin, and a classroom come in, where its school may; a running one goes on."""

    def __init__(self, registry: Registry, directory: Directory) -> None:
        self._registry, self._directory = registry, directory
        self._homes: dict[LessonId, str] = {}
        """The school of each lesson here, "" where it is none of the district."""
        self._quotas: dict[str, Quota] = {}
        self.elsewhere: Counter[str] = Counter()
        """Lessons that run on other nodes, by school."""

    async def run(self, live: Live) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look(live)
            except Unavailable as error:  # what was known before still holds
                log.warning("quotas not looked at", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self, live: Live) -> None:
        """Learn what may be held now, and what is held on other nodes; raises Unavailable."""
        self._quotas = await self._registry.quotas()
        for lesson in tuple(live):  # a teacher's school may have changed
            self._homes[lesson] = await self._registry.home_of(lesson)
        elsewhere = Counter[str]()
        for one in await self._registry.running():
            if one.school and one.lesson not in live and await self._directory.holder(one.lesson):
                elsewhere[one.school] += 1
        self.elsewhere = elsewhere

    async def learn(self, lesson: LessonId) -> None:
        """A lesson opens here; raises Unavailable."""
        self._homes[lesson] = await self._registry.home_of(lesson)
        self._quotas = await self._registry.quotas()

    def forget(self, lesson: LessonId) -> None:
        """It is closed here."""
        self._homes.pop(lesson, None)

    def admit(self, lesson: LessonId, by: Participant, command: Command, live: Live) -> None:
        """Raise Refused("quota-lessons") or ("quota-rooms") where it would be too much.

        Who was in a lesson may always come back to it.
        """
        home, room = self._homes.get(lesson, ""), live.get(lesson)
        if not home or room is None:
            return
        conduct, quota = room.lesson.conduct, allowed(self._quotas, home)
        if isinstance(command, Begin) and conduct.stage is Stage.PRECLASS:
            check_begin(quota, self.used(live).get(home, Used()).lessons + self.elsewhere[home])
        if isinstance(command, Join) and by.role is Role.CLASSROOM and by.id not in conduct.seats:
            check_room(quota, rooms_in(room))

    def used(self, live: Live) -> dict[str, Used]:
        """What is held here now, by school."""
        found: dict[str, Used] = {}
        for lesson, room in live.items():
            home = self._homes.get(lesson, "")
            if home and room.lesson.conduct.stage is Stage.INCLASS:
                before = found.get(home, Used())
                found[home] = Used(before.lessons + 1, max(before.rooms, rooms_in(room)))
        return found


def rooms_in(room: Room) -> int:
    """Classrooms that are in a lesson, or will be back in a moment."""
    return sum(one.role is Role.CLASSROOM for one in room.lesson.conduct.present.values())
