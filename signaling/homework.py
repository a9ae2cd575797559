"""Homework over HTTP, for those with accounts: set by a teacher, handed in for a pupil, marked."""

import secrets
import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.ports import Account, LessonCard, Registry
from synclass.postclass.homework import (
    LONGEST_MARK,
    LONGEST_REMARK,
    Homework,
    Kind,
    Stroke,
    Work,
    as_pupil_sees,
    check_ink,
    check_task,
    plain,
)
from synclass.school.people import Part
from synclass.words import Role

from .album import Album
from .api import body_of, json_of
from .doors import Nothing, door
from .handing import HANDING, HandIn, Hands, Receipt, sheet_of
from .intake import Intake
from .login import Logins

READING = ("no-homework", "not-yours")


class NewHomework(Struct):
    text: str
    due: float
    """Wall time."""


class Handed(Struct):
    """A work as the list shows it: without its ink."""

    id: str
    pupil: str
    school: str
    kind: Kind
    handed_at: float
    mark: str
    remark: str
    marked_at: float
    returned_at: float


class Task(Struct):
    homework: Homework
    works: list[Handed]


class Tasks(Struct):
    title: str
    subject: str
    own: str
    """The school somebody hands in for, "" where that is nobody's."""
    tasks: list[Task]
    pupils: list[str]
    """Of that school, as its roster has them."""


class Marking(Struct):
    """The teacher's ink on top of a work; ``version`` is that of the work she saw."""

    version: int
    marks: list[Stroke]
    mark: str = ""
    remark: str = ""
    back: bool = False
    """It is returned: from now on its pupil reads it."""


