"""Who is at the browser: passwords, the cookie of a login, and how often one may try."""

import asyncio
import hashlib
import re
import secrets
import time

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from synclass.errors import Refused
from synclass.permissions import Scope, scope
from synclass.ports import Account, Registry
from synclass.tickets import LIFETIME, Login, read, sign

from .limits import Limiter

COOKIE = "synclass"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
SHORTEST_PASSWORD = 8
_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody")  # an unknown name takes as long as a known one


class Logins:
    def __init__(self, registry: Registry, key: bytes) -> None:
        self._registry = registry
        self._key = key
        self._tries = Limiter(rate=1 / 5, burst=8)

    async def login(self, name: str, password: str, *, address: str) -> Account:
        """The account, or Refused("wrong-password") / Refused("slow-down")."""
        limit(self._tries, f"{address} {name}")
        account = await self._registry.account(name)
        kept = account.password if account else _nobody
        right = await asyncio.to_thread(_verify, kept, password)
        if account is None or not right:
            raise Refused("wrong-password", "the name or the password is not right")
        return account

    def remember(self, response: web.StreamResponse, account: Account, *, secure: bool) -> None:
        """Put the login into the browser's cookie."""
        login = Login(account.name, _proof(account), time.time() + LIFETIME)
        response.set_cookie(
            COOKIE, sign(login, self._key), httponly=True, samesite="Strict", secure=secure
        )

    async def account(self, request: web.Request) -> Account | None:
        """Whoever is logged in at this browser, as the registry knows them now."""
        if not (cookie := request.cookies.get(COOKIE)):
            return None
        try:
            login = read(cookie, Login, self._key, now=time.time())
        except Refused:
            return None
        account = await self._registry.account(login.account)
        known = account is not None and secrets.compare_digest(_proof(account), login.proof)
        return account if known else None

    async def require(self, request: web.Request, action: str) -> tuple[Account, Scope]:
        """Somebody who may do this, and how far; raises Refused("login") / ("not-allowed")."""
        account = await self.account(request)
        if account is None:
            raise Refused("login", "log in first")
        reach = scope(account.role, action)
        if reach is Scope.NONE:
            raise Refused("not-allowed", f"a {account.role} may not do this")
        return account, reach


def limit(limiter: Limiter, key: str) -> None:
    """Raise Refused("slow-down") where this key has tried too often."""
    if wait := limiter.take(key, time.monotonic()):
        raise Refused("slow-down", f"too many tries: wait {wait:.0f} seconds")


def hashed(password: str) -> str:
    """The password as it is kept (argon2id, RFC 9106); raises Refused("weak-password")."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("weak-password", f"at least {SHORTEST_PASSWORD} characters")
    return _hasher.hash(password)


def checked_name(name: str) -> str:
    """An account's name: raises Refused("bad-name")."""
    if not NAME.fullmatch(name):
        raise Refused("bad-name", "1 to 32 small letters, digits, dots and dashes")
    return name


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except VerificationError:
        return False


def _proof(account: Account) -> str:
    return hashlib.sha256(account.password.encode()).hexdigest()[:12]
