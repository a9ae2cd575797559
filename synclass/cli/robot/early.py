"""Village classrooms that are early for tomorrow's lesson: each checks its door, and waits."""

import asyncio
from typing import Any

import aiohttp
import structlog
from msgspec import Struct, structs

from ...errors import Refused, Unavailable
from ...inclass.attendance import LinkReport
from ...ports import LessonCard
from ...preclass.doorcheck import Finding, MicLevel
from ...preclass.handout import CountSheets, Handouts
from ...preclass.reading import Reading, TickReading
from ...preclass.warmup import TallyWarmup, Warmup
from .client import Client
from .door import Door

log = structlog.get_logger()

REPORT = 1.0  # seconds


class Early(Struct, frozen=True):
    """How far a classroom is."""

    name: str
    share: float
    """Of the courseware's pages."""
    finding: Finding
    counts: list[int]
    """Of the first warm-up question; empty where it has not answered."""


ROOMS = (
    Early("草兴小学", 1.0, Finding(True, 46, True, "udp", 4200, 1800, 38), [3, 10, 1, 0]),
    Early("双庙中心校", 0.5, Finding(True, 21, True, "udp", 620, 210, 140), []),
    Early("逸夫小学", 0.0, Finding(False, 3, None, "tcp", 180, 60, 420), []),
)
"""One has all of the courseware, one half, one nothing: its line is thin."""


async def wait(door: Door, card: LessonCard) -> None:
    """All of them, until cancelled; what is refused is waited for no more."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for early in ROOMS:
                tasks.create_task(_sit(door, card, early))
    except* (Refused, Unavailable) as errors:
        log.info("nobody waits", why=[str(error) for error in errors.exceptions])


async def _sit(door: Door, card: LessonCard, early: Early) -> None:
    entrance = await door.knock(card.code, early.name)
    client = Client(door.http, door.url, entrance.ticket)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(client.run())
        await client.entered()
        await prepare(client, early)
        await _check_door(door, entrance.lesson, entrance.ticket, early.finding)
        while True:
            client.show(
                LinkReport(hears=True, sees=True, seq=client.lesson.seq, loss=0, rtt=client.rtt)
            )
            client.show(MicLevel(max(0, early.finding.level)))
            await asyncio.sleep(REPORT)


async def prepare(client: Client, early: Early) -> None:
    """Count the pages that are here, and answer what is asked before the bell."""
    handouts, warmup, reading = (
        client.lesson.channel(kind.name) for kind in (Handouts, Warmup, Reading)
    )
    assert isinstance(handouts, Handouts)
    assert isinstance(warmup, Warmup) and isinstance(reading, Reading)
    for number, handout in list(handouts.handouts.items()):
        await client.ask(CountSheets(number, round(early.share * len(handout.sheets))))
    if early.counts:
        for number in list(warmup.questions):
            await client.ask(TallyWarmup(number, client.me, early.counts))
        for task in list(reading.tasks):
            await client.ask(TickReading(task, client.me, read=True))


async def _check_door(door: Door, lesson: str, ticket: str, finding: Finding) -> None:
    """As a room's page sends what it measured."""
    body: dict[str, Any] = structs.asdict(finding)
    url, headers = (
        f"{door.url}/api/lessons/{lesson}/doorcheck",
        {"Authorization": f"Bearer {ticket}"},
    )
    try:
        async with door.http.post(url, json=body, headers=headers) as answer:
            if answer.status >= 400:
                log.debug("door not checked", status=answer.status)
    except aiohttp.ClientError as error:
        log.debug("door not checked", why=str(error))
