"""Plain HTTP for people: the door, the login, the list of lessons, accounts and the audit log."""

import io
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import msgspec
import segno
from aiohttp import web
from msgspec import Struct

from synclass.errors import Malformed, Refused, Unavailable
from synclass.permissions import Scope
from synclass.ports import Account, LessonCard, Registry, Within
from synclass.tickets import LIFETIME, Ticket, sign
from synclass.words import LessonId, Participant, ParticipantId, Role

from .limits import Limiter
from .login import COOKIE, Logins, too_many
from .passwords import checked_name, hashed
from .rooms import Rooms

LONGEST_BODY = 64 * 1024  # bytes
LONGEST_NAME = 60  # characters
STATUS = {
    **dict.fromkeys(("login", "wrong-password", "bad-ticket", "ticket-expired"), 401),
    **dict.fromkeys(("no-lesson", "no-account", "no-recording", "no-page"), 404),
    **dict.fromkeys(("no-film", "no-room"), 404),
    **dict.fromkeys(("code-taken", "name-taken", "held-elsewhere"), 409),
    **{"no-ticket": 401, "too-large": 413, "busy": 503, "slow-down": 429},
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body")


class Credentials(Struct):
    name: str
    password: str


class Knock(Struct):
    code: str
    name: str


class NewLesson(Struct):
    title: str
    subject: str = ""


class NewAccount(Struct):
    name: str
    shown: str
    role: Role
    password: str
    school: str = ""
    replace: bool = False
    """Meant to change an account there is; without it, a name in use is refused."""


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Our three families of errors as JSON that a program and a person can read."""
    try:
        return await handler(request)
    except Refused as error:
        return error_json(STATUS.get(error.code, 403), error.code, str(error))
    except Malformed as error:
        return error_json(400, error.code, str(error))
    except Unavailable as error:
        return error_json(503, error.code, str(error))


def error_json(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)


class Api:
    def __init__(self, *, registry: Registry, rooms: Rooms, logins: Logins, key: bytes) -> None:
        self._registry = registry
        self._rooms = rooms
        self._logins = logins
        self._key = key
        self._knocks = Limiter(rate=1 / 5, burst=10)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/me", self.me),
            web.post("/api/login", self.login),
            web.post("/api/logout", self.logout),
            web.post("/api/door", self.door),
            web.get("/api/door/qr.svg", self.qr),
            web.get("/api/lessons", self.lessons),
            web.post("/api/lessons", self.make_lesson),
            web.get("/api/lessons/{lesson}", self.lesson),
            web.post("/api/lessons/{lesson}/ticket", self.ticket),
            web.get("/api/accounts", self.accounts),
            web.post("/api/accounts", self.save_account),
            web.get("/api/audit", self.audit),
        ]

    async def me(self, request: web.Request) -> web.Response:
        account = await self._logins.account(request)
        return _json({"account": _shown(account) if account else None})

    async def login(self, request: web.Request) -> web.Response:
        asked = await body_of(request, Credentials)
        address = request.remote or ""
        account = await self._logins.login(asked.name, asked.password, address=address)
        response = _json({"account": _shown(account)})
        self._logins.remember(response, account, secure=request.secure)
        return response

    async def logout(self, request: web.Request) -> web.Response:
        response = _json({})
        response.del_cookie(COOKIE)
        return response

    async def door(self, request: web.Request) -> web.Response:
        """A room comes in by the six digits; its ticket lasts the school day."""
        asked = await body_of(request, Knock)
        name, address = _text(asked.name, "name"), request.remote or ""
        too_many(self._knocks.wait(address, time.monotonic()))
        card = await self._registry.lesson_by_code(asked.code)
        if card is None or not asked.code:  # who knows the code is never held up
            self._knocks.take(address, time.monotonic())
            raise Refused("no-lesson", "there is no lesson with this code")
        id_ = ParticipantId(f"room-{secrets.token_hex(5)}")
        return self._ticket(card, Participant(id_, name, Role.CLASSROOM, name))

    async def qr(self, request: web.Request) -> web.Response:
        """The door's address with the code, as a picture to point a camera at."""
        code = request.query.get("code", "")
        if not (len(code) == 6 and code.isdecimal()):
            raise Malformed("a code has six digits")
        picture = io.BytesIO()
        address = f"{request.scheme}://{request.host}/?code={code}"
        segno.make(address, error="m").save(picture, kind="svg", scale=8, border=2)
        return web.Response(body=picture.getvalue(), content_type="image/svg+xml")

    async def lessons(self, request: web.Request) -> web.Response:
        account, reach = await self._logins.require(request, "lesson.list")
        own = reach is not Scope.ALL and account.role is Role.TEACHER
        within = _within(request, account.name if own else request.query.get("teacher", ""))
        text = request.query.get("text", "")[:100]
        cards = await self._registry.lessons(text=text, within=within)
        shown = {a.name: a.shown for a in await self._registry.accounts()}
        return _json({"lessons": [self._card(card, shown) for card in cards]})

    async def make_lesson(self, request: web.Request) -> web.Response:
        account, _ = await self._logins.require(request, "lesson.make")
        asked = await body_of(request, NewLesson)
        title, subject = _text(asked.title, "title"), asked.subject[:LONGEST_NAME]
        for _ in range(20):
            card = LessonCard(
                id=LessonId(secrets.token_hex(6)),
                title=title,
                subject=subject,
                teacher=account.name,
                code=f"{secrets.randbelow(900_000) + 100_000}",
                made_at=time.time(),
            )
            try:
                await self._registry.save_lesson(card)
            except Refused:
                continue
            return _json(self._card(card, {account.name: account.shown}))
        raise Unavailable("registry", "no free code was found")

    async def lesson(self, request: web.Request) -> web.Response:
        await self._logins.require(request, "lesson.list")
        card = await self._find(request)
        teacher = await self._registry.account(card.teacher)
        return _json(self._card(card, {card.teacher: teacher.shown} if teacher else {}))

    async def ticket(self, request: web.Request) -> web.Response:
        """Somebody with an account enters a lesson, in the role of the account."""
        account, reach = await self._logins.require(request, "lesson.enter")
        card = await self._find(request)
        if reach is Scope.OWN and not _owns(account, card):
            raise Refused("not-yours", "this is another teacher's lesson")
        await self._registry.note(time.time(), account.name, "lesson.enter", card.id)
        return self._ticket(card, account.holder)

    async def accounts(self, request: web.Request) -> web.Response:
        await self._logins.require(request, "account.list")
        return _json({"accounts": [_shown(a) for a in await self._registry.accounts()]})

    async def save_account(self, request: web.Request) -> web.Response:
        admin, _ = await self._logins.require(request, "account.save")
        asked = await body_of(request, NewAccount)
        if asked.role in (Role.SYSTEM, Role.CLASSROOM):
            raise Refused("bad-role", "rooms come in by a code; the system has no account")
        name, shown = checked_name(asked.name), _text(asked.shown, "shown")
        if not asked.replace and await self._registry.account(name) is not None:
            raise Refused("name-taken", "there is an account of this name")
        school = asked.school[:LONGEST_NAME]
        account = Account(name, shown, asked.role, school, hashed(asked.password))
        await self._registry.save_account(account)
        await self._registry.note(time.time(), admin.name, "account.save", name)
        return _json(_shown(account))

    async def audit(self, request: web.Request) -> web.Response:
        await self._logins.require(request, "audit.read")
        notes = await self._registry.notes()
        rows = [{"wall": w, "who": who, "act": act, "what": what} for w, who, act, what in notes]
        return _json({"notes": rows})

    async def _find(self, request: web.Request) -> LessonCard:
        return await find_lesson(self._registry, request)

    def _card(self, card: LessonCard, shown: Mapping[str, str]) -> dict[str, Any]:
        """A card as people see it: with the teacher's name, and how many are there now."""
        room = self._rooms.live.get(card.id)
        now = {"by": shown.get(card.teacher, ""), "present": len(room.members) if room else 0}
        return {**msgspec.structs.asdict(card), **now}

    def _ticket(self, card: LessonCard, holder: Participant) -> web.Response:
        ticket = sign(Ticket(card.id, holder, time.time() + LIFETIME), self._key)
        names = {"title": card.title, "subject": card.subject, "teacher": card.teacher}
        return _json({"lesson": card.id, "ticket": ticket, **names})


async def find_lesson(registry: Registry, request: web.Request) -> LessonCard:
    """The lesson a path names, or Refused("no-lesson")."""
    card = await registry.lesson(LessonId(request.match_info["lesson"]))
    if card is None:
        raise Refused("no-lesson", "there is no such lesson")
    return card


def _within(request: web.Request, teacher: str) -> Within:
    """What ``?subject=``, ``?since=``, ``?until=`` (Unix seconds) leave of a teacher's lessons."""
    times = request.query.get("since", "0"), request.query.get("until", "inf")
    try:
        since, until = (float(time) for time in times)
    except ValueError as error:
        raise Refused("bad-number", "since= and until= take Unix seconds") from error
    return Within(request.query.get("subject", ""), teacher, since, until)


def _owns(account: Account, card: LessonCard) -> bool:
    return card.teacher == account.name


def _json(body: Any) -> web.Response:
    data = msgspec.json.encode(body)
    return web.Response(body=data, content_type="application/json", charset="utf-8")


async def body_of(request: web.Request, kind: type[Body]) -> Body:
    """The JSON of a request; another content type could be a forged form."""
    if request.content_type != "application/json":
        raise Malformed("send JSON, and say so")
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error


def _text(text: str, field: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST_NAME:
        raise Refused("bad-text", f"{field}: 1 to {LONGEST_NAME} characters")
    return text


def _shown(account: Account) -> dict[str, str]:
    return {
        "name": account.name,
        "shown": account.shown,
        "role": account.role,
        "school": account.school,
    }
