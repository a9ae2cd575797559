"""Gathers all that is kept of one pupil, from the registry and from the shelf."""

import asyncio
import time

from msgspec import structs

from synclass import wire
from synclass.conduct import Joined
from synclass.errors import Malformed, Refused
from synclass.ports import Registry, Shelf, TrackFile
from synclass.postclass.dossier import (
    VERSION,
    Dossier,
    Handed,
    Heard,
    Kept,
    Listed,
    Mention,
    Said,
    Took,
    own_rooms,
)
from synclass.school.consent import Of
from synclass.school.people import Part, Person
from synclass.words import LessonId, ParticipantId, Role

MOST_LESSONS = 20_000
"""Of one pupil: a hundred years."""


class Dossiers:
    def __init__(self, registry: Registry, shelf: Shelf) -> None:
        self._registry, self._shelf = registry, shelf

    async def pupil(self, id_: str) -> Person:
        """Raises Refused("not-there")."""
        person = await self._registry.person(id_)
        if person is None or person.part is not Part.PUPIL:
            raise Refused("not-there", "there is no such pupil")
        return person

    async def of(self, person: Person) -> Dossier:
        """All of it, as it is now."""
        registry = self._registry
        school = (await registry.school(person.school)).name
        rooms = await registry.classrooms(ids=[person.classroom])
        found = await registry.consents([person.id])
        dossier = Dossier(
            *(VERSION, time.time(), person, school, rooms[0].name if rooms else ""),
            namesakes=await registry.called(person.name, school=person.school) - 1,
            consents=[one for one in found if one.kind is Of.PUPIL],
            took=await self._took(person),
            listed=[
                Listed(one.lesson, one.room, one.here)
                for one in await registry.listed(school, person.name)
            ],
            handed=await self._handed(school, person),
            heard=await self._heard(await self.own(person, school)),
            mentions=[],
        )
        dossier.mentions = await self._mentions(person, dossier.lessons)
        return dossier

    async def own(self, person: Person, school: str) -> list[str]:
        """What a device of theirs alone is called."""
        alone = await self._registry.called(person.name) == 1
        return own_rooms(school, person.name, alone=alone)

    async def _took(self, person: Person) -> list[Took]:
        took = []
        for past in await self._registry.past(person.id, limit=MOST_LESSONS):
            card = await self._registry.lesson(past.lesson)
            title, subject = (card.title, card.subject) if card else ("", "")
            answers = [Said(one.quiz, one.said, one.right) for one in past.answered]
            here = past.attended.here if past.attended else None
            picked = past.attended.picked if past.attended else 0
            began = card.began_at if card else 0.0
            took.append(Took(past.lesson, title, subject, began, here, picked, answers))
        return took

    async def _handed(self, school: str, person: Person) -> list[Handed]:
        handed = []
        for work in await self._registry.works_of_pupil(school, person.name):
            homework = await self._registry.homework(work.homework)
            if homework is not None:
                own = structs.replace(work, receipt="")  # it opens the door to whoever has it
                handed.append(Handed(homework.lesson, homework.text, own))
        return handed

    async def _heard(self, names: list[str]) -> list[Heard]:
        heard = []
        for lesson in await self._registry.rooms_called(names):
            heard += await asyncio.to_thread(self._heard_in, lesson, names)
        return heard

    def _heard_in(self, lesson: LessonId, names: list[str]) -> list[Heard]:
        """Whoever came in by one of these names, and what was recorded of them."""
        known: dict[ParticipantId, str] = {}
        try:
            for record in self._shelf.read(lesson):
                for entry in wire.entries(record):
                    match entry.fact:
                        case Joined(who) if who.role is Role.CLASSROOM and who.name in names:
                            known[who.id] = who.name
        except Malformed:
            pass  # of a log that is damaged, what can be read: `synclass check` names it
        self._shelf.bring(lesson)
        tracks = self._shelf.tracks(lesson)
        return [
            Heard(lesson, who, name, [_kept(track) for track in tracks if track.who == who])
            for who, name in known.items()
        ]

    async def _mentions(self, person: Person, lessons: set[LessonId]) -> list[Mention]:
        """In what evaluators and planners wrote of these lessons."""
        found = []
        for lesson in sorted(lessons):
            for one in await self._registry.evaluations(lesson):
                texts = [one.summary, *(remark.text for remark in one.remarks)]
                said = [Mention(lesson, "evaluation", one.account, text) for text in texts]
                found += [mention for mention in said if person.name in mention.text]
            for other in await self._registry.remarks(lesson):
                if person.name in other.text:
                    found.append(Mention(lesson, "plan", other.who, other.text))
        return found


def _kept(track: TrackFile) -> Kept:
    return Kept(track.name, track.size, track.ends_ms / 1000, track.erased)
