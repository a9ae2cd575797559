"""What a studio does over HTTP: it opens lessons, its people sit in them, and talk about them."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Registry
from synclass.postclass.homework import plain
from synclass.school.alliance import Word, check_word
from synclass.school.studio import MOST_OPEN, OpenLesson
from synclass.tickets import LIFETIME, Ticket, sign

from .api import Admitted, body_of, json_of, seen_version
from .doors import door
from .login import Logins, guest_of, proof_of
from .visiting import STUDIO, Page, Visits

OPENING = (*STUDIO, "not-in-studio", "changed-meanwhile", "not-there", "taken")


class Said(Struct):
    text: str
    lesson: str = ""
    parent: int = 0


class OpenLessons(Visits):
    def __init__(self, registry: Registry, logins: Logins, key: bytes) -> None:
        super().__init__(registry, logins)
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        of = "/api/studios/{studio}"
        return [
            web.post(f"{of}/lessons/{{lesson}}", self.open),
            web.delete(f"{of}/lessons/{{lesson}}", self.withdraw),
            web.post(f"{of}/lessons/{{lesson}}/ticket", self.sit_in),
            web.post(f"{of}/words", self.say),
        ]

    @door(login="studio.open", gives=Page, refuses=(*OPENING, "too-many"))
    async def open(self, request: web.Request) -> web.Response:
        """Somebody of the studio opens a lesson of their own to it: a future one, or any other."""
        account, card = await self._logins.for_lesson(request, "studio.open")
        visit = await self.visit_of(account, request.match_info["studio"])
        if not visit.inside:
            raise Refused("not-in-studio", "only the studio's people open lessons to it")
        if len(await self._registry.open_lessons(visit.studio.id)) >= MOST_OPEN:
            raise Refused("too-many", f"a studio opens at most {MOST_OPEN} lessons")
        await self._registry.put(OpenLesson(card.id, visit.studio.id, card.id, time.time()))
        await self.note(account, "studio.open", f"{visit.studio.name} {card.id}")
        return json_of(await self.page(account, visit.studio.id))

    @door(
        login="studio.open",
        gives=Page,
        asks={"version": int},
        refuses=(*OPENING, "in-use", "malformed"),
    )
    async def withdraw(self, request: web.Request) -> web.Response:
        """From then on it is for those again who could see it before."""
        account, card = await self._logins.for_lesson(request, "studio.open")
        version = seen_version(request)
        visit = await self.visit_of(account, request.match_info["studio"])
        await self._registry.remove(OpenLesson, card.id, version)
        await self.note(account, "studio.withdraw", f"{visit.studio.name} {card.id}")
        return json_of(await self.page(account, visit.studio.id))

    @door(login="studio.sit-in", gives=Admitted, refuses=("over", "own-lesson"))
    async def sit_in(self, request: web.Request) -> web.Response:
        """Sit in a lesson that has not ended: seen by those who teach, and by no classroom."""
        account, _ = await self._logins.require(request, "studio.sit-in")
        card = await self._logins.lesson_of(request)
        if card.teacher == account.name:
            raise Refused("own-lesson", "who teaches a lesson goes and teaches it")
        await self._logins.check_sitting_in(account, card)
        if card.ended_at:
            raise Refused("over", "this lesson is over: watch its recording")
        await self.note(account, "studio.sit-in", card.id)
        ends = time.time() + LIFETIME
        ticket = Ticket(card.id, guest_of(account), ends, account.name, proof_of(account))
        signed = sign(ticket, self._key)
        return json_of(Admitted(card.id, signed, card.title, card.subject, card.teacher))

    @door(
        login="studio.say",
        takes=Said,
        gives=Page,
        refuses=(*STUDIO, "not-in-studio", "bad-text", "no-word", "not-there", "too-many"),
    )
    async def say(self, request: web.Request) -> web.Response:
        """Of a lesson the studio opens, of teaching, or as an answer."""
        visit = await self.visit(request, "studio.say")
        asked, account = await body_of(request, Said), visit.account
        if not visit.inside:
            raise Refused("not-in-studio", "only the studio's people talk here")
        text = plain(asked.text)
        check_word(text)
        opened = await self._registry.open_lessons(visit.studio.id)
        if asked.lesson and asked.lesson not in {one.card.id for one in opened}:
            raise Refused("not-there", "the studio does not open this lesson")
        who = account.name, account.shown, account.school
        about = visit.studio.id, asked.lesson, asked.parent
        await self._registry.say_in_studio(Word(0, *about, *who, time.time(), text))
        await self.note(account, "studio.say", visit.studio.name)
        return json_of(await self.page(account, visit.studio.id))
