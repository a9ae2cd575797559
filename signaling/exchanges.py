"""What teachers of an alliance say of lessons, and what classes do together, over HTTP."""

import secrets
import time
from datetime import date

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports.alliances import Prepared, TakenPart
from synclass.postclass.homework import plain
from synclass.school.alliance import MOST_EVENTS, Exchange, Word, check_exchange, check_word
from synclass.school.places import Classroom
from synclass.words import LessonId

from .api import body_of, json_of, seen_version
from .commons import CHANGES
from .doorcheck import spellings
from .doors import Nothing, door
from .membership import MEMBER, Member, Members


class Research(Struct):
    """Lessons that are prepared together, and what is said of them."""

    prepared: list[Prepared]
    teachers: dict[str, str]
    """Their names, by account."""
    words: list[Word]


class Said(Struct):
    text: str
    lesson: str = ""
    parent: int = 0


class BySchool(Struct):
    """What classrooms of a school did in the lessons of the alliance."""

    school: str
    lessons: int
    hands: int
    words: int
    on_stage: float
    pupils: int
    here: int


class Together(Struct):
    exchanges: list[Exchange]
    held: dict[str, list[TakenPart]]
    """What classrooms did, by the lesson of an exchange."""
    rooms: list[Classroom]
    schools: list[BySchool]


class NewExchange(Struct):
    title: str
    about: str
    day: date
    rooms: list[str]
    lesson: str = ""
    id: str = ""
    version: int = 0


class Exchanges(Members):
    def routes(self) -> list[web.RouteDef]:
        of = "/api/alliances/{alliance}"
        return [
            web.get(f"{of}/research", self.research),
            web.post(f"{of}/research", self.say),
            web.get(f"{of}/exchanges", self.exchanges),
            web.post(f"{of}/exchanges", self.save),
            web.delete(f"{of}/exchanges/{{exchange}}", self.remove),
        ]

    @door(login="alliance.read", gives=Research, refuses=MEMBER)
    async def research(self, request: web.Request) -> web.Response:
        """Lessons of its schools that have a plan, and all that was said here."""
        member = await self.member(request, "alliance.read")
        return json_of(await self._research(member))

    @door(
        login="alliance.say",
        takes=Said,
        gives=Research,
        refuses=(*MEMBER, "bad-text", "no-word", "not-there", "too-many"),
    )
    async def say(self, request: web.Request) -> web.Response:
        """Of a lesson of the alliance, of teaching, or as an answer."""
        member = await self.member(request, "alliance.say")
        asked = await body_of(request, Said)
        text, account = plain(asked.text), member.account
        check_word(text)
        if asked.lesson and not await self._is_ours(member, asked.lesson):
            raise Refused("not-there", "this lesson is not of this alliance")
        home = member.own.id if member.own else ""
        who = account.name, account.shown, home
        word = Word(0, member.alliance.id, asked.lesson, asked.parent, *who, time.time(), text)
        await self._registry.say(word)
        await self._note(member, "alliance.say", asked.lesson)
        return json_of(await self._research(member))

    @door(login="alliance.read", gives=Together, refuses=MEMBER)
    async def exchanges(self, request: web.Request) -> web.Response:
        """What classes do together, and how much classrooms took part in this term's lessons."""
        member = await self.member(request, "alliance.read")
        return json_of(await self._together(member))

    @door(
        login="alliance.save",
        takes=NewExchange,
        gives=Together,
        refuses=(*CHANGES, "no-classroom", "one-school", "too-many"),
    )
    async def save(self, request: web.Request) -> web.Response:
        member = await self.leading(request)
        asked = await body_of(request, NewExchange)
        if asked.version:
            await self._exchange(member, asked.id)
        elif len(await self._registry.exchanges(member.alliance.id)) >= MOST_EVENTS:
            raise Refused("too-many", f"an alliance has at most {MOST_EVENTS} exchanges")
        if asked.lesson and not await self._is_ours(member, asked.lesson):
            raise Refused("not-there", "this lesson is not of this alliance")
        exchange = Exchange(
            asked.id if asked.version else secrets.token_hex(6),
            member.alliance.id,
            " ".join(plain(asked.title).split()),
            plain(asked.about),
            day=asked.day,
            rooms=list(dict.fromkeys(asked.rooms)),
            lesson=asked.lesson,
            version=asked.version,
        )
        check_exchange(exchange, {room.id: room.school for room in await self._rooms(member)})
        await self._registry.put(exchange)
        await self._note(member, "alliance.exchange", exchange.title)
        return json_of(await self._together(member))

    @door(
        login="alliance.save",
        gives=Nothing,
        asks={"version": int},
        refuses=(*CHANGES, "in-use", "malformed"),
    )
    async def remove(self, request: web.Request) -> web.Response:
        member, version = await self.leading(request), seen_version(request)
        exchange = await self._exchange(member, request.match_info["exchange"])
        await self._registry.remove(Exchange, exchange.id, version)
        await self._note(member, "alliance.exchange", exchange.title)
        return json_of(Nothing())

    async def _research(self, member: Member) -> Research:
        ours = {a.name: a for a in await self._registry.accounts() if a.school in member.names}
        prepared = await self._registry.prepared(ours)
        names = {one.teacher: ours[one.teacher].shown for one in prepared}
        return Research(prepared, names, await self._registry.said(member.alliance.id))

    async def _is_ours(self, member: Member, lesson: str) -> bool:
        card = await self._registry.lesson(LessonId(lesson))
        teacher = await self._registry.account(card.teacher) if card else None
        return teacher is not None and teacher.school in member.names

    async def _together(self, member: Member) -> Together:
        exchanges = await self._registry.exchanges(member.alliance.id)
        held = await self._registry.rooms_of({one.lesson for one in exchanges if one.lesson})
        rooms = await self._rooms(member)
        did = await self._registry.taken_part(*await self.days(), member.ids)
        by = _school_of(member, rooms)
        schools = {one.id: BySchool(one.id, 0, 0, 0, 0.0, 0, 0) for one in member.schools}
        for one in did:
            if school := by.get(one.room):
                _add(schools[school], one)
        return Together(exchanges, held, rooms, list(schools.values()))

    async def _rooms(self, member: Member) -> list[Classroom]:
        return [r for one in member.ids for r in await self._registry.classrooms(school=one)]

    async def _exchange(self, member: Member, id_: str) -> Exchange:
        exchange = await self._registry.exchange(id_)
        if exchange is None or exchange.alliance != member.alliance.id:
            raise Refused("not-there", "there is no such exchange")
        return exchange


def _school_of(member: Member, rooms: list[Classroom]) -> dict[str, str]:
    """The school of every name by which a classroom may have come in, if it is only one's."""
    names = {one.id: one.name for one in member.schools}
    found: dict[str, str] = {}
    for room in rooms:
        for spelt in spellings(names[room.school], room.name):
            if spelt != room.name:  # two schools have a class of this name
                found[spelt] = room.school
    return found | {one.name: one.id for one in member.schools}


def _add(to: BySchool, one: TakenPart) -> None:
    to.lessons += one.lessons
    to.hands += one.hands
    to.words += one.words
    to.on_stage = round(to.on_stage + one.on_stage, 2)
    to.pupils += one.pupils
    to.here += one.here