class Homeworks:
    def __init__(self, registry: Registry, logins: Logins, intake: Intake, album: Album) -> None:
        self._registry, self._logins = registry, logins
        self._hands = Hands(registry, intake, album)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/homework", self.tasks),
            web.post("/api/lessons/{lesson}/homework", self.set_task),
            web.delete("/api/homework/{homework}", self.remove),
            web.post("/api/homework/{homework}/works", self.hand_in),
            web.post("/api/homework/{homework}/photos", self.hand_in_photo),
            web.get("/api/works/{work}", self.work),
            web.get("/api/works/{work}/picture", self.picture),
            web.post("/api/works/{work}/marks", self.mark),
        ]

    @door(login="homework.read", gives=Tasks)
    async def tasks(self, request: web.Request) -> web.Response:
        """A lesson's homework, and what was handed in; to a co-teacher, by her own school."""
        account, card = await self._logins.for_lesson(request, "homework.read")
        own = await self._own(account)
        found = []
        for homework in await self._registry.homework_of(card.id):
            works = await self._registry.works(homework.id, school=own)
            if not own and account.role is Role.CO_TEACHER:
                works = []
            found.append(Task(homework, [_handed(_shown(one, account)) for one in works]))
        pupils = await self._pupils(own) if own else []
        return json_of(Tasks(card.title, card.subject, own, found, pupils))

    @door(
        login="homework.set", takes=NewHomework, gives=Homework, refuses=("bad-text", "bad-moment")
    )
    async def set_task(self, request: web.Request) -> web.Response:
        """Set homework for a lesson; its code lets a pupil's own device hand in."""
        account, card = await self._logins.for_lesson(request, "homework.set")
        asked, now = await body_of(request, NewHomework), time.time()
        text = check_task(asked.text, asked.due, now)
        code = f"{secrets.randbelow(90_000_000) + 10_000_000}"
        homework = Homework(secrets.token_hex(8), card.id, text, asked.due, code, now)
        kept = await self._registry.put(homework)
        await self._registry.note(now, account.name, "homework.set", card.id)
        return json_of(kept)

    @door(login="homework.set", gives=Nothing, refuses=(*READING, "in-use", "changed-meanwhile"))
    async def remove(self, request: web.Request) -> web.Response:
        """Take homework back that nobody has handed in for."""
        account, _ = await self._logins.require(request, "homework.set")
        homework, _ = await self._homework(account, "homework.set", request.match_info["homework"])
        await self._registry.remove(Homework, homework.id, homework.version)
        await self._registry.note(time.time(), account.name, "homework.remove", homework.lesson)
        return json_of(Nothing())

    @door(login="homework.hand", takes=HandIn, gives=Receipt, refuses=(*READING, *HANDING))
    async def hand_in(self, request: web.Request) -> web.Response:
        """Typed or inked, for a pupil of one's own school."""
        account, homework = await self._handing(request)
        asked = structs.replace(await sheet_of(request, HandIn), school=await self._own(account))
        return json_of(await self._hands.take(homework, asked, by=account.name))

    @door(
        login="homework.hand",
        takes="application/octet-stream",
        gives="application/x-ndjson",
        asks={"pupil": str},
        refuses=(*READING, *HANDING, "too-large", "busy", "broken-file"),
    )
    async def hand_in_photo(self, request: web.Request) -> web.StreamResponse:
        """A photograph for a pupil of one's own school; the last line says ``receipt``."""
        account, homework = await self._handing(request)
        asked = HandIn(request.query.get("pupil", ""), await self._own(account))
        return await self._hands.take_photo(request, homework, asked, by=account.name)

    @door(login="homework.read", gives=Work, refuses=("no-work", *READING))
    async def work(self, request: web.Request) -> web.Response:
        account, _ = await self._logins.require(request, "homework.read")
        work, _ = await self._work(account, "homework.read", request.match_info["work"])
        return json_of(_shown(work, account))

    @door(login="homework.read", gives="image/webp", refuses=("no-work", "no-picture", *READING))
    async def picture(self, request: web.Request) -> web.Response:
        """The photograph of a work."""
        account, _ = await self._logins.require(request, "homework.read")
        work, _ = await self._work(account, "homework.read", request.match_info["work"])
        return await self._hands.picture(work)

    @door(
        login="homework.mark",
        takes=Marking,
        gives=Work,
        refuses=("no-work", *READING, "changed-meanwhile", "bad-text", "too-large"),
    )
    async def mark(self, request: web.Request) -> web.Response:
        """Mark a work on top; it may be marked again after it was returned."""
        account, _ = await self._logins.require(request, "homework.mark")
        asked, now = await sheet_of(request, Marking), time.time()
        work, _ = await self._work(account, "homework.mark", request.match_info["work"])
        check_ink(asked.marks, empty=True)
        mark, remark = plain(asked.mark), plain(asked.remark)
        if len(mark) > LONGEST_MARK or len(remark) > LONGEST_REMARK:
            raise Refused("bad-text", f"a remark has at most {LONGEST_REMARK} characters")
        marked = structs.replace(work, marks=asked.marks, mark=mark, remark=remark, marked_at=now)
        if asked.back:
            marked = structs.replace(marked, returned_at=now)
            await self._registry.note(now, account.name, "homework.return", work.id)
        return json_of(await self._registry.put(structs.replace(marked, version=asked.version)))

    async def _own(self, account: Account) -> str:
        """The name of the only school whose works somebody reads and hands in; "" for all."""
        if account.role is not Role.CO_TEACHER:
            return ""
        for school in await self._registry.schools():
            if account.school in (school.id, school.name):
                return school.name
        return account.school

    async def _pupils(self, name: str) -> list[str]:
        schools = [one.id for one in await self._registry.schools() if one.name == name]
        of = schools[0] if schools else ""
        people = await self._registry.people(school=of, part=Part.PUPIL, limit=1000) if of else []
        return [person.name for person in people]

    async def _handing(self, request: web.Request) -> tuple[Account, Homework]:
        account, _ = await self._logins.require(request, "homework.hand")
        if not account.school:
            raise Refused("not-yours", "this account is of no school: it hands in for nobody")
        id_ = request.match_info["homework"]
        return account, (await self._homework(account, "homework.read", id_))[0]

    async def _homework(
        self, account: Account, action: str, id_: str
    ) -> tuple[Homework, LessonCard]:
        """One of a lesson this right reaches; raises Refused."""
        homework = await self._registry.homework(id_)
        card = await self._registry.lesson(homework.lesson) if homework else None
        if homework is None or card is None:
            raise Refused("no-homework", "there is no such homework")
        await self._logins.check(account, action, card)
        return homework, card

    async def _work(self, account: Account, action: str, id_: str) -> tuple[Work, LessonCard]:
        work = await self._registry.work(id_)
        if work is None:
            raise Refused("no-work", "there is no such work")
        _, card = await self._homework(account, action, work.homework)
        if account.role is Role.CO_TEACHER and work.school != await self._own(account):
            raise Refused("not-yours", "this is a work of another school")
        return work, card


def _handed(work: Work) -> Handed:
    return Handed(**{name: getattr(work, name) for name in Handed.__struct_fields__})


def _shown(work: Work, account: Account) -> Work:
    """Its receipt is for who hands in; marks that are not returned are the teacher's alone."""
    if account.role is Role.CO_TEACHER:
        return as_pupil_sees(work)
    return structs.replace(work, receipt="")
