"""Who is at the browser: passwords, the cookie of a login, and how often one may try."""

import asyncio
import hashlib
import secrets
import time
from functools import cache

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope, covers, scope
from synclass.ports import Account, LessonCard, Registry
from synclass.tickets import LIFETIME, Login, read, sign
from synclass.words import LessonId, Participant, Role

from . import apikeys
from .limits import Limiter
from .passwords import hashed, verify
from .sharing import circle, is_judged, is_of_studio

COOKIE = "synclass"
ELSEWHERE, ELSEWHERE_AT = "synclass-oidc", "/api/oidc"
"""The cookie of a login that was begun at another login, and where a browser sends it."""
SHARED = frozenset({"recording.watch", "board.print", "courseware.read", "lesson.list"})
"""What may be done with a lesson by whoever finds it in the library, or in a studio of theirs."""


class Shown(Struct):
    """An account as others see it."""

    name: str
    shown: str
    role: Role
    school: str
    given: bool = False
    """The password is still the one an admin gave."""


@cache
def _nobody() -> str:
    """An unknown name takes as long as a known one; made when first asked, not at every start."""
    return hashed(secrets.token_hex())


class Logins:
    def __init__(self, registry: Registry, key: bytes) -> None:
        self._registry = registry
        self._key = key
        self._tries = Limiter(rate=1 / 5, burst=8)

    async def login(self, name: str, password: str, *, address: str) -> Account:
        """The account, or Refused("wrong-password") / Refused("slow-down")."""
        too_many(self._tries.take(f"{address} {name}", time.monotonic()))
        account = await self._registry.account(name)
        kept = account.password if account else await asyncio.to_thread(_nobody)
        right = await asyncio.to_thread(verify, kept, password)
        if account is None or not right:
            raise Refused("wrong-password", "the name or the password is not right")
        return account

    def remember(self, response: web.StreamResponse, account: Account, *, secure: bool) -> None:
        """Put the login into the browser's cookie."""
        login = Login(account.name, proof_of(account), time.time() + LIFETIME)
        response.set_cookie(
            COOKIE, sign(login, self._key), httponly=True, samesite="Strict", secure=secure
        )

    def forget(self, response: web.StreamResponse) -> None:
        """Take the login out of the browser, and what it has begun elsewhere."""
        response.del_cookie(COOKIE)
        response.del_cookie(ELSEWHERE, path=ELSEWHERE_AT)

    async def account(self, request: web.Request) -> Account | None:
        """Whoever is logged in at this browser, as the registry knows them now."""
        if not (cookie := request.cookies.get(COOKIE)):
            return None
        try:
            login = read(cookie, Login, self._key, now=time.time())
        except Refused:
            return None
        return await self.known(login.account, login.proof)

    async def known(self, name: str, proof: str) -> Account | None:
        """The account of a name, if its password is still the one that was proved."""
        account = await self._registry.account(name)
        if account is None or not secrets.compare_digest(proof_of(account), proof):
            return None
        return account

    async def require(self, request: web.Request, action: str) -> tuple[Account, Scope]:
        """Somebody, or their program, who may do this, and how far.

        Raises Refused: login, not-allowed, password-given; of a program bad-token, token-scope.
        """
        if token := apikeys.sent(request):
            account: Account | None = await apikeys.owner(self._registry, token, action)
        else:
            account = await self.account(request)
        if account is None:
            raise Refused("login", "log in first")
        if account.given:
            raise Refused("password-given", "choose a password of your own first")
        return account, reach_of(account, action)

    async def for_lesson(self, request: web.Request, action: str) -> tuple[Account, LessonCard]:
        """Somebody who may do this with the lesson a path names; raises Refused."""
        account, _ = await self.require(request, action)
        card = await self.lesson_of(request)
        await self.check(account, action, card)
        return account, card

    async def lesson_of(self, request: web.Request) -> LessonCard:
        """The lesson a path names; raises Refused("no-lesson")."""
        card = await self._registry.lesson(LessonId(request.match_info["lesson"]))
        if card is None:
            raise Refused("no-lesson", "there is no such lesson")
        return card

    async def check(self, account: Account, action: str, card: LessonCard) -> None:
        """Raises Refused("not-allowed"), or ("not-yours") where the right does not reach so far."""
        if await self.reaches(account, action, card):
            return
        if action not in SHARED or not await self.is_shared(account, card):
            raise Refused("not-yours", "this is another teacher's or another school's lesson")

    async def reaches(self, account: Account, action: str, card: LessonCard) -> bool:
        """Whether the right itself does, shared or not; raises Refused("not-allowed")."""
        reach, near = reach_of(account, action), False
        if reach is Scope.SCHOOL:
            teacher = await self._registry.account(card.teacher)
            near = teacher is not None and teacher.school == account.school
        return covers(reach, own=card.teacher == account.name, near=near)

    async def is_shared(self, account: Account, card: LessonCard) -> bool:
        """Whether it is in the library for this account, or ended and of its studio, or judged."""
        resource = await self._registry.resource(card.id)
        if resource is not None and (await circle(self._registry, account)).finds(resource):
            return True
        if not card.ended_at:
            return False
        return await self._sits_in(account, card) or await self._judges(account, card)

    async def _judges(self, account: Account, card: LessonCard) -> bool:
        own = covers(scope(account.role, "contest.judge"), own=True)
        return own and await is_judged(self._registry, account, card)

    async def check_sitting_in(self, account: Account, card: LessonCard) -> None:
        """Raises Refused("not-yours") where no studio that somebody is in opens the lesson."""
        if not await self._sits_in(account, card):
            raise Refused("not-yours", "this lesson is not of a studio that you are in")

    async def _sits_in(self, account: Account, card: LessonCard) -> bool:
        own = covers(scope(account.role, "studio.sit-in", school=account.school), own=True)
        return own and await is_of_studio(self._registry, account, card)


def reach_of(account: Account, action: str) -> Scope:
    """How far somebody may do this; raises Refused("not-allowed")."""
    reach = scope(account.role, action, school=account.school)
    if reach is Scope.NONE:
        raise Refused("not-allowed", f"a {account.role} may not do this")
    return reach


def too_many(wait: float) -> None:
    """Raise Refused("slow-down") where there is a time to wait."""
    if wait:
        raise Refused("slow-down", f"too many tries: wait {wait:.0f} seconds")


def proof_of(account: Account) -> str:
    """Of the password somebody logged in with: another password, another proof."""
    return hashlib.sha256(account.password.encode()).hexdigest()[:12]


def guest_of(account: Account) -> Participant:
    """As whom somebody sits in another's lesson: seen by its staff alone, and sees no roster."""
    return structs.replace(account.holder, role=Role.GUEST)


def shown_of(account: Account) -> Shown:
    return Shown(account.name, account.shown, account.role, account.school, account.given)
