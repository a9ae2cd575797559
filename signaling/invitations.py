"""Invitations over HTTP: a link is handed over; who opens it chooses a name and a password."""

import asyncio
import secrets
import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope, scope
from synclass.ports import Account, Invitation, Registry
from synclass.words import WITHOUT_ACCOUNT, Role

from .accounts import school_named, within_reach
from .api import Me, body_of, json_of, text_of
from .apikeys import hash_of
from .doors import Nothing, door
from .limits import Limiter
from .login import Logins, shown_of, too_many
from .passwords import checked_name, hashed

MOST = 500  # that are open at a time, in the district
LONGEST_DAYS = 30
DAY = 86400.0
KEPT = 30 * DAY  # seconds that one is listed after it has expired
OPENS = ("no-invitation", "invitation-used", "invitation-expired", "slow-down")


class NewInvitation(Struct):
    shown: str
    role: Role
    school: str = ""
    days: int = 7


class InvitationShown(Struct):
    """One as the administrator sees it: ``account`` is "" while it was not accepted."""

    id: str
    shown: str
    role: Role
    school: str
    by: str
    made_at: float
    expires_at: float
    account: str


class InvitationMade(Struct):
    """The only time that the link is told: it is the address ``/invited#`` and this token."""

    token: str
    shown: InvitationShown


class InvitationsOpen(Struct):
    invitations: list[InvitationShown]


class Opened(Struct):
    token: str


class Accepting(Struct):
    token: str
    name: str
    """To log in by."""
    password: str


class Invited(Struct):
    """What whoever has the link is invited as."""

    shown: str
    role: Role
    school: str
    by: str
    """The name of whoever invited, as people say it."""


class Invitations:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins
        self._missed = Limiter(rate=1 / 5, burst=10)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/invitations", self.invitations),
            web.post("/api/invitations", self.make),
            web.delete("/api/invitations/{invitation}", self.revoke),
            web.post("/api/invited", self.look),
            web.post("/api/invited/account", self.accept),
        ]

    @door(login="invitation.list", gives=InvitationsOpen)
    async def invitations(self, request: web.Request) -> web.Response:
        """The district's, or those into one's school, the newest first."""
        admin, reach = await self._logins.require(request, "invitation.list")
        found = await self._registry.invitations()
        near = [_shown(one) for one in found if _is_near(admin, reach, one)]
        return json_of(InvitationsOpen(near))

    @door(
        login="invitation.make",
        takes=NewInvitation,
        gives=InvitationMade,
        refuses=("bad-role", "bad-text", "bad-number", "not-yours", "no-school", "too-many"),
    )
    async def make(self, request: web.Request) -> web.Response:
        """A link for one person; who looks after one school invites into that one only."""
        admin, reach = await self._logins.require(request, "invitation.make")
        now, secret = time.time(), secrets.token_urlsafe(24)
        made = await self._checked(await body_of(request, NewInvitation), admin.name, secret, now)
        if not _is_near(admin, reach, made):
            raise Refused("not-yours", "you may invite into your own school only")
        await self._registry.forget_invitations(now - KEPT)
        if len(await self._registry.invitations()) >= MOST:
            raise Refused("too-many", f"there are {MOST} invitations: take some back")
        await self._registry.save_invitation(made)
        what = f"{made.id} {made.shown} {made.role} {made.school}".strip()
        await self._registry.note(now, admin.name, "invitation.make", what)
        return json_of(InvitationMade(f"{made.id}_{secret}", _shown(made)))

    async def _checked(self, asked: NewInvitation, by: str, secret: str, now: float) -> Invitation:
        """Raises Refused: bad-role, bad-number, bad-text, no-school."""
        if asked.role in WITHOUT_ACCOUNT:
            raise Refused("bad-role", f"a {asked.role} has no account")
        if not 1 <= asked.days <= LONGEST_DAYS:
            raise Refused("bad-number", f"a link lasts 1 to {LONGEST_DAYS} days")
        shown = text_of(asked.shown, "shown")
        school = await school_named(self._registry, asked.school)
        told = secrets.token_hex(5), hash_of(secret), shown, asked.role, school, by
        return Invitation(*told, now, now + asked.days * DAY)

    @door(login="invitation.revoke", gives=Nothing, refuses=("not-there",))
    async def revoke(self, request: web.Request) -> web.Response:
        """Its link opens nothing from now on."""
        admin, reach = await self._logins.require(request, "invitation.revoke")
        found = await self._registry.invitation(request.match_info["invitation"])
        if found is None or not _is_near(admin, reach, found):
            raise Refused("not-there", "there is no such invitation")
        await self._registry.remove_invitation(found.id)
        await self._registry.note(time.time(), admin.name, "invitation.revoke", found.id)
        return json_of(Nothing())

    @door(open="invitation.open", takes=Opened, gives=Invited, refuses=OPENS)
    async def look(self, request: web.Request) -> web.Response:
        """As what, and by whom, the bearer of a link is invited."""
        found, by = await self._open(request, (await body_of(request, Opened)).token)
        return json_of(Invited(found.shown, found.role, found.school, by.shown))

    @door(
        open="invitation.accept",
        takes=Accepting,
        gives=Me,
        refuses=(*OPENS, "bad-name", "weak-password", "name-taken"),
    )
    async def accept(self, request: web.Request) -> web.Response:
        """The account is made, once; the answer sets the cookie of its login."""
        asked = await body_of(request, Accepting)
        found, _ = await self._open(request, asked.token)
        password = await asyncio.to_thread(hashed, asked.password)
        name = checked_name(asked.name)
        account = Account(name, found.shown, found.role, found.school, password)
        await self._registry.accept_invitation(found.id, account)
        what = f"{found.id} {found.by}"
        await self._registry.note(time.time(), name, "invitation.accept", what)
        response = json_of(Me(shown_of(account)))
        self._logins.remember(response, account, secure=request.secure)
        return response

    async def _open(self, request: web.Request, token: str) -> tuple[Invitation, Account]:
        """The one of this link, and who made it, if it may still be accepted; raises Refused.

        Whoever invited must still be allowed to: a right that is lowered takes its links along.
        """
        address, now = request.remote or "", time.monotonic()
        too_many(self._missed.wait(address, now))
        id_, _, secret = token.partition("_")
        found = await self._registry.invitation(id_)
        if found is None or not secrets.compare_digest(found.secret, hash_of(secret)):
            self._missed.take(address, now)
            raise Refused("no-invitation", "this link is not right, or was taken back")
        if found.account:
            raise Refused("invitation-used", "this link was used already")
        if time.time() >= found.expires_at:
            raise Refused("invitation-expired", "this link is too old")
        by = await self._registry.account(found.by)
        reach = scope(by.role, "invitation.make", school=by.school) if by else Scope.NONE
        if by is None or not _is_near(by, reach, found):
            raise Refused("no-invitation", "who invited you may not do so any more")
        return found, by


def _is_near(admin: Account, reach: Scope, one: Invitation) -> bool:
    """Whether an account of this invitation would be one that this administrator may make."""
    return within_reach(admin, reach, Account("", one.shown, one.role, one.school, ""))


def _shown(one: Invitation) -> InvitationShown:
    return InvitationShown(**{n: getattr(one, n) for n in InvitationShown.__struct_fields__})
