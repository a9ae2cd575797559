"""Timetables as calendars that telephones subscribe to: by a secret address, until taken back."""

import asyncio
import secrets
import time
from datetime import UTC, date, datetime, timedelta

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import scope
from synclass.ports import Calendar, Registry, Whose
from synclass.school.calendar import AHEAD, BEFORE, Entry, entries
from synclass.school.people import Part
from synclass.school.timetable import Slot, Term

from .api import body_of, json_of
from .apikeys import hash_of
from .doors import Nothing, door
from .ics import WORDS, Book, written
from .limits import Limiter
from .login import Logins, too_many

MOST = 20  # calendars of an account
USED = 3600.0  # seconds between two notes that a calendar was read


class NewCalendar(Struct):
    whose: Whose
    of: str = ""
    """The id; "" of a teacher is oneself."""


class CalendarShown(Struct):
    id: str
    whose: Whose
    of: str
    name: str
    """Of the teacher, the classroom or the school; "" where that is gone."""
    made_at: float
    used_at: float


class CalendarMade(Struct):
    """The only time that the address is told."""

    path: str
    """The address on this server."""
    shown: CalendarShown


class CalendarsHeld(Struct):
    calendars: list[CalendarShown]


class Calendars:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins
        self._missed = Limiter(rate=1 / 5, burst=10)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/calendars", self.calendars),
            web.post("/api/calendars", self.make),
            web.delete("/api/calendars/{calendar}", self.revoke),
            web.get("/api/calendars/{calendar}.ics", self.read),
        ]

    @door(login="calendar.list", gives=CalendarsHeld)
    async def calendars(self, request: web.Request) -> web.Response:
        """One's own."""
        account, _ = await self._logins.require(request, "calendar.list")
        held = await self._registry.calendars(account.name)
        return json_of(CalendarsHeld([await self._shown(one) for one in held]))

    @door(
        login="calendar.make",
        takes=NewCalendar,
        gives=CalendarMade,
        refuses=("not-there", "too-many"),
    )
    async def make(self, request: web.Request) -> web.Response:
        """A secret address under which a calendar reads the lessons; it is told once."""
        account, _ = await self._logins.require(request, "calendar.make")
        asked = await body_of(request, NewCalendar)
        of = asked.of
        if not of and asked.whose is Whose.TEACHER:
            person = await self._registry.person_of(account.name)
            of = person.id if person else ""
        if len(await self._registry.calendars(account.name)) >= MOST:
            raise Refused("too-many", f"there are {MOST} calendars: take back those not in use")
        id_, secret, now = secrets.token_hex(5), secrets.token_urlsafe(24), time.time()
        calendar = Calendar(id_, account.name, asked.whose, of, hash_of(secret), now)
        shown = await self._shown(calendar)
        if not shown.name:
            raise Refused("not-there", f"there is no such {asked.whose}")
        await self._registry.save_calendar(calendar)
        about = f"{id_} {asked.whose} {of}"
        await self._registry.note(now, account.name, "calendar.make", about)
        return json_of(CalendarMade(f"/api/calendars/{id_}_{secret}.ics", shown))

    @door(login="calendar.revoke", gives=Nothing, refuses=("no-calendar",))
    async def revoke(self, request: web.Request) -> web.Response:
        """Its address leads nowhere from now on."""
        account, _ = await self._logins.require(request, "calendar.revoke")
        calendar = await self._registry.calendar(request.match_info["calendar"])
        if calendar is None or calendar.account != account.name:
            raise Refused("no-calendar", "you have no such calendar")
        await self._registry.remove_calendar(calendar.id)
        await self._registry.note(time.time(), account.name, "calendar.revoke", calendar.id)
        return json_of(Nothing())

    @door(
        open="calendar.read",
        gives="text/calendar",
        asks={"lang": str},
        refuses=("no-calendar", "slow-down"),
        tagged=True,
    )
    async def read(self, request: web.Request) -> web.Response:
        """The lessons from four weeks ago on, for ``?lang=`` zh or en; with an ETag."""
        calendar = await self._opened(request)
        book = await self._book(calendar, request.query.get("lang", "zh"))
        headers = {"ETag": book.etag(), "Cache-Control": "private, no-cache"}
        if headers["ETag"].removeprefix("W/") in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        text = await asyncio.to_thread(written, book, datetime.now(UTC))
        return web.Response(
            body=text, content_type="text/calendar", charset="utf-8", headers=headers
        )

    async def _opened(self, request: web.Request) -> Calendar:
        """Of an address that is known, and of somebody who may read the timetable still."""
        address, now = request.remote or "", time.monotonic()
        too_many(self._missed.wait(address, now))
        id_, _, secret = request.match_info["calendar"].partition("_")
        calendar = await self._registry.calendar(id_)
        if calendar is None or not secrets.compare_digest(calendar.secret, hash_of(secret)):
            self._missed.take(address, now)
            raise Refused("no-calendar", "this address leads to no calendar, or no longer")
        account = await self._registry.account(calendar.account)
        if account is None or account.given or not scope(account.role, "timetable.read"):
            raise Refused("no-calendar", "whoever made this calendar may not read it any more")
        if time.time() - calendar.used_at > USED:
            await self._registry.use_calendar(calendar.id, time.time())
        return calendar

    async def _book(self, calendar: Calendar, lang: str) -> Book:
        today, terms = date.today(), await self._registry.terms()
        first, last = today - timedelta(days=BEFORE), today + timedelta(days=AHEAD)
        near = [term for term in terms if term.first <= last and term.last >= first]
        weekly = {term.id: await self._planned(term, calendar) for term in near}
        slots = [slot for some, _ in weekly.values() for slot in some]
        room_ids = {room for slot in slots for room in slot.rooms}
        rooms = await self._registry.classrooms(ids=sorted(room_ids))
        ids = {room.school for room in rooms} | {slot.school for slot in slots}
        schools = {s.id: s for s in await self._registry.schools(ids=sorted(ids))}
        found: list[Entry] = []
        for term in sorted(near, key=lambda term: term.first):
            some, removed = weekly[term.id]
            found += entries(some, term, first, last, schools, removed=removed)
        return Book(
            *(await self._name(calendar), lang if lang in WORDS else "zh", found, schools),
            {room.id: room for room in rooms},
            await self._registry.names({slot.teacher for slot in slots}),
        )

    async def _planned(self, term: Term, calendar: Calendar) -> tuple[list[Slot], dict[str, date]]:
        """Its lessons, and from when on some are not held: a version later (RFC 5546 §2.1.4)."""
        slots, gone = await self._slots(term, calendar), await self._registry.removed(term.id)
        there = {slot.id for slot in slots}
        gone = [one for one in gone if one.slot.id not in there]
        rooms = {room for one in gone for room in one.slot.rooms}
        school_of = {r.id: r.school for r in await self._registry.classrooms(ids=sorted(rooms))}
        gone = [one for one in gone if _has(calendar, one.slot, school_of)]
        slots += [structs.replace(one.slot, version=one.slot.version + 1) for one in gone]
        return slots, {one.slot.id: one.day for one in gone}

    async def _slots(self, term: Term, calendar: Calendar) -> list[Slot]:
        of = calendar.of
        match calendar.whose:
            case Whose.TEACHER:
                return await self._registry.slots(term.id, teacher=of)
            case Whose.CLASSROOM:
                return await self._registry.slots(term.id, rooms=[of])
            case Whose.SCHOOL:
                return await self._registry.slots(term.id, school=of)

    async def _name(self, calendar: Calendar) -> str:
        """As people say it; "" for what is not there, and for a pupil."""
        registry, of = self._registry, calendar.of
        match calendar.whose:
            case Whose.TEACHER:
                person = await registry.person(of)
                return person.name if person and person.part is Part.TEACHER else ""
            case Whose.SCHOOL:
                return next((school.name for school in await registry.schools(ids=[of])), "")
            case Whose.CLASSROOM:
                rooms = await registry.classrooms(ids=[of])
                names = [(await registry.school(room.school)).name for room in rooms]
                return f"{names[0]} {rooms[0].name}" if rooms else ""

    async def _shown(self, one: Calendar) -> CalendarShown:
        name = await self._name(one)
        return CalendarShown(one.id, one.whose, one.of, name, one.made_at, one.used_at)


def _has(calendar: Calendar, slot: Slot, school_of: dict[str, str]) -> bool:
    """Whether a lesson was in it before it was taken out."""
    match calendar.whose:
        case Whose.TEACHER:
            return slot.teacher == calendar.of
        case Whose.CLASSROOM:
            return calendar.of in slot.rooms
        case Whose.SCHOOL:
            return calendar.of in {slot.school, *(school_of.get(room) for room in slot.rooms)}
