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
from synclass.permissions import Scope, scope
from synclass.ports import Account, LessonCard, Registry, Within
from synclass.postclass.wording import Line, found_in
from synclass.school.timetable import Kind
from synclass.tickets import LIFETIME, Ticket, sign
from synclass.words import LessonId, Participant, ParticipantId, Role

from .doors import Nothing, door
from .limits import Limiter
from .login import Logins, Shown, proof_of, shown_of, too_many
from .rooms import Rooms

LONGEST_BODY = 64 * 1024  # bytes
LONGEST_NAME = 60  # characters
MOST, FAR = 200, 5000  # lessons in a list; as many are looked through for those of one school
ASKS = {"text": str, "subject": str, "teacher": str, "since": float, "until": float}
ASKS |= {"kind": str, "course": str}
STATUS = {
    **dict.fromkeys(("login", "wrong-password", "bad-ticket", "ticket-expired"), 401),
    **dict.fromkeys(("no-lesson", "no-account", "no-recording", "no-page"), 404),
    **dict.fromkeys(
        ("no-film", "no-room", "no-homework", "no-work", "no-picture", "no-rubric"), 404
    ),
    **dict.fromkeys(("no-version", "no-remark"), 404),
    **dict.fromkeys(("no-alliance", "no-word", "no-studio"), 404),
    **dict.fromkeys(("no-calendar", "no-course", "no-contest"), 404),
    **dict.fromkeys(("no-school", "no-classroom", "no-sheet", "no-kind", "not-there"), 404),
    **dict.fromkeys(("changed-meanwhile", "taken", "in-use", "clash", "full", "marked"), 409),
    **dict.fromkeys(("code-taken", "name-taken", "held-elsewhere", "still-live", "held"), 409),
    **{"erased": 410, "no-ticket": 401, "too-large": 413, "busy": 503, "slow-down": 429},
    **dict.fromkeys(("sdp-nonsense", "bad-request", "malformed"), 400),
    **{"no-session": 404, "no-path": 404, "no-method": 405, "not-acceptable": 406},
    **{"stale-session": 412, "sdp-too-large": 413, "media-type": 415, "no-precondition": 428},
    **dict.fromkeys(("no-codec", "no-track", "no-bundle", "too-many-sections"), 422),
    **dict.fromkeys(("no-device", "bad-token"), 401),
    **{"no-oidc": 404, "no-invitation": 404, "invitation-used": 410, "invitation-expired": 410},
    **{"no-fingerprint": 422, "not-paired": 409, "wrong-code": 404},
}
HTTP = {404: "no-path", 405: "no-method", 413: "too-large"}
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
    kind: str = ""
    """Of the timetable's kinds, or none of them."""


class Me(Struct):
    account: Shown | None


class Card(Struct):
    """A lesson as people see it: with the teacher's name, and how many are there now."""

    id: LessonId
    title: str
    subject: str
    teacher: str
    code: str
    made_at: float
    began_at: float
    ended_at: float
    by: str
    present: int
    kind: str = ""
    course: str = ""
    held: bool = False
    """Nobody may erase it."""
    found: Line | None = None
    """Where the words were that were looked for, if in the lesson itself."""


class Cards(Struct):
    lessons: list[Card]


