"""Contests over HTTP: announced, entered by teachers, judged by a rubric, closed with places."""

import asyncio
import secrets
import time
from datetime import date
from urllib.parse import quote

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.ports import Account, LessonCard, Registry
from synclass.postclass.contest import (
    MOST_CONTESTS,
    MOST_ENTRIES,
    Contest,
    Entered,
    Verdict,
    check_contest,
    check_takes_entries,
    check_verdict,
    id_of,
    judged_by,
    placed,
    sheet_of,
)
from synclass.postclass.evaluation import Criterion
from synclass.postclass.homework import plain
from synclass.words import LessonId, Role

from .api import body_of, json_of, seen_version
from .doors import Nothing, door
from .judging import Page, announces, page_of
from .login import Logins

CONTEST = ("no-contest",)
CHANGES = (*CONTEST, "changed-meanwhile", "not-there", "taken")
WRONG = ("bad-id", "bad-text", "bad-points", "bad-moment", "too-many", "no-judge")
ENTERING = (*CONTEST, "not-yours", "late", "contest-closed", "not-ended", "entered", "too-many")
JUDGES = {Role.TEACHER, Role.CO_TEACHER, Role.PATROL, Role.ADMIN}


class Line(Struct):
    """A contest in a list."""

    id: str
    title: str
    until: date
    closed_at: float
    entries: int
    judges: bool
    """Whether one is its judge."""
    judged: int
    """How many of its lessons one has judged."""


class Contests(Struct):
    contests: list[Line]
    announces: bool
    """Whether one may announce another."""


class Announced(Struct):
    title: str
    rubric: str
    criteria: list[Criterion]
    until: date
    judges: list[str]
    about: str = ""
    id: str = ""
    version: int = 0


class Given(Struct):
    points: list[int]
    summary: str = ""
    version: int = 0
    """Of what was given before; 0 for the first."""


