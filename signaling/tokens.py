"""Programs' tokens over HTTP: made for some scopes and some days, shown once, taken back."""

import secrets
import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Registry, Token
from synclass.scopes import SCOPES

from .api import body_of, json_of, text_of
from .apikeys import hash_of
from .apikeys import text_of as spelt
from .doors import Nothing, door
from .login import Logins

MOST = 20  # tokens of an account
LONGEST_DAYS = 366  # of a token: one that nobody renews is one that nobody misses
DAY = 86400.0


class NewToken(Struct):
    name: str
    scopes: list[str]
    days: int = 90


class TokenShown(Struct):
    """A token as its owner sees it from then on."""

    id: str
    name: str
    scopes: list[str]
    made_at: float
    expires_at: float
    used_at: float


class TokenMade(Struct):
    """The only time that the token itself is told."""

    token: str
    shown: TokenShown


class TokensHeld(Struct):
    tokens: list[TokenShown]
    scopes: list[str]
    """All that there are."""


class Tokens:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/tokens", self.tokens),
            web.post("/api/tokens", self.make),
            web.delete("/api/tokens/{token}", self.revoke),
        ]

    @door(login="token.list", gives=TokensHeld)
    async def tokens(self, request: web.Request) -> web.Response:
        """One's own."""
        account, _ = await self._logins.require(request, "token.list")
        held = await self._registry.tokens(account.name)
        return json_of(TokensHeld([_shown(token) for token in held], list(SCOPES)))

    @door(
        login="token.make",
        takes=NewToken,
        gives=TokenMade,
        refuses=("bad-text", "bad-scope", "bad-number", "too-many"),
    )
    async def make(self, request: web.Request) -> web.Response:
        """For a program that acts for oneself, as far as the scopes go; the token is told once."""
        account, _ = await self._logins.require(request, "token.make")
        asked = await body_of(request, NewToken)
        scopes = [scope for scope in SCOPES if scope in asked.scopes]
        if not scopes or len(scopes) < len(set(asked.scopes)):
            raise Refused("bad-scope", f"scopes are some of: {', '.join(SCOPES)}")
        if not 1 <= asked.days <= LONGEST_DAYS:
            raise Refused("bad-number", f"a token lasts 1 to {LONGEST_DAYS} days")
        if len(await self._registry.tokens(account.name)) >= MOST:
            raise Refused("too-many", f"there are {MOST} tokens: take back those not in use")
        now, secret, id_ = time.time(), secrets.token_urlsafe(24), secrets.token_hex(5)
        name, ends = text_of(asked.name, "name"), now + asked.days * DAY
        token = Token(id_, account.name, name, hash_of(secret), scopes, now, ends)
        await self._registry.save_token(token)
        await self._registry.note(now, account.name, "token.make", f"{id_} {' '.join(scopes)}")
        return json_of(TokenMade(spelt(id_, secret), _shown(token)))

    @door(login="token.revoke", gives=Nothing, refuses=("not-there",))
    async def revoke(self, request: web.Request) -> web.Response:
        """It opens nothing from now on."""
        account, _ = await self._logins.require(request, "token.revoke")
        token = await self._registry.token(request.match_info["token"])
        if token is None or token.account != account.name:
            raise Refused("not-there", "you have no such token")
        await self._registry.remove_token(token.id)
        await self._registry.note(time.time(), account.name, "token.revoke", token.id)
        return json_of(Nothing())


def _shown(token: Token) -> TokenShown:
    times = token.made_at, token.expires_at, token.used_at
    return TokenShown(token.id, token.name, token.scopes, *times)
