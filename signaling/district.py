"""The district over HTTP: its schools, classrooms and people, for those who look after them."""

import time
from datetime import date, timedelta
from itertools import chain
from typing import TypeVar

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import Account, Registry, Tally, Thing
from synclass.preclass.doorcheck import Grade, grade_of
from synclass.school.calendar import BEFORE
from synclass.school.people import Part, Person, check_person, seats
from synclass.school.places import (
    Alliance,
    Classroom,
    School,
    check_classroom,
    check_name,
    check_school,
)
from synclass.school.timetable import Slot, Term, check_term, lost, moved

from .api import body_of, json_of, seen_version
from .doorcheck import spellings
from .doors import Nothing, door
from .login import Logins

T = TypeVar("T", bound=Thing)
CHANGES = (
    "changed-meanwhile",
    "taken",
    "not-there",
    "not-yours",
    "no-school",
    "bad-id",
    "bad-place",
    "bad-text",
)
KINDS: dict[str, type[Thing]] = {
    **{"alliances": Alliance, "schools": School, "classrooms": Classroom},
    **{"people": Person, "terms": Term, "slots": Slot},
}
MOST_FOUND = 100
"""People that a search shows; whoever is not among them is looked for by another word."""


class Overview(Struct):
    """What the district's page begins with; of who looks after one school, that one."""

    own: str
    alliances: list[Alliance]
    schools: list[School]
    terms: list[Term]
    tally: Tally


class Inside(Struct):
    """A school from inside."""

    school: School
    classrooms: list[Classroom]
    teachers: list[Person]


class Roster(Struct):
    """Who sits in a classroom, and who of them has no seat there."""

    classroom: Classroom
    pupils: list[Person]
    standing: list[str]
    grade: Grade | None = None
    """Of its latest door check, before whichever lesson."""
    checked_at: float = 0.0
    """Wall time."""


class Found(Struct):
    people: list[Person]


