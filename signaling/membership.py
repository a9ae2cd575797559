"""Who asks of an alliance: by the school of their account, or because they look after all."""

import time
from datetime import date, timedelta

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope, scope
from synclass.ports import Account, Registry
from synclass.school.places import Alliance, School

from .login import Logins

MEMBER = ("no-alliance", "not-yours")
"""What whoever asks of an alliance may be refused with."""


DAYS = 120
"""Looked back where there is no term: about as long as one."""


class Member(Struct, frozen=True):
    """Somebody, the alliance they ask of, and its schools."""

    account: Account
    alliance: Alliance
    schools: list[School]
    own: School | None
    """Of the alliance; None for who looks after the district."""
    leads: bool
    """Writes for all of its schools."""

    @property
    def names(self) -> set[str]:
        """Of the schools, as accounts and resources name them."""
        return {name for one in self.schools for name in (one.id, one.name)}

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.schools]

    def at_home(self) -> School:
        """Their school; raises Refused("no-school")."""
        if self.own is None:
            raise Refused("no-school", "this is for people of the alliance's schools")
        return self.own


class Members:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    async def member(self, request: web.Request, action: str) -> Member:
        """Whoever may do this in the alliance that the path names.

        Raises Refused("no-alliance"), ("not-yours") in another one than one's own.
        """
        account, reach = await self._logins.require(request, action)
        alliance = await self._registry.alliance(request.match_info["alliance"])
        schools = await self._registry.schools(alliance=alliance.id)
        own = own_of(account, schools)
        if reach is not Scope.ALL and own is None:
            raise Refused("not-yours", "this is another alliance's")
        return Member(account, alliance, schools, own, _leads(account, own, alliance))

    async def leading(self, request: web.Request) -> Member:
        """Whoever writes for all schools of the alliance; raises Refused("not-leading") too."""
        member = await self.member(request, "alliance.save")
        if not member.leads:
            raise Refused("not-leading", "the school that leads the alliance writes this")
        return member

    async def _note(self, member: Member, act: str, what: str) -> None:
        about = f"{member.alliance.name} {what}".strip()
        await self._registry.note(time.time(), member.account.name, act, about)

    async def days(self) -> tuple[date, date]:
        """Of the newest term that has begun, until today."""
        today = date.today()
        begun = [one.first for one in await self._registry.terms() if one.first <= today]
        return max(begun, default=today - timedelta(days=DAYS)), today


def own_of(account: Account, schools: list[School]) -> School | None:
    """The school an account names, if it is one of these."""
    named = [one for one in schools if account.school in (one.id, one.name)]
    return named[0] if account.school and named else None


def _leads(account: Account, own: School | None, alliance: Alliance) -> bool:
    reach = scope(account.role, "alliance.save", school=account.school)
    return reach is Scope.ALL or (reach is Scope.SCHOOL and bool(own and own.id == alliance.lead))
