"""What the pages of a region ask of the server, of how much, and how long each takes."""

import statistics
import time
from collections.abc import Sequence
from datetime import timedelta

import aiohttp
from msgspec import Struct

from signaling.apikeys import hash_of
from signaling.app import App
from signaling.login import COOKIE

from ...adapters.registry import SqlRegistry
from ...conduct import Join
from ...ports import Calendar, LessonCard, Whose
from ...words import LessonId, Participant, ParticipantId, Role
from . import region
from .region import Size

RUNS = 20
"""Of each question: the slowest but one is the 95th percentile."""
LIVE, ROOMS = 0.3, 3
"""Lessons that run at once for each school, and classrooms in each."""
SECRET = "bench"
CALENDARS = {"bench1": (Whose.SCHOOL, "s{}"), "bench2": (Whose.TEACHER, "w{}")}
CALENDARS |= {"bench3": (Whose.CLASSROOM, "c{}")}


class Took(Struct):
    """Milliseconds of one question."""

    median: float
    p95: float
    cpu: float
    """Of this process, server and asker, at the 95th percentile."""


def questions(size: Size) -> dict[str, list[str]]:
    """By the name of the figure that is the slowest of them."""
    month = f"first={region.YEAR + timedelta(60)}&last={region.YEAR + timedelta(90)}"
    school = f"school=s{size.schools // 2}"
    return {
        "timetable_ms": [f"/api/timetable?{school}"],
        "dashboard_ms": [f"/api/months?{month}"],
        "search_ms": [
            *("/api/lessons?text=数学 第123课", "/api/lessons?text=nowhere"),
            *("/api/district/people?text=萧建国", "/api/district/people?text=nobody"),
        ],
        "map_ms": ["/api/map", "/api/patrol"],
        "figures_ms": [
            *(f"/api/months?{month}", f"/api/months?{month}&alliance=a0"),
            *(f"/api/months?{month}&{school}", f"/api/months/lessons?{month}&{school}"),
        ],
        "calendar_ms": [f"/api/calendars/{id_}_{SECRET}.ics" for id_ in CALENDARS],
        "people_ms": [
            *(f"/api/district/people?{school}&text={word}" for word in ("萧", "建国", "2026")),
            f"/api/district/people?{school}",
        ],
        "month_ms": [f"/api/months.csv?{month}", f"/api/months.csv?{month}&kind=dedicated"],
    }


async def prepare(registry: SqlRegistry, size: Size, account: str) -> None:
    """Cards of lessons that run now, and calendars that somebody reads."""
    now = time.time()
    for n in range(_live(size)):
        card = LessonCard(LessonId(f"live{n}"), f"公开课 {n}", "数学", f"w{n}", "", now, now)
        await registry.save_lesson(card)
    for id_, (whose, of) in CALENDARS.items():
        named = of.format(size.schools // 2)
        await registry.save_calendar(Calendar(id_, account, whose, named, hash_of(SECRET), now))


async def begin(app: App, size: Size) -> None:
    """Classrooms of other schools come into each of the lessons that run."""
    names = [school.name for school in region.schools(size)]
    for n in range(_live(size)):
        room = await app.rooms.open(LessonId(f"live{n}"))
        for near in range(ROOMS):
            name = f"{names[(n + near) % len(names)]} {near + 1}年级"
            who = Participant(ParticipantId(f"room-{near}"), name, Role.CLASSROOM, name)
            room.ask(who, Join())


async def asked(port: int, login: str, path: str) -> Took:
    """Until a browser has the answer."""
    url, walls, cpus = f"http://127.0.0.1:{port}{path}", list[float](), list[float]()
    async with aiohttp.ClientSession(cookies={COOKIE: login}) as browser:
        for _ in range(RUNS):
            began, spent = time.perf_counter(), time.process_time()
            async with browser.get(url) as answer:
                await answer.read()
                answer.raise_for_status()
            walls.append(time.perf_counter() - began)
            cpus.append(time.process_time() - spent)
    return Took(statistics.median(walls) * 1000, _p95(walls) * 1000, _p95(cpus) * 1000)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[-1 - len(values) // 20]


def _live(size: Size) -> int:
    return max(1, round(size.schools * LIVE))