class Admitted(Struct):
    """What opens a lesson, and what it is called."""

    lesson: LessonId
    ticket: str
    title: str
    subject: str
    teacher: str


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Our three families of errors as JSON that a program and a person can read."""
    try:
        return await handler(request)
    except Refused as error:
        return error_json(STATUS.get(error.code, 403), error.code, str(error), error.parts)
    except Malformed as error:
        return error_json(400, error.code, str(error))
    except Unavailable as error:
        return error_json(503, error.code, str(error))
    except web.HTTPClientError as error:  # of the HTTP server itself
        code = HTTP.get(error.status, "malformed")
        answer = error_json(error.status, code, error.reason)
        answer.headers.update({k: v for k, v in error.headers.items() if k == "Allow"})
        return answer


def error_json(
    status: int, code: str, message: str, parts: Mapping[str, str] | None = None
) -> web.Response:
    said: dict[str, object] = {"code": code, "message": message}
    return web.json_response(said | ({"parts": parts} if parts else {}), status=status)


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
            web.post("/api/door", self.knock),
            web.get("/api/door/qr.svg", self.qr),
            web.get("/api/lessons", self.lessons),
            web.post("/api/lessons", self.make_lesson),
            web.get("/api/lessons/{lesson}", self.lesson),
            web.post("/api/lessons/{lesson}/ticket", self.ticket),
        ]

    @door(open="login.read", gives=Me)
    async def me(self, request: web.Request) -> web.Response:
        """Who is logged in at this browser."""
        account = await self._logins.account(request)
        return json_of(Me(shown_of(account) if account else None))

    @door(open="login.try", takes=Credentials, gives=Me, refuses=("wrong-password", "slow-down"))
    async def login(self, request: web.Request) -> web.Response:
        """Log in: the answer sets the cookie of the login."""
        asked = await body_of(request, Credentials)
        address = request.remote or ""
        account = await self._logins.login(asked.name, asked.password, address=address)
        response = json_of(Me(shown_of(account)))
        self._logins.remember(response, account, secure=request.secure)
        return response

    @door(open="login.end", gives=Nothing)
    async def logout(self, request: web.Request) -> web.Response:
        """Log out: the cookie goes."""
        response = json_of(Nothing())
        self._logins.forget(response)
        return response

    @door(
        open="door.knock",
        takes=Knock,
        gives=Admitted,
        refuses=("no-lesson", "slow-down", "bad-text"),
    )
    async def knock(self, request: web.Request) -> web.Response:
        """A room comes in by the six digits; its ticket lasts the school day."""
        asked = await body_of(request, Knock)
        name, address = text_of(asked.name, "name"), request.remote or ""
        too_many(self._knocks.wait(address, time.monotonic()))
        card = await self._registry.lesson_by_code(asked.code)
        if card is None or not asked.code:  # who knows the code is never held up
            self._knocks.take(address, time.monotonic())
            raise Refused("no-lesson", "there is no lesson with this code")
        id_ = ParticipantId(f"room-{secrets.token_hex(5)}")
        return self._ticket(card, Participant(id_, name, Role.CLASSROOM, name))

    @door(open="door.picture", gives="image/svg+xml", asks={"code": str}, refuses=("malformed",))
    async def qr(self, request: web.Request) -> web.Response:
        """The door's address with the code, as a picture to point a camera at."""
        code = request.query.get("code", "")
        if not (len(code) == 6 and code.isdecimal()):
            raise Malformed("a code has six digits")
        picture = io.BytesIO()
        address = f"{request.scheme}://{request.host}/?code={code}"
        segno.make(address, error="m").save(picture, kind="svg", scale=8, border=2)
        return web.Response(body=picture.getvalue(), content_type="image/svg+xml")

    @door(login="lesson.list", gives=Cards, asks=ASKS, refuses=("bad-number",))
    async def lessons(self, request: web.Request) -> web.Response:
        """Lessons, newest first, as far as one may see them."""
        account, reach = await self._logins.require(request, "lesson.list")
        own = reach is Scope.OWN
        within = _within(request, account.name if own else request.query.get("teacher", ""))
        watches = scope(account.role, "recording.watch", school=account.school) >= reach
        within = msgspec.structs.replace(within, inside=watches)
        text = request.query.get("text", "")[:100]
        near = reach is Scope.SCHOOL
        cards = await self._registry.lessons(text=text, within=within, limit=FAR if near else MOST)
        people = await self._registry.accounts_named({card.teacher for card in cards})
        if near:
            mine = {a.name for a in people.values() if a.school == account.school}
            cards = [card for card in cards if card.teacher in mine][:MOST]
        held = {hold.lesson for hold in await self._registry.holds()}
        found = [self._card(c, people.get(c.teacher), held=c.id in held) for c in cards]
        lines = await self._found(cards, text) if watches else {}
        return json_of(
            Cards([msgspec.structs.replace(one, found=lines.get(one.id)) for one in found])
        )

    async def _found(self, cards: list[LessonCard], text: str) -> dict[LessonId, Line]:
        """Where in each lesson the words are; its title says where it is not for them."""
        words = text.split()
        kept = await self._registry.wordings([card.id for card in cards]) if words else {}
        lines = {id_: found_in(lines, words) for id_, lines in kept.items()}
        return {id_: line for id_, line in lines.items() if line}

    @door(login="lesson.make", takes=NewLesson, gives=Card, refuses=("bad-text", "bad-kind"))
    async def make_lesson(self, request: web.Request) -> web.Response:
        """Make a lesson; its code opens the door to classrooms."""
        account, _ = await self._logins.require(request, "lesson.make")
        asked = await body_of(request, NewLesson)
        title, subject = text_of(asked.title, "title"), asked.subject[:LONGEST_NAME]
        if asked.kind not in {"", *Kind}:
            raise Refused("bad-kind", f"a lesson is one of: {', '.join(Kind)}")
        for _ in range(20):
            card = LessonCard(
                id=LessonId(secrets.token_hex(6)),
                title=title,
                subject=subject,
                teacher=account.name,
                code=f"{secrets.randbelow(900_000) + 100_000}",
                made_at=time.time(),
                kind=asked.kind,
            )
            try:
                await self._registry.save_lesson(card)
            except Refused:
                continue
            return json_of(self._card(card, account))
        raise Unavailable("registry", "no free code was found")

    @door(login="lesson.list", gives=Card)
    async def lesson(self, request: web.Request) -> web.Response:
        """One lesson."""
        _, card = await self._logins.for_lesson(request, "lesson.list")
        held = await self._registry.hold(card.id) is not None
        return json_of(self._card(card, await self._registry.account(card.teacher), held=held))

    @door(login="lesson.enter", gives=Admitted)
    async def ticket(self, request: web.Request) -> web.Response:
        """Somebody with an account enters a lesson, in the role of the account."""
        account, card = await self._logins.for_lesson(request, "lesson.enter")
        await self._registry.note(time.time(), account.name, "lesson.enter", card.id)
        return self._ticket(card, account.holder, account)

    def _card(self, card: LessonCard, teacher: Account | None, *, held: bool = False) -> Card:
        room = self._rooms.live.get(card.id)
        present = len(room.members) if room else 0
        by = teacher.shown if teacher else ""
        return Card(**msgspec.structs.asdict(card), by=by, present=present, held=held)

    def _ticket(
        self, card: LessonCard, holder: Participant, account: Account | None = None
    ) -> web.Response:
        whose = (account.name, proof_of(account)) if account else ()
        ticket = sign(Ticket(card.id, holder, time.time() + LIFETIME, *whose), self._key)
        return json_of(Admitted(card.id, ticket, card.title, card.subject, card.teacher))


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
    kind, course = request.query.get("kind", ""), request.query.get("course", "")
    return Within(request.query.get("subject", ""), teacher, since, until, kind, course)


def json_of(body: Any) -> web.Response:
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


def seen_version(request: web.Request) -> int:
    """What ``?version=`` says; raises Malformed."""
    said = request.query.get("version", "")
    if not said.isdecimal() or len(said) > 9:
        raise Malformed("version= takes the number of the version that was seen")
    return int(said)


def text_of(text: str, field: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST_NAME:
        raise Refused("bad-text", f"{field}: 1 to {LONGEST_NAME} characters")
    return text
