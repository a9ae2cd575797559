"""Studios over HTTP: founded by administrators, led by their masters, and who comes to them."""

import secrets
import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope, scope
from synclass.ports import Account
from synclass.postclass.homework import plain
from synclass.school.studio import (
    MOST_APPRENTICES,
    MOST_STUDIOS,
    Apprentice,
    Standing,
    Studio,
    check_studio,
    id_of,
)
from synclass.words import Role

from .api import body_of, json_of, seen_version
from .doors import Nothing, door
from .visiting import STUDIO, Page, Visit, Visits, school_names

TEACHES = {Role.TEACHER, Role.CO_TEACHER}
"""Who may come to a studio: those who teach, here or in a village."""
CHANGES = (*STUDIO, "not-yours", "bad-id", "bad-text", "changed-meanwhile", "not-there", "taken")
COMING = (*STUDIO, "not-yours", "no-teacher", "too-many", "changed-meanwhile", "not-there", "taken")


class Line(Struct):
    """A studio in a list."""

    studio: Studio
    master: str
    """As people say the name."""
    school: str
    apprentices: int
    mine: bool
    """Whether one is in it."""


class Studios(Struct):
    studios: list[Line]
    founds: bool
    """Whether one may found another."""


class NewStudio(Struct):
    name: str
    subject: str
    master: str
    about: str = ""


class ChangedStudio(Struct):
    name: str
    subject: str
    about: str
    version: int


class Called(Struct):
    account: str
    version: int = 0
    """Of who asked to come; 0 for whom nobody has asked yet."""


class Coming(Struct):
    version: int = 0
    """Of the invitation; 0 where there is none."""


