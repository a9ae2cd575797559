"""Who asks of a studio: its master, somebody who is in it, who looks after it, or any teacher."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope, covers, scope
from synclass.ports import Account, Registry
from synclass.school.alliance import Word
from synclass.school.studio import Apprentice, Standing, Studio, people_of
from synclass.words import LessonId, Stage

from .login import Logins

STUDIO = ("no-studio",)


class Visit(Struct, frozen=True):
    """Somebody, and the studio they ask of."""

    account: Account
    studio: Studio
    master: Account | None
    apprentices: list[Apprentice]
    """With those who are not in it yet."""

    @property
    def people(self) -> set[str]:
        """Accounts of those who are in it."""
        return people_of(self.studio, self.apprentices)

    @property
    def inside(self) -> bool:
        return self.account.name in self.people

    @property
    def own(self) -> Apprentice | None:
        """How the one who asks stands to it; the master is no apprentice."""
        return next((a for a in self.apprentices if a.account == self.account.name), None)

    def may(self, action: str) -> bool:
        """Whether their right reaches a studio of this master."""
        reach = scope(self.account.role, action, school=self.account.school)
        near = self.master is not None and self.master.school == self.account.school
        return covers(reach, own=self.account.name == self.studio.master, near=near)

    def must(self, action: str) -> None:
        """Raise Refused("not-yours") unless it does."""
        if not self.may(action):
            raise Refused("not-yours", "this is another teacher's studio")


class Colleague(Struct):
    """Somebody of the studio, as its page shows them."""

    account: str
    shown: str
    school: str
    """Its name."""
    standing: Standing
    version: int
    """0 for the master."""


class Opened(Struct):
    """A lesson that the studio opens."""

    lesson: LessonId
    title: str
    subject: str
    by: str
    stage: Stage
    at: float
    """When it began, or was made; wall time."""
    mine: bool
    version: int


class Page(Struct):
    """A studio; who is not in it is told of its people and lessons only."""

    studio: Studio
    people: list[Colleague]
    """The master first."""
    lessons: list[Opened]
    words: list[Word]
    schools: dict[str, str]
    """Their names, by what accounts call them."""
    inside: bool
    leads: bool
    """Whether one writes what it is, and says who comes to it."""
    founds: bool
    """Whether one may close it."""
    joins: bool
    """Whether one may ask to come."""
    me: str
    """One's own account."""
    standing: Standing | None
    """One's own, of an apprentice."""
    version: int
    """Of that."""


class Visits:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    async def visit(self, request: web.Request, action: str) -> Visit:
        """Whoever is logged in, has the right, and the studio a path names.

        Raises Refused("no-studio").
        """
        account, _ = await self._logins.require(request, action)
        return await self.visit_of(account, request.match_info["studio"])

    async def visit_of(self, account: Account, id_: str) -> Visit:
        studio = await self._registry.studio(id_)
        if studio is None:
            raise Refused("no-studio", "there is no such studio")
        master = await self._registry.account(studio.master)
        return Visit(account, studio, master, await self._registry.apprentices(studio=id_))

    async def page(self, account: Account, id_: str) -> Page:
        """The studio as it is now, for somebody."""
        visit = await self.visit_of(account, id_)
        leads, own, studio = visit.may("studio.save"), visit.own, visit.studio
        names = await school_names(self._registry)
        reads = visit.inside or leads or visit.may("patrol.look")
        words = await self._registry.said_in_studio(id_) if reads else []
        return Page(
            studio,
            await self._people(visit, names, everybody=leads),
            await self._lessons(visit),
            words,
            names if reads else {},
            *(visit.inside, leads, visit.may("studio.found")),
            *(not visit.inside and own is None and _joins(account), account.name),
            *((own.standing, own.version) if own else (None, 0)),
        )

    async def note(self, account: Account, act: str, what: str) -> None:
        await self._registry.note(time.time(), account.name, act, what)

    async def _people(
        self, visit: Visit, names: dict[str, str], *, everybody: bool
    ) -> list[Colleague]:
        """Who only asked, or was asked, is shown to those who decide."""
        shown = [a for a in visit.apprentices if everybody or a.standing is Standing.IN]
        known = await self._registry.accounts_named({one.account for one in shown})
        of = {visit.studio.master: (Standing.IN, 0)}
        of |= {one.account: (one.standing, one.version) for one in shown}
        accounts = {visit.studio.master: visit.master, **known}
        return [
            Colleague(name, a.shown, names.get(a.school, a.school), *of[name])
            for name in of
            if (a := accounts.get(name))
        ]

    async def _lessons(self, visit: Visit) -> list[Opened]:
        """Those of people who are in it."""
        opened = await self._registry.open_lessons(visit.studio.id)
        cards = [(one.open, one.card) for one in opened if one.card.teacher in visit.people]
        by = await self._registry.accounts_named({card.teacher for _, card in cards})
        return [
            Opened(
                *(card.id, card.title, card.subject),
                by[card.teacher].shown if card.teacher in by else "",
                _stage(card.began_at, card.ended_at),
                card.began_at or card.made_at,
                card.teacher == visit.account.name,
                one.version,
            )
            for one, card in cards
        ]


async def school_names(registry: Registry) -> dict[str, str]:
    """By what accounts call schools: their ids, or their names."""
    return {of: one.name for one in await registry.schools() for of in (one.id, one.name)}


def _stage(began_at: float, ended_at: float) -> Stage:
    return Stage.POSTCLASS if ended_at else Stage.INCLASS if began_at else Stage.PRECLASS


def _joins(account: Account) -> bool:
    return scope(account.role, "studio.join") > Scope.NONE
