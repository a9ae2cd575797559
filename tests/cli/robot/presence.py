"""Robots that are in a lesson of a real server for as long as a test needs them."""

import asyncio
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar, cast

from synclass import wire
from synclass.channel import Fact
from synclass.cli.robot.client import Client
from synclass.words import Participant

from ...signaling.wsclient import Desk, School, ticket

Kind = TypeVar("Kind", bound=Fact)


class Brisk(random.Random):
    """Dice of somebody who never thinks longer than they must."""

    def uniform(self, a: float, b: float) -> float:
        return min(a, b)


def client(here: School, who: Participant) -> Client:
    return Client(here.http, here.url, ticket(who))


@asynccontextmanager
async def at_work(*works: Coroutine[None, None, None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """What fails at this work fails the test."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


@asynccontextmanager
async def present(here: School, who: Participant) -> AsyncIterator[Client]:
    found = client(here, who)
    async with at_work(found.run()):
        await asyncio.wait_for(found.entered(), 10)
        yield found


async def told(desk: Desk, kind: type[Kind], count: int = 1) -> list[Kind]:
    """What of this kind the desk has been told, as soon as it is so much."""
    while len(desk.facts(kind)) < count:
        await desk.hear(wire.Entries)
    return cast(list[Kind], desk.facts(kind))