class District:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/district", self.overview),
            web.get("/api/district/people", self.people),
            web.get("/api/district/schools/{school}", self.school),
            web.get("/api/district/classrooms/{classroom}", self.classroom),
            web.post("/api/district/alliances", self.save_alliance),
            web.post("/api/district/schools", self.save_school),
            web.post("/api/district/classrooms", self.save_classroom),
            web.post("/api/district/people", self.save_person),
            web.post("/api/district/terms", self.save_term),
            web.delete("/api/district/{kind}/{thing}", self.remove),
        ]

    @door(login="district.read", gives=Overview)
    async def overview(self, request: web.Request) -> web.Response:
        _, own = await self._who(request, "district.read")
        registry = self._registry
        schools = await registry.schools(ids=[own] if own else None)
        rest = await registry.alliances(), schools, await registry.terms()
        return json_of(Overview(own, *rest, await registry.tally(own)))

    @door(login="district.read", gives=Found, asks={"text": str, "school": str, "id": str})
    async def people(self, request: web.Request) -> web.Response:
        """Whose name or number has the words; or the one of this id."""
        _, own = await self._who(request, "district.read")
        if id_ := request.query.get("id", ""):
            one = await self._registry.person(id_)
            return json_of(Found([one] if one and own in ("", one.school) else []))
        school, text = own or request.query.get("school", ""), request.query.get("text", "")[:100]
        found = await self._registry.people(school=school, text=text, limit=MOST_FOUND)
        return json_of(Found(found))

    @door(login="district.read", gives=Inside, refuses=("no-school", "not-yours"))
    async def school(self, request: web.Request) -> web.Response:
        _, own = await self._who(request, "district.read")
        school = await self._registry.school(request.match_info["school"])
        _only(own, school.id)
        rooms = await self._registry.classrooms(school=school.id)
        staff = await self._registry.people(school=school.id, part=Part.TEACHER, limit=1000)
        return json_of(Inside(school, rooms, staff))

    @door(login="district.read", gives=Roster, refuses=("no-classroom", "not-yours"))
    async def classroom(self, request: web.Request) -> web.Response:
        _, own = await self._who(request, "district.read")
        rooms = await self._registry.classrooms(ids=[request.match_info["classroom"]])
        if not rooms:
            raise Refused("no-classroom", "there is no such classroom")
        _only(own, rooms[0].school)
        pupils = await self._registry.people(classroom=rooms[0].id, limit=1000)
        _, standing = seats(rooms[0], pupils)
        school = await self._registry.school(rooms[0].school)
        checks = await self._registry.checks(spellings(school.name, rooms[0].name))
        found = (grade_of(checks[0].grades), checks[0].at) if checks else (None, 0.0)
        return json_of(Roster(rooms[0], pupils, [pupil.id for pupil in standing], *found))

    @door(login="region.save", takes=Alliance, gives=Alliance, refuses=CHANGES)
    async def save_alliance(self, request: web.Request) -> web.Response:
        account, _ = await self._who(request, "region.save")
        alliance = await body_of(request, Alliance)
        check_name(alliance.id, alliance.name)
        return await self._put(account, alliance)

    @door(login="region.save", takes=Term, gives=Term, refuses=(*CHANGES, "bad-term"))
    async def save_term(self, request: web.Request) -> web.Response:
        account, _ = await self._who(request, "region.save")
        term = await body_of(request, Term)
        check_term(term)
        return await self._put(account, term)

    @door(
        login="district.save",
        takes=School,
        gives=School,
        refuses=(*CHANGES, "bad-bells", "bells-used"),
    )
    async def save_school(self, request: web.Request) -> web.Response:
        """Who looks after one school changes it; a new one is the district's to make.

        Where its service after school gets bells of its own, its lessons go to the nearest.
        """
        account, own = await self._who(request, "district.save")
        school = await body_of(request, School)
        check_school(school)
        _only(own, school.id)
        before = next(iter(await self._registry.schools(ids=[school.id])), None)
        if own and before and before.alliance != school.alliance:
            raise Refused("not-yours", "the district says which alliance a school is in")
        moving = await self._move(before, school) if before else []
        answer = await self._put(account, school)
        for slot in moving:
            await self._registry.put(slot)
        if before and before.name != school.name:
            await self._rename(before, school)
        return answer

    @door(login="district.save", takes=Classroom, gives=Classroom, refuses=(*CHANGES, "bad-seats"))
    async def save_classroom(self, request: web.Request) -> web.Response:
        account, own = await self._who(request, "district.save")
        room = await body_of(request, Classroom)
        check_classroom(room)
        _only(own, room.school)
        for before in await self._registry.classrooms(ids=[room.id]):
            _only(own, before.school)
        return await self._put(account, room)

    @door(login="district.save", takes=Person, gives=Person, refuses=(*CHANGES, "bad-seats"))
    async def save_person(self, request: web.Request) -> web.Response:
        account, own = await self._who(request, "district.save")
        person = await body_of(request, Person)
        check_person(person)
        before = await self._registry.person(person.id)
        for one in filter(None, (before, person)):
            _only(own, one.school)
        if person.classroom:
            rooms = await self._registry.classrooms(ids=[person.classroom])
            if not rooms or rooms[0].school != person.school:
                raise Refused("not-there", "their school has no such classroom")
        return await self._put(account, person)

    @door(
        login="district.save",
        gives=Nothing,
        asks={"version": int},
        refuses=(*CHANGES, "in-use", "no-kind", "malformed"),
    )
    async def remove(self, request: web.Request) -> web.Response:
        """Of the version that was seen."""
        account, own = await self._who(request, "district.save")
        name, id_ = request.match_info["kind"], request.match_info["thing"]
        if name not in KINDS:
            raise Refused("no-kind", f"there are no {name} in a district")
        version = seen_version(request)
        if own:
            _only(own, await self._school_of(name, id_))
        if name == "slots":
            await self._note_removed(id_)
        await self._registry.remove(KINDS[name], id_, version)
        await self._registry.note(time.time(), account.name, "district.remove", f"{name} {id_}")
        return json_of(Nothing())

    async def _who(self, request: web.Request, action: str) -> tuple[Account, str]:
        account, reach = await self._logins.require(request, action)
        return account, await own_school(self._registry, account, reach)

    async def _put(self, account: Account, thing: T) -> web.Response:
        now = await self._registry.put(thing)
        what = f"{type(thing).__name__.lower()} {thing.id}"
        await self._registry.note(time.time(), account.name, "district.save", what)
        return json_of(now)

    async def _move(self, before: School, now: School) -> list[Slot]:
        """The lessons that go to other bells with it.

        Raises Refused("bells-used") where one stands at a bell that is to go.
        """
        if len(before.bells) <= len(now.bells) and before.after_bells == now.after_bells:
            return []
        terms = await self._registry.terms()
        found = [await self._registry.slots(term.id, school=now.id) for term in terms]
        slots = list(chain.from_iterable(found))
        to = {slot.id: slot for slot in moved(slots, before, now)}
        if one := lost((slot for slot in slots if slot.id not in to), before, now):
            raise Refused("bells-used", f"{one.title} is at bell {one.period}")
        return list(to.values())

    async def _rename(self, before: School, now: School) -> None:
        """Accounts that name their school by its name go with it."""
        for account in await self._registry.accounts():
            if account.school == before.name:
                await self._registry.save_account(structs.replace(account, school=now.name))

    async def _note_removed(self, id_: str) -> None:
        """Calendars that have it are told so for a while; what was held today was held."""
        slot, today = await self._registry.slot(id_), date.today()
        if slot is not None:
            held = id_ in await self._registry.opened(today)
            day = today + timedelta(days=1 if held else 0)
            await self._registry.note_removed(slot, day, until=today - timedelta(days=BEFORE))

    async def _school_of(self, name: str, id_: str) -> str:
        """Whose it is; "" for what is the district's, or not there."""
        if name == "classrooms":
            return next((r.school for r in await self._registry.classrooms(ids=[id_])), "")
        if name == "people":
            person = await self._registry.person(id_)
            return person.school if person else ""
        if name == "slots":
            slot = await self._registry.slot(id_)
            return slot.school if slot else ""
        return ""


async def own_school(registry: Registry, account: Account, reach: Scope) -> str:
    """The id of the only school somebody looks after, or "" for who looks after the district.

    Raises Refused("no-school") where the district has none of their account's name or id.
    """
    if reach is not Scope.SCHOOL:
        return ""
    for school in await registry.schools():
        if account.school in (school.id, school.name):
            return school.id
    raise Refused("no-school", f"the district has no school {account.school}")


def _only(own: str, school: str) -> None:
    if own and own != school:
        raise Refused("not-yours", "this belongs to another school")
