"""A worker's event loop: packets are dealt with before anybody is woken for them."""

import asyncio
import math
import os
import select
import selectors
import socket
import time
from collections.abc import Callable

MOST = 64  # files that are told of at a time
Look = Callable[[], bool]
Ready = list[tuple[selectors.SelectorKey, int]]


class Loop(asyncio.SelectorEventLoop):
    """To go once round the loop costs more than to forward a frame to five classrooms (measured).

    Most packets need nobody: those who ``watch`` a socket look at it while the loop still waits.
    """

    def __init__(self) -> None:
        self.looks: dict[int, Look] = {}
        """By the number of the file."""
        super().__init__(_Selector(self._wakes))

    def _wakes(self, descriptor: int) -> bool:
        look = self.looks.get(descriptor)
        try:
            return look is None or look()
        except Exception as error:  # as for any callback: one bug must not end all lessons
            self.call_exception_handler({"message": "a look failed", "exception": error})
            return False


class _Selector(selectors.EpollSelector):
    """As its mother, but that it asks first, and goes on waiting where nobody is woken."""

    def __init__(self, wakes: Callable[[int], bool]) -> None:
        super().__init__()
        self._wakes = wakes
        self._waiting = select.epoll.fromfd(os.dup(self.fileno()))

    def select(self, timeout: float | None = None) -> Ready:
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            left = -1 if until is None else max(0.0, until - time.monotonic())
            found = self._waiting.poll(math.ceil(left * 1e3) * 1e-3, MOST)  # counts milliseconds
            ready = [self._ready(number, told) for number, told in found if self._wakes(number)]
            if ready or not found or left == 0:
                return ready

    def close(self) -> None:
        self._waiting.close()
        super().close()

    def _ready(self, number: int, told: int) -> tuple[selectors.SelectorKey, int]:
        key = self.get_map()[number]
        events = selectors.EVENT_READ if told & ~select.EPOLLOUT else 0
        events |= selectors.EVENT_WRITE if told & ~select.EPOLLIN else 0
        return key, events & key.events


def watch(bound: socket.socket, look: Look, hear: Callable[[], None]) -> None:
    """``look`` whenever the socket has something; where it says so, ``hear`` in the loop."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, Loop):
        loop.looks[bound.fileno()] = look
        loop.add_reader(bound, hear)
    else:
        loop.add_reader(bound, lambda: hear() if look() else None)


def leave(bound: socket.socket) -> None:
    """Watch it no more."""
    loop = asyncio.get_running_loop()
    loop.remove_reader(bound)
    if isinstance(loop, Loop):
        loop.looks.pop(bound.fileno(), None)
