"""The timetable over HTTP: a week with its clashes, and changes that make none."""

import time
from collections.abc import Iterable
from datetime import date

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Held, Registry
from synclass.school.places import Classroom, School
from synclass.school.timetable import Clash, Slot, Term, check_slot, clashes

from .api import body_of, json_of
from .district import CHANGES, own_school
from .doors import door
from .login import Logins


class Week(Struct):
    """A term's week of a school, a teacher or a classroom."""

    term: Term | None
    slots: list[Slot]
    clashes: list[Clash]
    schools: list[School]
    """All that teach or listen in it."""
    classrooms: list[Classroom]
    teachers: dict[str, str]
    """Their names."""


class Month(Struct):
    """What the schools taught in some days."""

    held: list[Held]


class Timetables:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/timetable", self.week),
            web.post("/api/timetable", self.save),
            web.get("/api/district/held", self.held),
        ]

    @door(
        login="timetable.read",
        gives=Week,
        asks={"term": str, "school": str, "teacher": str, "classroom": str},
    )
    async def week(self, request: web.Request) -> web.Response:
        """Of the newest term where none is named; the teacher ``me`` is oneself."""
        account, _ = await self._logins.require(request, "timetable.read")
        terms = await self._registry.terms()
        wanted = request.query.get("term") or (terms[0].id if terms else "")
        term = next((term for term in terms if term.id == wanted), None)
        room = request.query.get("classroom", "")
        school, teacher = request.query.get("school", ""), request.query.get("teacher", "")
        if teacher == "me":
            person = await self._registry.person_of(account.name)
            teacher = person.id if person else ""
        if term is None or not (room or school or teacher):
            return json_of(Week(term, [], [], [], [], {}))
        slots = await self._registry.slots(
            term.id, school=school, teacher=teacher, rooms=[room] if room else None
        )
        return json_of(await self._week(term, slots))

    @door(
        login="timetable.save",
        takes=Slot,
        gives=Slot,
        refuses=(*CHANGES, "bad-slot", "clash", "no-classroom", "no-course"),
    )
    async def save(self, request: web.Request) -> web.Response:
        """One that takes nobody's teacher and room; "clash" says whose."""
        account, reach = await self._logins.require(request, "timetable.save")
        own = await own_school(self._registry, account, reach)
        slot = await body_of(request, Slot)
        school = await self._registry.school(slot.school)
        if own and own != school.id:
            raise Refused("not-yours", "this is another school's lesson")
        check_slot(slot, school)
        await self._check_course(slot)
        await self._check_clashes(slot)
        now = await self._registry.put(slot)
        await self._registry.note(time.time(), account.name, "timetable.save", slot.id)
        return json_of(now)

    @door(
        login="district.read",
        gives=Month,
        asks={"first": str, "last": str},
        refuses=("bad-date", "no-school"),
    )
    async def held(self, request: web.Request) -> web.Response:
        """By school, from ``?first=`` to ``?last=``, both included."""
        account, reach = await self._logins.require(request, "district.read")
        own = await own_school(self._registry, account, reach)
        try:
            days = [date.fromisoformat(request.query.get(name, "")) for name in ("first", "last")]
        except ValueError as error:
            raise Refused("bad-date", "first= and last= take a date like 2026-09-01") from error
        held = await self._registry.held(*days)
        return json_of(Month([one for one in held if own in ("", one.school)]))

    async def _check_course(self, slot: Slot) -> None:
        course = await self._registry.course(slot.course) if slot.course else None
        if slot.course and (course is None or (course.kind, course.term) != (slot.kind, slot.term)):
            raise Refused("no-course", "there is no such course of this kind and term")

    async def _check_clashes(self, slot: Slot) -> None:
        rooms = {room.id: room for room in await self._registry.classrooms(ids=slot.rooms)}
        if slot.room not in rooms or rooms[slot.room].school != slot.school:
            raise Refused("no-classroom", "the school that teaches has no such classroom")
        term, day = slot.term, slot.weekday
        taught = await self._registry.slots(term, teacher=slot.teacher, weekday=day)
        heard = await self._registry.slots(term, rooms=slot.rooms, weekday=day)
        others = {other.id: other for other in (*taught, *heard) if other.id != slot.id}
        week = await self._week(None, [slot, *others.values()])
        for clash in week.clashes:
            if clash.other and slot.id in (clash.slot, clash.other):
                other = others[clash.other if clash.slot == slot.id else clash.slot]
                who = week.teachers.get(other.teacher, other.teacher)
                about = {"what": clash.what, "title": other.title, "who": who}
                said = f"the {clash.what} has {other.title} by {who} then"
                raise Refused("clash", said, **about, where=_where(clash, week))

    async def _week(self, term: Term | None, slots: list[Slot]) -> Week:
        rooms = await self._registry.classrooms(ids=sorted(_rooms(slots)))
        ids = {room.school for room in rooms} | {slot.school for slot in slots}
        schools = await self._registry.schools(ids=sorted(ids))
        teachers = await self._registry.names({slot.teacher for slot in slots})
        by_id = {school.id: school for school in schools}
        found = clashes(slots, by_id, {room.id: room.school for room in rooms})
        return Week(term, slots, found, schools, rooms, teachers)


def _where(clash: Clash, week: Week) -> str:
    """The room that is wanted twice; "" where it is the teacher."""
    return next((room.name for room in week.classrooms if room.id == clash.which), "")


def _rooms(slots: Iterable[Slot]) -> set[str]:
    return {room for slot in slots for room in slot.rooms}