class ContestPages:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        of = "/api/contests/{contest}"
        return [
            web.get("/api/contests", self.contests),
            web.post("/api/contests", self.announce),
            web.get(of, self.contest),
            web.delete(of, self.remove),
            web.post(f"{of}/close", self.close),
            web.get(f"{of}/places.csv", self.sheet),
            web.post(f"{of}/lessons/{{lesson}}", self.enter),
            web.delete(f"{of}/lessons/{{lesson}}", self.withdraw),
            web.post(f"{of}/lessons/{{lesson}}/verdict", self.judge),
        ]

    @door(login="contest.read", gives=Contests)
    async def contests(self, request: web.Request) -> web.Response:
        """All of the region; those that are judged first."""
        account, _ = await self._logins.require(request, "contest.read")
        entries, verdicts = await self._registry.entered(), await self._registry.verdicts()
        lines = []
        for one in await self._registry.contests():
            lessons = [entered.lesson for entered in entries if entered.contest == one.id]
            mine = [given for given in verdicts if given.contest == one.id]
            judged = judged_by(mine, account.name, lessons)
            what = one.id, one.title, one.until, one.closed_at
            lines.append(Line(*what, len(lessons), account.name in one.judges, judged))
        return json_of(Contests(lines, announces(account)))

    @door(login="contest.save", takes=Announced, gives=Page, refuses=(*CHANGES, *WRONG))
    async def announce(self, request: web.Request) -> web.Response:
        """Announce one, or change one while nothing has been judged by its rubric."""
        account, _ = await self._logins.require(request, "contest.save")
        asked = await body_of(request, Announced)
        before = await self._of(asked.id) if asked.id else None
        if before is None and len(await self._registry.contests()) >= MOST_CONTESTS:
            raise Refused("too-many", f"a region has at most {MOST_CONTESTS} contests")
        contest = _announced(asked)
        if before is not None:
            await self._check_changes(before, contest)
        check_contest(contest, date.today())
        await self._check_judges(contest.judges)
        kept = await self._registry.put(contest)
        await self._note(account, "contest.save", kept)
        return json_of(await page_of(self._registry, account, kept))

    @door(login="contest.read", gives=Page, refuses=CONTEST)
    async def contest(self, request: web.Request) -> web.Response:
        """What is in it for whoever asks: places when it is closed, to a judge what they gave."""
        account, contest = await self._asked(request, "contest.read")
        return json_of(await page_of(self._registry, account, contest))

    @door(
        login="contest.save", gives=Nothing, asks={"version": int}, refuses=(*CHANGES, "malformed")
    )
    async def remove(self, request: web.Request) -> web.Response:
        """With all that was entered and given."""
        account, contest = await self._asked(request, "contest.save")
        await self._registry.remove(Contest, contest.id, seen_version(request))
        await self._note(account, "contest.remove", contest)
        return json_of(Nothing())

    @door(
        login="contest.save",
        gives=Page,
        asks={"version": int},
        refuses=(*CHANGES, "contest-closed", "malformed"),
    )
    async def close(self, request: web.Request) -> web.Response:
        """Nobody judges any more, and everybody sees the places."""
        account, contest = await self._asked(request, "contest.save")
        _check_judged(contest)
        now = structs.replace(contest, closed_at=time.time(), version=seen_version(request))
        kept = await self._registry.put(now)
        await self._note(account, "contest.close", kept)
        return json_of(await page_of(self._registry, account, kept))

    @door(login="contest.read", gives="text/csv", refuses=(*CONTEST, "not-closed"))
    async def sheet(self, request: web.Request) -> web.Response:
        """The places as a sheet; no cell of it is a formula."""
        _, contest = await self._asked(request, "contest.read")
        if not contest.closed_at:
            raise Refused("not-closed", "places are shown when the contest is closed")
        entries = await self._registry.entered(contest.id)
        places = placed(contest, entries, await self._registry.verdicts(contest.id))
        data = await asyncio.to_thread(sheet_of, contest, places)
        response = web.Response(body=data, content_type="text/csv", charset="utf-8")
        name = quote(f"{contest.title}.csv", safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response

    @door(login="contest.enter", gives=Page, refuses=(*ENTERING, "no-lesson", "not-there"))
    async def enter(self, request: web.Request) -> web.Response:
        """A teacher enters one ended lesson of her own."""
        account, card = await self._logins.for_lesson(request, "contest.enter")
        contest = await self._of(request.match_info["contest"])
        check_takes_entries(contest, date.today())
        if not card.ended_at:
            raise Refused("not-ended", "a lesson is entered when it is over")
        entries = await self._registry.entered(contest.id)
        if any(one.teacher == account.name for one in entries):
            raise Refused("entered", "a teacher enters one lesson: withdraw the other first")
        if len(entries) >= MOST_ENTRIES:
            raise Refused("too-many", f"a contest has at most {MOST_ENTRIES} lessons")
        await self._registry.put(_entered(contest, card, account))
        await self._note(account, "contest.enter", contest, card.id)
        return json_of(await page_of(self._registry, account, contest))

    @door(
        login="contest.enter",
        gives=Page,
        asks={"version": int},
        refuses=(*ENTERING, "no-lesson", "changed-meanwhile", "not-there", "malformed"),
    )
    async def withdraw(self, request: web.Request) -> web.Response:
        """Until the day until which lessons are entered."""
        account, card = await self._logins.for_lesson(request, "contest.enter")
        contest = await self._of(request.match_info["contest"])
        check_takes_entries(contest, date.today())
        version = seen_version(request)
        await self._registry.remove(Entered, id_of(contest.id, account.name), version)
        await self._note(account, "contest.withdraw", contest, card.id)
        return json_of(await page_of(self._registry, account, contest))

    @door(
        login="contest.judge",
        takes=Given,
        gives=Page,
        refuses=(*CHANGES[1:], "not-yours", "own-lesson", "contest-closed", *WRONG[1:3]),
    )
    async def judge(self, request: web.Request) -> web.Response:
        """What a judge gives a lesson; until the contest is closed it may be changed."""
        account, _ = await self._logins.require(request, "contest.judge")
        card = await self._logins.lesson_of(request)
        if card.teacher == account.name:
            raise Refused("own-lesson", "nobody judges their own lesson")
        contest = await self._registry.contest(request.match_info["contest"])
        if contest is None or account.name not in contest.judges:
            raise Refused("not-yours", "this contest has other judges")
        _check_judged(contest)
        await self._check_entered(contest, card.id)
        asked = await body_of(request, Given)
        id_ = id_of(contest.id, card.id, account.name)
        verdict = Verdict(
            *(id_, contest.id, card.id, account.name, account.shown),
            points=asked.points,
            summary=plain(asked.summary),
            made_at=time.time(),
            version=asked.version,
        )
        check_verdict(contest, verdict)
        await self._registry.put(verdict)
        await self._note(account, "contest.judge", contest, card.id)
        return json_of(await page_of(self._registry, account, contest))

    async def _asked(self, request: web.Request, action: str) -> tuple[Account, Contest]:
        account, _ = await self._logins.require(request, action)
        return account, await self._of(request.match_info["contest"])

    async def _of(self, id_: str) -> Contest:
        if (found := await self._registry.contest(id_)) is None:
            raise Refused("no-contest", "there is no such contest")
        return found

    async def _check_entered(self, contest: Contest, lesson: LessonId) -> None:
        """Raises Refused("no-lesson")."""
        entries = await self._registry.entered(contest.id)
        if not any(one.lesson == lesson for one in entries):
            raise Refused("no-lesson", "this lesson is not in the contest")

    async def _check_changes(self, before: Contest, now: Contest) -> None:
        """Raises Refused: contest-closed, taken."""
        _check_judged(before)
        if before.criteria == now.criteria:
            return
        if await self._registry.verdicts(before.id):
            raise Refused("taken", "lessons have been judged by this rubric already")

    async def _check_judges(self, judges: list[str]) -> None:
        known = await self._registry.accounts_named({*judges})
        if any(name not in known or known[name].role not in JUDGES for name in judges):
            raise Refused("no-judge", "a judge is a teacher or a supervisor with an account")

    async def _note(self, account: Account, act: str, contest: Contest, lesson: str = "") -> None:
        what = f"{contest.title} {lesson}".strip()
        await self._registry.note(time.time(), account.name, act, what)


def _announced(asked: Announced) -> Contest:
    return Contest(
        asked.id or secrets.token_hex(6),
        " ".join(plain(asked.title).split()),
        plain(asked.about).strip(),
        plain(asked.rubric).strip(),
        [Criterion(plain(one.name).strip(), one.most) for one in asked.criteria],
        asked.until,
        asked.judges,
        version=asked.version,
    )


def _entered(contest: Contest, card: LessonCard, account: Account) -> Entered:
    who = account.name, account.shown, account.school
    return Entered(
        id_of(contest.id, account.name), contest.id, card.id, card.title, *who, time.time()
    )


def _check_judged(contest: Contest) -> None:
    if contest.closed_at:
        raise Refused("contest-closed", "this contest is over")
