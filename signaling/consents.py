"""Consent on file, as admins set it; and lessons that go on are told what may be recorded."""

import asyncio
import time
from collections.abc import Iterable

import structlog
from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused, Unavailable
from synclass.inclass.light import Lights, NoteConsent
from synclass.inclass.stage import OnStage
from synclass.ports import Registry
from synclass.school.consent import Answer, Consent, May, Of, may
from synclass.school.people import Part, Person
from synclass.words import LessonId, Participant, ParticipantId, Role, Stage

from .api import body_of, json_of
from .district import own_school
from .doors import door
from .login import Logins
from .room import Room
from .rooms import Rooms

EVERY = 0.5
"""Seconds between looks at classrooms on stage: what is taken back is recorded no second more."""
log = structlog.get_logger()


class Saying(Struct):
    """What a school, a classroom's guardians or a pupil's have said."""

    kind: Of
    id: str
    picture: Answer = Answer.NONE
    voice: Answer = Answer.NONE


class OnFile(Struct):
    """Of a classroom: what its school, itself and its pupils have said; and what that allows."""

    consents: list[Consent]
    may: May


class Consenting:
    def __init__(self, registry: Registry, logins: Logins, rooms: Rooms) -> None:
        self._registry, self._logins, self._rooms = registry, logins, rooms
        self._known: dict[LessonId, set[ParticipantId]] = {}
        """Whose consent was looked at since they came, and nothing was put on file since."""
        self._news = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/consents/{classroom}", self.on_file),
            web.post("/api/consents", self.save),
        ]

    @door(login="consent.read", gives=OnFile, refuses=("no-classroom", "not-yours"))
    async def on_file(self, request: web.Request) -> web.Response:
        """What is on file of a classroom, and what may be recorded of it by that."""
        _, own = await self._who(request, "consent.read")
        classroom = request.match_info["classroom"]
        await self._check(own, Of.CLASSROOM, classroom)
        found = await self._of_classroom(classroom)
        return json_of(OnFile(found, may(found)))

    @door(
        login="consent.save",
        takes=Saying,
        gives=Consent,
        refuses=("no-school", "no-classroom", "not-there", "not-yours"),
    )
    async def save(self, request: web.Request) -> web.Response:
        """Put a word on file; a lesson that goes on is told within a second."""
        name, own = await self._who(request, "consent.save")
        said = await body_of(request, Saying)
        await self._check(own, said.kind, said.id)
        consent = Consent(said.kind, said.id, said.picture, said.voice, name, time.time())
        await self._registry.set_consents([consent])
        what = f"{said.kind} {said.id} {said.picture} {said.voice}"
        await self._registry.note(consent.at, name, "consent.save", what)
        self._known.clear()
        self._news.set()
        return json_of(consent)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except Unavailable as error:  # lessons go on without the registry, as they were told
                log.warning("consent not looked at", code=error.code)
            try:
                async with asyncio.timeout(EVERY):
                    await self._news.wait()
            except TimeoutError:
                pass
            self._news.clear()

    async def look(self) -> None:
        """Tell each lesson what may be recorded of who came, and of who is on stage."""
        for lesson in [lesson for lesson in self._known if lesson not in self._rooms.live]:
            del self._known[lesson]
        for lesson, room in list(self._rooms.live.items()):
            if room.lesson.conduct.stage is not Stage.POSTCLASS:
                await self._look_at(lesson, room)

    async def _look_at(self, lesson: LessonId, room: Room) -> None:
        stage, lights = room.lesson.channel(OnStage.name), room.lesson.channel(Lights.name)
        assert isinstance(stage, OnStage) and isinstance(lights, Lights)
        present = room.lesson.conduct.present
        here = {who: one for who, one in present.items() if one.role is Role.CLASSROOM}
        known = self._known.setdefault(lesson, set())
        known &= here.keys()
        for who in here.keys() - (known - set(stage.on)):
            allowed = await self._allowed(here[who])
            if allowed != lights.may.get(who, May()):
                room.tell(NoteConsent(who, allowed.picture, allowed.voice))
            known.add(who)  # of a set that a new word has thrown away nobody reads

    async def _allowed(self, who: Participant) -> May:
        """Of a paired device its classroom is known.  A name that somebody typed at the door may
        forbid, and never allow: it could be anybody's."""
        device = await self._registry.device(who.id.removeprefix("room-"))
        if device is not None and device.classroom and not device.code:
            return may(await self._of_classroom(device.classroom))
        found = [c for room in await self._named(who.name) for c in await self._of_classroom(room)]
        return May(False, may(found).voice)

    async def _named(self, name: str) -> list[str]:
        """The classrooms a typed name may mean: those of the school it begins with."""
        schools = [one for one in await self._registry.schools() if name.startswith(one.name)]
        found = []
        for school in schools:
            rooms = await self._registry.classrooms(school=school.id)
            rest = name.removeprefix(school.name).strip()
            found += [r.id for r in rooms if r.name == rest] or [r.id for r in rooms]
        return found

    async def _of_classroom(self, classroom: str) -> list[Consent]:
        rooms = await self._registry.classrooms(ids=[classroom])
        pupils = await self._registry.people(classroom=classroom, part=Part.PUPIL, limit=1000)
        wanted = {(Of.CLASSROOM, classroom), *((Of.SCHOOL, room.school) for room in rooms)}
        wanted |= {(Of.PUPIL, pupil.id) for pupil in pupils}
        found = await self._registry.consents([id_ for _, id_ in wanted])
        return [one for one in found if (one.kind, one.id) in wanted]

    async def _who(self, request: web.Request, action: str) -> tuple[str, str]:
        """Who asks, and the only school they look after."""
        account, reach = await self._logins.require(request, action)
        return account.name, await own_school(self._registry, account, reach)

    async def _check(self, own: str, kind: Of, id_: str) -> None:
        """Raises Refused where it is not there, or another school's."""
        school = await self._school_of(kind, id_)
        if own and own != school:
            raise Refused("not-yours", "this belongs to another school")

    async def _school_of(self, kind: Of, id_: str) -> str:
        if kind is Of.SCHOOL:
            return (await self._registry.school(id_)).id
        if kind is Of.CLASSROOM:
            rooms = await self._registry.classrooms(ids=[id_])
            if not rooms:
                raise Refused("no-classroom", "there is no such classroom")
            return rooms[0].school
        return _pupil(filter(None, [await self._registry.person(id_)])).school


def _pupil(found: Iterable[Person]) -> Person:
    for person in found:
        if person.part is Part.PUPIL:
            return person
    raise Refused("not-there", "there is no such pupil")
