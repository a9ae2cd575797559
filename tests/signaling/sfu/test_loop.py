"""Packets that need nobody wake nobody; what does is heard, and all else goes on as ever."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

import pytest

from signaling.sfu.loop import Loop, leave, watch

LOOPS = pytest.mark.parametrize("loop", [Loop, asyncio.new_event_loop])
Kind = Callable[[], asyncio.AbstractEventLoop]


class Desk:
    """Looks at what came, and hears only of what is marked."""

    def __init__(self) -> None:
        self.outside, self.inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.inside.setblocking(False)
        self.looked = list[bytes]()
        self.heard = list[bytes]()

    def look(self) -> bool:
        self.looked.append(self.inside.recv(100))
        return self.looked[-1].startswith(b"!")

    def hear(self) -> None:
        self.heard.append(self.looked[-1])

    async def until(self, many: int) -> None:
        async with asyncio.timeout(5):
            while len(self.looked) < many:  # noqa: ASYNC110 - nobody is told of a look
                await asyncio.sleep(0.001)


@contextlib.contextmanager
def desk() -> Iterator[Desk]:
    made = Desk()
    watch(made.inside, made.look, made.hear)
    try:
        yield made
    finally:
        leave(made.inside)
        made.inside.close()
        made.outside.close()


def run(loop: Kind, what: Callable[[], Awaitable[None]]) -> None:
    async def awaited() -> None:
        await what()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(awaited())


@LOOPS
def test_each_packet_is_looked_at_and_only_some_are_heard(loop: Kind) -> None:
    async def lesson() -> None:
        with desk() as it:
            for data in (b"voice", b"!hand", b"picture", b"!chat"):
                it.outside.send(data)
            await it.until(4)
            assert it.looked == [b"voice", b"!hand", b"picture", b"!chat"]
            assert it.heard == [b"!hand", b"!chat"]

    run(loop, lesson)


@LOOPS
def test_whoever_has_left_is_not_disturbed(loop: Kind) -> None:
    async def lesson() -> None:
        with desk() as it:
            leave(it.inside)
            it.outside.send(b"!too late")
            await asyncio.sleep(0.01)
            assert not it.looked and not it.heard

    run(loop, lesson)


def test_alarms_ring_in_time_however_many_packets_come() -> None:
    async def lesson() -> None:
        with desk() as it:
            began, rang = time.monotonic(), list[float]()

            def again() -> bool:
                it.inside.recv(100)
                if time.monotonic() < began + 2.0 and not rang:
                    it.outside.send(b"more")
                return False

            watch(it.inside, again, it.hear)
            it.outside.send(b"first")
            await asyncio.sleep(0.05)
            rang.append(time.monotonic())
            assert rang[0] - began < 1.5 and not it.heard

    run(Loop, lesson)


def test_a_look_that_fails_is_told_and_ends_nothing() -> None:
    told = list[dict[str, Any]]()

    async def lesson() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: told.append(context))
        with desk() as it:
            watch(it.inside, partial(_fail, it.inside), it.hear)
            it.outside.send(b"!bad")
            async with asyncio.timeout(5):
                while not told:  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.001)
            assert not it.heard

    run(Loop, lesson)
    assert isinstance(told[0]["exception"], ZeroDivisionError)


def _fail(bound: socket.socket) -> bool:
    bound.recv(100)
    raise ZeroDivisionError
