"""Signaling comes in, goes, and comes back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from signaling.sfu.door import SignalingDoor
from signaling.sfu.orders import Close, Gone, Order, encode, read_event
from synclass.framing import Deframer, frame

from .classroom import until


class Hall:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.orders: list[Order] = []
        self.door = SignalingDoor(str(path))
        self.door.on_order = self.orders.append

    async def enter(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        await until(self.path.exists)
        return await asyncio.open_unix_connection(str(self.path))


@pytest_asyncio.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    made = Hall(tmp_path / "door.sock")
    task = asyncio.create_task(made.door.run())
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_orders_come_in_and_events_go_out(hall: Hall) -> None:
    reader, writer = await hall.enter()
    writer.write(frame(encode(Close("math"))) * 2)
    await until(lambda: len(hall.orders) == 2)
    hall.door.tell(Gone("math", "room", "left"))
    [message] = Deframer().feed(await reader.read(1000))
    assert read_event(message) == Gone("math", "room", "left")
    writer.close()


async def test_a_newer_signaling_takes_the_place_of_the_older(hall: Hall) -> None:
    old, old_writer = await hall.enter()
    old_writer.write(frame(encode(Close("one"))))
    await until(lambda: hall.orders)
    new, new_writer = await hall.enter()
    new_writer.write(frame(encode(Close("two"))))
    await until(lambda: len(hall.orders) == 2)
    assert await old.read(10) == b""
    hall.door.tell(Gone("math", "room", "left"))
    assert await new.read(1000)
    for writer in (old_writer, new_writer):
        writer.close()


async def test_a_signaling_that_talks_nonsense_is_let_go(hall: Hall) -> None:
    reader, writer = await hall.enter()
    writer.write(frame(b"\xc1nonsense"))
    assert await reader.read(10) == b""
    writer.close()
    _, writer = await hall.enter()
    writer.write(frame(encode(Close("math"))))
    await until(lambda: hall.orders)
    writer.close()


async def test_one_that_does_not_read_is_hung_up_on(hall: Hall) -> None:
    _, writer = await hall.enter()
    writer.write(frame(encode(Close("math"))))
    await until(lambda: hall.orders)
    for _ in range(100):
        hall.door.tell(Gone("math", "x" * 100_000, "left"))
    assert hall.door._writer is None
    hall.door.tell(Gone("math", "room", "left"))  # to nobody: dropped
    writer.close()


async def test_nobody_else_of_this_machine_may_come_in(hall: Hall) -> None:
    await until(hall.path.exists)
    await until(lambda: hall.path.stat().st_mode & 0o777 == 0o600)