class StudioPages(Visits):
    def routes(self) -> list[web.RouteDef]:
        of = "/api/studios/{studio}"
        return [
            web.get("/api/studios", self.studios),
            web.post("/api/studios", self.found),
            web.get(of, self.studio),
            web.post(of, self.save),
            web.delete(of, self.close),
            web.post(f"{of}/join", self.join),
            web.delete(f"{of}/join", self.leave),
            web.post(f"{of}/apprentices", self.call),
            web.delete(f"{of}/apprentices/{{account}}", self.release),
        ]

    @door(login="studio.read", gives=Studios)
    async def studios(self, request: web.Request) -> web.Response:
        """All of the region, by subject."""
        account, _ = await self._logins.require(request, "studio.read")
        found = await self._registry.studios()
        masters = await self._registry.accounts_named({one.master for one in found})
        names = await school_names(self._registry)
        came = [a for a in await self._registry.apprentices() if a.standing is Standing.IN]
        lines = []
        for one in found:
            of = {a.account for a in came if a.studio == one.id}
            master = masters.get(one.master)
            shown = (master.shown, names.get(master.school, master.school)) if master else ("", "")
            lines.append(Line(one, *shown, len(of), account.name in {one.master, *of}))
        return json_of(Studios(lines, scope(account.role, "studio.found") > Scope.NONE))

    @door(
        login="studio.found",
        takes=NewStudio,
        gives=Page,
        refuses=("not-yours", "bad-text", "no-teacher", "too-many"),
    )
    async def found(self, request: web.Request) -> web.Response:
        """A school's administrator founds one for a teacher of that school."""
        account, _ = await self._logins.require(request, "studio.found")
        asked = await body_of(request, NewStudio)
        words = " ".join(plain(asked.name).split()), plain(asked.subject).strip()
        studio = Studio(secrets.token_hex(6), *words, asked.master, plain(asked.about))
        check_studio(studio)
        master = await self._registry.account(studio.master)
        if master is None or master.role is not Role.TEACHER:
            raise Refused("no-teacher", "a studio's master is a teacher with an account")
        Visit(account, studio, master, []).must("studio.found")
        if len(await self._registry.studios()) >= MOST_STUDIOS:
            raise Refused("too-many", f"a region has at most {MOST_STUDIOS} studios")
        await self._registry.put(studio)
        await self.note(account, "studio.found", studio.name)
        return json_of(await self.page(account, studio.id))

    @door(login="studio.read", gives=Page, refuses=STUDIO)
    async def studio(self, request: web.Request) -> web.Response:
        """Its people and the lessons it opens; to those who are in it, what is said there."""
        visit = await self.visit(request, "studio.read")
        return json_of(await self.page(visit.account, visit.studio.id))

    @door(login="studio.save", takes=ChangedStudio, gives=Page, refuses=CHANGES)
    async def save(self, request: web.Request) -> web.Response:
        """Its master, or who looks after it, writes what it is."""
        visit = await self.visit(request, "studio.save")
        visit.must("studio.save")
        asked = await body_of(request, ChangedStudio)
        studio = structs.replace(
            visit.studio,
            name=" ".join(plain(asked.name).split()),
            subject=plain(asked.subject).strip(),
            about=plain(asked.about),
            version=asked.version,
        )
        check_studio(studio)
        if not studio.version:
            raise Refused("changed-meanwhile", "say which version of it you have seen")
        await self._registry.put(studio)
        await self.note(visit.account, "studio.save", studio.name)
        return json_of(await self.page(visit.account, studio.id))

    @door(
        login="studio.found",
        gives=Nothing,
        asks={"version": int},
        refuses=(*CHANGES, "in-use", "malformed"),
    )
    async def close(self, request: web.Request) -> web.Response:
        """And what was said in it; lessons stay what they are."""
        visit, version = await self.visit(request, "studio.found"), seen_version(request)
        visit.must("studio.found")
        await self._registry.remove(Studio, visit.studio.id, version)
        await self.note(visit.account, "studio.close", visit.studio.name)
        return json_of(Nothing())

    @door(login="studio.join", takes=Coming, gives=Page, refuses=COMING)
    async def join(self, request: web.Request) -> web.Response:
        """Ask to come, or come where the master has asked one to."""
        visit = await self.visit(request, "studio.join")
        asked, own = await body_of(request, Coming), visit.own
        invited = own is not None and own.standing is Standing.INVITED
        standing = Standing.IN if invited else Standing.ASKED
        return await self._stand(visit, visit.account, standing, asked.version)

    @door(
        login="studio.join",
        gives=Page,
        asks={"version": int},
        refuses=(*COMING, "in-use", "malformed"),
    )
    async def leave(self, request: web.Request) -> web.Response:
        """Leave it, or say no to an invitation, or ask no more."""
        visit, version = await self.visit(request, "studio.join"), seen_version(request)
        return await self._go(visit, visit.account.name, version)

    @door(login="studio.save", takes=Called, gives=Page, refuses=COMING)
    async def call(self, request: web.Request) -> web.Response:
        """Ask a teacher of any school to come, or take in who has asked."""
        visit = await self.visit(request, "studio.save")
        visit.must("studio.save")
        asked = await body_of(request, Called)
        account = await self._registry.account(asked.account)
        if account is None or account.role not in TEACHES:
            raise Refused("no-teacher", "an apprentice is a teacher with an account")
        came = any(
            a.account == account.name and a.standing is Standing.ASKED for a in visit.apprentices
        )
        standing = Standing.IN if came else Standing.INVITED
        return await self._stand(visit, account, standing, asked.version)

    @door(
        login="studio.save",
        gives=Page,
        asks={"version": int},
        refuses=(*COMING, "in-use", "malformed"),
    )
    async def release(self, request: web.Request) -> web.Response:
        """Who sits in a lesson by it is out of it within a second."""
        visit, version = await self.visit(request, "studio.save"), seen_version(request)
        visit.must("studio.save")
        return await self._go(visit, request.match_info["account"], version)

    async def _stand(
        self, visit: Visit, who: Account, standing: Standing, version: int
    ) -> web.Response:
        """Who is in stays in, and whoever waits goes on waiting."""
        studio, known = visit.studio, {a.account: a for a in visit.apprentices}
        before = known.get(who.name)
        if who.name == studio.master:
            raise Refused("no-teacher", "the master is no apprentice of the own studio")
        if before is None and len(known) >= MOST_APPRENTICES:
            raise Refused("too-many", f"a studio has at most {MOST_APPRENTICES} apprentices")
        if before is None or (before.standing is not Standing.IN and standing is Standing.IN):
            id_ = id_of(studio.id, who.name)
            new = Apprentice(id_, studio.id, who.name, standing, time.time(), version)
            await self._registry.put(new)
            await self.note(visit.account, f"studio.{standing}", f"{studio.name} {who.shown}")
        return json_of(await self.page(visit.account, studio.id))

    async def _go(self, visit: Visit, account: str, version: int) -> web.Response:
        studio = visit.studio
        await self._registry.remove(Apprentice, id_of(studio.id, account), version)
        await self.note(visit.account, "studio.release", f"{studio.name} {account}")
        return json_of(await self.page(visit.account, studio.id))
