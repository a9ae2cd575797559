"""Accounts and the audit log over HTTP, for those who look after a district or a school."""

import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope, covers
from synclass.ports import Account, Registry
from synclass.words import WITHOUT_ACCOUNT, Role

from .api import LONGEST_NAME, body_of, json_of, text_of
from .doors import door
from .login import Logins, Shown, shown_of
from .passwords import checked_name, hashed


class NewAccount(Struct):
    name: str
    shown: str
    role: Role
    password: str
    school: str = ""
    replace: bool = False
    """Meant to change an account there is; without it, a name in use is refused."""


class NewPassword(Struct):
    old: str
    new: str


class People(Struct):
    accounts: list[Shown]


class Line(Struct):
    """A line of the audit log."""

    wall: float
    """Unix seconds."""
    who: str
    act: str
    what: str


class Notes(Struct):
    notes: list[Line]


class Accounts:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry = registry
        self._logins = logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/accounts", self.accounts),
            web.post("/api/accounts", self.save_account),
            web.post("/api/password", self.change_password),
            web.get("/api/audit", self.audit),
        ]

    @door(login="account.list", gives=People)
    async def accounts(self, request: web.Request) -> web.Response:
        """Everybody; to who looks after one school, its people."""
        admin, reach = await self._logins.require(request, "account.list")
        people = await self._registry.accounts()
        return json_of(People([shown_of(a) for a in people if within_reach(admin, reach, a)]))

    @door(
        login="account.save",
        takes=NewAccount,
        gives=Shown,
        refuses=(
            *("bad-role", "bad-name", "bad-text", "name-taken", "weak-password", "not-yours"),
            "no-school",
        ),
    )
    async def save_account(self, request: web.Request) -> web.Response:
        """Add an account, or replace one; who looks after one school, only there."""
        admin, reach = await self._logins.require(request, "account.save")
        asked = await body_of(request, NewAccount)
        if asked.role in WITHOUT_ACCOUNT:
            raise Refused("bad-role", f"a {asked.role} has no account")
        name, words = checked_name(asked.name), text_of(asked.shown, "shown")
        before = await self._registry.account(name)
        school = await school_named(self._registry, asked.school)
        account = Account(
            name, words, asked.role, school, hashed(asked.password), name != admin.name
        )
        for one in filter(None, (before, account)):
            if not within_reach(admin, reach, one):
                raise Refused("not-yours", "this is an account of another school")
        if before is not None and not asked.replace:
            raise Refused("name-taken", "there is an account of this name")
        await self._registry.save_account(account)
        await self._registry.note(time.time(), admin.name, "account.save", name)
        return json_of(shown_of(account))

    @door(
        login="password.change",
        takes=NewPassword,
        gives=Shown,
        refuses=("wrong-password", "slow-down", "weak-password", "same-password"),
    )
    async def change_password(self, request: web.Request) -> web.Response:
        """Choose a password of one's own; all other logins of the old one end."""
        account = await self._logins.account(request)
        if account is None:
            raise Refused("login", "log in first")
        asked = await body_of(request, NewPassword)
        address = request.remote or ""
        await self._logins.login(account.name, asked.old, address=address)
        if asked.new == asked.old:
            raise Refused("same-password", "this is the password you have")
        changed = structs.replace(account, password=hashed(asked.new), given=False)
        await self._registry.save_account(changed)
        await self._registry.note(time.time(), account.name, "password.change", "")
        response = json_of(shown_of(changed))
        self._logins.remember(response, changed, secure=request.secure)
        return response

    @door(login="audit.read", gives=Notes)
    async def audit(self, request: web.Request) -> web.Response:
        """The newest lines of the audit log."""
        await self._logins.require(request, "audit.read")
        return json_of(Notes([Line(*note) for note in await self._registry.notes()]))


def within_reach(admin: Account, reach: Scope, account: Account) -> bool:
    """Whether it is one that this administrator makes and changes."""
    near = account.school == admin.school
    return covers(reach, own=account.name == admin.name and near, near=near)


async def school_named(registry: Registry, named: str) -> str:
    """The name of the district's school of this id or name; "" is the whole district.

    Raises Refused("no-school"); where no school is known yet, any name will do.
    """
    named = " ".join(named.split())[:LONGEST_NAME]
    schools = await registry.schools() if named else []
    for school in schools:
        if named in (school.id, school.name):
            return school.name
    if schools:
        raise Refused("no-school", f"the district has no school {named}")
    return named
