"""A worker's event loop: packets are dealt with before anybody is woken for them."""

import asyncio
import selectors
import socket
import time
from collections.abc import Callable

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
    def __init__(self, wakes: Callable[[int], bool]) -> None:
        super().__init__()
        self._wakes = wakes

    def select(self, timeout: float | None = None) -> Ready:
        until = None if timeout is None else time.monotonic() + timeout
        while found := super().select(timeout):
            ready = [(key, events) for key, events in found if self._wakes(key.fd)]
            if until is not None:
                timeout = until - time.monotonic()
            if ready or (timeout is not None and timeout <= 0):
                return ready
        return []


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
