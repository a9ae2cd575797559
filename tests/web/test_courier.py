"""Courseware over a thin line: it goes on where it was cut, and live ink goes before it."""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from recorder.shelf import FileShelf
from signaling.room import Room
from synclass.cli.robot.client import Client
from synclass.conduct import Begin, Join
from synclass.marks import SEAT
from synclass.preclass.handout import AddHandout, Sheet
from synclass.strokes import BeginStroke
from synclass.tickets import Ticket, sign
from synclass.words import SYSTEM, Participant

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ..plausible import PENS, ink_first
from ..signaling.server import KEY, School, school
from ..signaling.test_rooms import CARD, LESSON
from ..test_folds import welcome
from ..waiting import until
from .browser import browser, everything
from .thin import ThinLine

RATE = 64 * 1024  # bytes a second
SIZES = (60_000, 30_000)  # bytes of the pages


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        dice, shelf = random.Random(5), FileShelf(tmp_path)
        sheets = []
        for data in map(dice.randbytes, SIZES):
            name = f"{hashlib.sha256(data).hexdigest()}.webp"
            shelf.keep_page(LESSON, name, data)
            sheets.append(Sheet(name, 1280, 720, len(data)))
        room = await town.app.rooms.open(LESSON)
        room.ask(TEACHER, Join())
        room.ask(VILLAGE, Join())
        room.ask(SYSTEM, AddHandout("分数", sheets))
        yield town


def ticket(who: Participant) -> str:
    return sign(Ticket(LESSON, who, time.time() + 60), KEY)


async def carried(room: Room, line: ThinLine) -> list[Any]:
    """What the courier of the village tells its teacher while it brings all pages."""
    seen = welcome(everything(room.lesson), VILLAGE, room.lesson)
    question = ("courier", line.url, LESSON, ticket(VILLAGE), seen)
    [told] = await asyncio.to_thread(browser, [question])
    return list(told)


async def test_a_page_goes_on_where_the_line_was_cut(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    async with ThinLine(town.server.port or 0, RATE) as line:
        coming = asyncio.create_task(carried(room, line))
        await until(lambda: line.brought > SIZES[0] / 2)
        line.cut()
        await asyncio.sleep(0.3)
        line.mend()
        told = await asyncio.wait_for(coming, 20)
        lost = line.brought - sum(SIZES)
    assert told[-1] == {"t": "handout.count", "handout": 1, "sheets": 2}
    assert 0 < lost < SIZES[0] / 3, f"{lost} bytes came twice or were no page"


def has(client: Client, stroke: int) -> bool:
    return stroke in client.board().pages[1].marks


async def test_live_ink_is_not_held_up_by_the_courseware_of_a_class(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    room.ask(TEACHER, Begin())
    dice, waits = random.Random(6), list[float]()
    async with ThinLine(town.server.port or 0, RATE) as line, aiohttp.ClientSession() as http:
        client = Client(http, line.url, ticket(OTHER_VILLAGE))
        running = asyncio.create_task(client.run())
        await asyncio.wait_for(client.entered(), 10)
        before = line.brought
        coming = asyncio.create_task(carried(room, line))
        await until(lambda: line.brought > before)
        while not coming.done():
            stroke, began = SEAT + 1 + len(waits), time.monotonic()
            room.ask(TEACHER, BeginStroke(stroke, 1, PENS[0], ink_first(dice), last=True))
            await client.until(partial(has, client, stroke))
            waits.append(time.monotonic() - began)
        running.cancel()
    assert len(waits) > 20, "it takes a quarter of the line: there is time for much ink"
    waits.sort()
    assert waits[len(waits) * 95 // 100] < 0.25 + 0.25, "a part, and a busy machine; not seconds"
