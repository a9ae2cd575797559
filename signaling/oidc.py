"""Login by OpenID Connect, there and back; a subject is the account it was linked to."""

import asyncio
import secrets
import time
from urllib.parse import urlencode

import structlog
from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused, Unavailable
from synclass.ports import Account, Registry, Subject
from synclass.tickets import Attempt, read, sign
from synclass.words import Role

from .accounts import within_reach
from .api import body_of, json_of
from .doors import Nothing, door
from .limits import Limiter
from .login import ELSEWHERE as COOKIE
from .login import ELSEWHERE_AT as PATH
from .login import Logins, proof_of, reach_of, too_many
from .passwords import hashed
from .provider import Provider

PATIENCE = 600.0  # seconds that somebody may take at the provider's
log = structlog.get_logger()


class Offered(Struct):
    name: str
    """What the other login is called, "" where there is none."""


class Linking(Struct):
    subject: str
    """As the provider knows them: the claim ``sub``."""


class Known(Struct):
    subject: str
    since: float
    """Unix seconds; 0 where that was not noted yet."""


class Linked(Struct):
    name: str
    """What the other login is called, "" where there is none."""
    subjects: list[Known]


class Away(Struct):
    to: str
    """Where the browser goes now, to come back."""


class OidcLogin:
    def __init__(
        self, registry: Registry, logins: Logins, provider: Provider | None, key: bytes
    ) -> None:
        self._registry, self._logins = registry, logins
        self._found, self._key = provider, key
        self._tries = Limiter(rate=1 / 5, burst=20)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(PATH, self.offered),
            web.get(f"{PATH}/start", self.start),
            web.get(f"{PATH}/back", self.back),
            web.get(f"{PATH}/mine", self.mine),
            web.post(f"{PATH}/mine", self.link_mine),
            web.delete(f"{PATH}/mine", self.unlink_mine),
            web.get("/api/accounts/{account}/subjects", self.subjects),
            web.post("/api/accounts/{account}/subjects", self.link),
            web.delete("/api/accounts/{account}/subjects", self.unlink),
        ]

    @property
    def _provider(self) -> Provider:
        if self._found is None:
            raise Refused("no-oidc", "there is no other login here")
        return self._found

    @property
    def _name(self) -> str:
        oidc = self._found.oidc if self._found else None
        return (oidc.name or oidc.issuer) if oidc else ""

    @door(open="login.read", gives=Offered)
    async def offered(self, request: web.Request) -> web.Response:
        """Whether somebody can log in elsewhere, and what that is called."""
        return json_of(Offered(self._name))

    @door(open="login.try", status=302, refuses=("no-oidc", "slow-down"))
    async def start(self, request: web.Request) -> web.Response:
        """Go there: state, nonce and the proof of this browser stay with it, signed."""
        attempt = self._begun(request)
        try:
            there = await self._provider.address(attempt, _back(request))
        except (Refused, Unavailable) as error:
            return _failed(error)
        return self._keep(_moved(there), attempt, request)

    @door(
        open="login.try",
        status=302,
        asks={"code": str, "state": str, "iss": str},
        refuses=("no-oidc",),
    )
    async def back(self, request: web.Request) -> web.Response:
        """Come back: logged in or linked, or the page one left says what is wrong."""
        provider, attempt = self._provider, self._kept(request)
        try:
            if attempt is None:
                raise Refused("bad-attempt", "this login was not begun here, or long ago")
            subject, claims = await self._identity(provider, attempt, request)
            if attempt.account:
                await self._link_own(provider, attempt, subject, request)
                response = _moved("/account?linked")
            else:
                account = await self._enter(provider, subject, claims)
                response = _moved("/home")
                self._logins.remember(response, account, secure=request.secure)
        except (Refused, Unavailable) as error:
            log.warning("other login", code=error.code, why=str(error))
            response = _failed(error, "/account" if attempt and attempt.account else "/login")
        response.del_cookie(COOKIE, path=PATH)  # an attempt is good for one coming back
        return response

    @door(login="login.link", gives=Linked)
    async def mine(self, request: web.Request) -> web.Response:
        """Who of the other login is one's own account, and since when."""
        account, _ = await self._logins.require(request, "login.link")
        return json_of(await self._linked(account))

    @door(login="login.link", gives=Away, refuses=("no-oidc", "slow-down", "bad-provider"))
    async def link_mine(self, request: web.Request) -> web.Response:
        """Begin to link whoever one is at the other login: the browser is to go there."""
        account, _ = await self._logins.require(request, "login.link")
        attempt = self._begun(request, account)
        there = await self._provider.address(attempt, _back(request))
        return self._keep(json_of(Away(there)), attempt, request)

    @door(login="login.link", gives=Nothing, refuses=("no-oidc",))
    async def unlink_mine(self, request: web.Request) -> web.Response:
        """Nobody of the other login is one's own account any more."""
        account, _ = await self._logins.require(request, "login.link")
        await self._unlink(account, by=account)
        return json_of(Nothing())

    def _begun(self, request: web.Request, account: Account | None = None) -> Attempt:
        """Raises Refused("no-oidc"), ("slow-down")."""
        assert self._provider
        too_many(self._tries.take(request.remote or "", time.monotonic()))
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        whose = (account.name, proof_of(account)) if account else ()
        return Attempt(state, nonce, verifier, time.time() + PATIENCE, *whose)

    def _keep(self, response: web.Response, attempt: Attempt, request: web.Request) -> web.Response:
        response.set_cookie(
            *(COOKIE, sign(attempt, self._key)),
            httponly=True,
            samesite="Lax",  # it must come along when the provider sends the browser back
            secure=request.secure,
            path=PATH,
            max_age=int(PATIENCE),
        )
        return response

    def _kept(self, request: web.Request) -> Attempt | None:
        """What this browser has begun and not too long ago."""
        try:
            return read(request.cookies.get(COOKIE, ""), Attempt, self._key, now=time.time())
        except Refused:
            return None

    async def _identity(
        self, provider: Provider, attempt: Attempt, request: web.Request
    ) -> tuple[str, dict[str, object]]:
        """(subject, claims) of who came back."""
        asked = request.query
        if not secrets.compare_digest(asked.get("state", ""), attempt.state):
            raise Refused("bad-attempt", "this is the answer to another login")
        if asked.get("iss", provider.oidc.issuer) != provider.oidc.issuer:  # RFC 9207
            raise Refused("bad-identity", "this is another provider's answer")
        if not (code := asked.get("code", "")):
            raise Refused("not-there", "the provider did not let you in")
        return await provider.identity(attempt, code, _back(request))

    async def _enter(self, provider: Provider, subject: str, claims: dict[str, object]) -> Account:
        account = await self._account(provider, subject, claims)
        await self._registry.note(time.time(), account.name, "login.oidc", subject)
        return await self._own(account)

    async def _link_own(
        self, provider: Provider, attempt: Attempt, subject: str, request: web.Request
    ) -> None:
        """To whoever began it, if they are still logged in as they were.

        A browser that comes from elsewhere does not send the login's cookie; one that does must
        not have become somebody else's meanwhile.
        """
        account = await self._logins.known(attempt.account, attempt.proof)
        here = await self._logins.account(request)
        if account is None or (here and here.name != account.name):
            raise Refused("bad-attempt", "whoever began this is not logged in any more")
        reach_of(account, "login.link")
        linked = Subject(provider.oidc.issuer, subject, account.name, time.time())
        await self._registry.link_subject(linked)
        what = f"{account.name} {subject}"
        await self._registry.note(time.time(), account.name, "account.link", what)

    async def _linked(self, account: Account) -> Linked:
        issuer = self._found.oidc.issuer if self._found else ""
        found = await self._registry.subjects(account.name)
        known = [Known(one.subject, one.since) for one in found if one.issuer == issuer]
        return Linked(self._name, known)

    async def _unlink(self, account: Account, *, by: Account) -> None:
        assert self._provider
        await self._registry.unlink_subjects(account.name)
        await self._registry.note(time.time(), by.name, "account.unlink", account.name)

    async def _account(
        self, provider: Provider, subject: str, claims: dict[str, object]
    ) -> Account:
        """The one it was linked to, or a claim names; nobody is made, no admin by a claim."""
        oidc = provider.oidc
        linked = await self._registry.subject(oidc.issuer, subject)
        name = linked.account if linked else claims.get(oidc.claim) if oidc.claim else None
        account = await self._registry.account(name) if isinstance(name, str) else None
        if account is None or (linked is None and account.role is Role.ADMIN):
            await self._registry.note(time.time(), "", "login.unlinked", subject)
            raise Refused("not-linked", f"no account is linked to {subject}", subject=subject)
        return account

    async def _own(self, account: Account) -> Account:
        """A password that an admin gave opens nothing from now on: who came proved who they are."""
        if not account.given:
            return account
        password = await asyncio.to_thread(hashed, secrets.token_urlsafe(32))
        changed = structs.replace(account, password=password, given=False)
        await self._registry.save_account(changed)
        return changed

    @door(login="account.link", gives=Linked, refuses=("no-oidc", "no-account", "not-yours"))
    async def subjects(self, request: web.Request) -> web.Response:
        """Who of the other login is this account."""
        _, account = await self._theirs(request)
        return json_of(await self._linked(account))

    @door(
        login="account.link",
        takes=Linking,
        gives=Nothing,
        refuses=("no-oidc", "no-account", "not-yours", "bad-text", "taken"),
    )
    async def link(self, request: web.Request) -> web.Response:
        """Whoever is this at the other login is this account from now on."""
        admin, account = await self._theirs(request)
        subject = (await body_of(request, Linking)).subject.strip()
        if not 0 < len(subject) <= 255 or not subject.isprintable():
            raise Refused("bad-text", "a subject has 1 to 255 characters")
        await self._registry.link_subject(
            Subject(self._provider.oidc.issuer, subject, account.name, time.time())
        )
        what = f"{account.name} {subject}"
        await self._registry.note(time.time(), admin.name, "account.link", what)
        return json_of(Nothing())

    @door(login="account.link", gives=Nothing, refuses=("no-oidc", "no-account", "not-yours"))
    async def unlink(self, request: web.Request) -> web.Response:
        """Nobody of another login is this account any more."""
        admin, account = await self._theirs(request)
        await self._unlink(account, by=admin)
        return json_of(Nothing())

    async def _theirs(self, request: web.Request) -> tuple[Account, Account]:
        admin, reach = await self._logins.require(request, "account.link")
        account = await self._registry.account(request.match_info["account"])
        if self._provider and account is None:
            raise Refused("no-account", "there is no such account")
        assert account is not None
        if not within_reach(admin, reach, account):
            raise Refused("not-yours", "this is an account of another school")
        return admin, account


def _back(request: web.Request) -> str:
    """Where the provider sends the browser to; it knows this address from the operator."""
    return f"{request.scheme}://{request.host}{PATH}/back"


def _moved(to: str) -> web.Response:
    return web.Response(status=302, headers={"Location": to, "Cache-Control": "no-store"})


def _failed(error: Refused | Unavailable, page: str = "/login") -> web.Response:
    parts = error.parts if isinstance(error, Refused) else {}
    return _moved(f"{page}?{urlencode({'problem': error.code} | dict(parts))}")
