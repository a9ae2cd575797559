"""Reports over HTTP: what a lesson came to, as JSON and CSV, and rooms and pupils over time."""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import quote

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import Account, Registry, Shelf
from synclass.postclass.reports import Report, RoomResult
from synclass.school.csvtext import written

from .api import json_of
from .doors import door
from .login import Logins
from .outcome import outcome

HEAD = ("教室", "分钟", "上台分钟", "名单人数", "到课人数", "举手", "发言", "作答", "答对", "缺席")
QUIZ = ("小测", "题型", "题目", "正确答案", "教室", "答案", "人数")


class RoomOverTime(Struct):
    room: str
    lessons: list[RoomResult]


class Attended(Struct):
    at: float
    """Wall time of the bell."""
    lesson: str
    here: bool


class Marked(Struct):
    at: float
    """Wall time at which it was handed in."""
    homework: str
    mark: str


class PupilOverTime(Struct):
    room: str
    pupil: str
    lessons: list[Attended]
    homework: list[Marked]


class Reports:
    def __init__(self, registry: Registry, shelf: Shelf, logins: Logins) -> None:
        self._registry, self._shelf, self._logins = registry, shelf, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/report", self.report),
            web.get("/api/lessons/{lesson}/report.csv", self.sheet),
            web.get("/api/results/room", self.room),
            web.get("/api/results/pupil", self.pupil),
        ]

    @door(login="report.read", gives=Report, refuses=("no-recording",))
    async def report(self, request: web.Request) -> web.Response:
        """Attendance, participation and quizzes of a lesson, from its log."""
        _, report = await self._report(request)
        return json_of(report)

    @door(login="report.read", gives="text/csv", refuses=("no-recording",))
    async def sheet(self, request: web.Request) -> web.Response:
        """The same as a sheet; no cell of it is a formula."""
        account, report = await self._report(request)
        await self._registry.note(time.time(), account.name, "report.take", report.lesson)
        data = await asyncio.to_thread(lambda: written(_table(report)))
        response = web.Response(body=data, content_type="text/csv", charset="utf-8")
        name = quote(f"{report.title}.csv", safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response

    @door(login="results.read", gives=RoomOverTime, asks={"room": str}, refuses=("not-yours",))
    async def room(self, request: web.Request) -> web.Response:
        """A room's lessons, the oldest first; to a teacher, those that she gave."""
        _, teacher, room = await self._whose(request)
        found = await self._registry.results_of_room(room, teacher=teacher)
        return json_of(RoomOverTime(room, found))

    @door(
        login="results.read",
        gives=PupilOverTime,
        asks={"room": str, "pupil": str},
        refuses=("not-yours",),
    )
    async def pupil(self, request: web.Request) -> web.Response:
        """When a pupil was there, and what came back of their homework."""
        account, teacher, room = await self._whose(request)
        pupil = request.query.get("pupil", "")
        presence = await self._registry.presence_of(room, pupil, teacher=teacher)
        lessons = [Attended(at, one.lesson, one.here) for one, at in presence]
        homework = await self._homework(teacher, room, pupil)
        await self._registry.note(time.time(), account.name, "results.read", f"{room} {pupil}")
        return json_of(PupilOverTime(room, pupil, lessons, homework))

    async def _report(self, request: web.Request) -> tuple[Account, Report]:
        account, card = await self._logins.for_lesson(request, "report.read")
        erased = await self._registry.forgotten(after=card.began_at)
        report, _ = await asyncio.to_thread(outcome, self._shelf, card.id, erased)
        return account, report

    async def _whose(self, request: web.Request) -> tuple[Account, str, str]:
        """(account, the only teacher whose lessons are told, room); raises Refused.

        Who looks after one school, and names no room, asks after the one of its name.
        """
        account, reach = await self._logins.require(request, "results.read")
        own = await self._school(account) if reach is Scope.SCHOOL else ""
        room = request.query.get("room", "") or own
        if not room.startswith(own):
            raise Refused("not-yours", "this is a room of another school")
        return account, account.name if reach is Scope.OWN else "", room

    async def _school(self, account: Account) -> str:
        """A room comes in by its school's name, and what it adds to it."""
        for school in await self._registry.schools():
            if account.school in (school.id, school.name):
                return school.name
        return account.school

    async def _homework(self, teacher: str, room: str, pupil: str) -> list[Marked]:
        found = []
        for work in reversed(await self._registry.works_of_pupil(room, pupil)):
            homework = await self._registry.homework(work.homework)
            card = await self._registry.lesson(homework.lesson) if homework else None
            if homework and card and teacher in ("", card.teacher):
                found.append(Marked(work.handed_at, homework.text[:80], work.mark))
        return found


def _table(report: Report) -> Iterator[list[str]]:
    yield [report.title, report.subject, f"{report.minutes}"]
    yield list(HEAD)
    for one in report.rooms:
        counted = (one.pupils, one.here, one.hands, one.words, one.answers, one.right)
        absent = " ".join(report.absent.get(one.room, ()))
        times = f"{one.minutes}", f"{one.on_stage}"
        yield [one.room, *times, *map(str, counted), absent]
    yield []
    yield list(QUIZ)
    for quiz in report.quizzes:
        about = [str(quiz.number), quiz.kind, quiz.question, " ".join(quiz.right)]
        for room, counts in quiz.rooms.items():
            yield from ([*about, room, said, str(n)] for said, n in counts.items())
