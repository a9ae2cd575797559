"""Robots that are in a lesson of a real server for as long as a test needs them."""

import asyncio
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from synclass.cli.robot.client import Client
from synclass.words import Participant

from ...signaling.wsclient import School, ticket


class Brisk(random.Random):
    """Dice of somebody who never thinks longer than they must."""

    def uniform(self, a: float, b: float) -> float:
        return min(a, b)


def client(here: School, who: Participant) -> Client:
    return Client(here.http, here.url, ticket(who))


@asynccontextmanager
async def at_work(*works: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """What fails at this work fails the test."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
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
