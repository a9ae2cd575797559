"""A bad link of UDP inside the test's own process, between clients and the server's port."""

import asyncio
import heapq
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from .pipe import Pipe
from .profiles import Profile

Address = tuple[str, int]
_AT_A_TIME = 32  # datagrams read before others of the loop have their turn
_BUFFER = 1024 * 1024  # bytes; what the kernel keeps while the loop is busy
_EARLY = 0.0005  # seconds: due so soon is due now, the loop's timers are no finer


class Link:
    """A room's line.  Its clients are given ``port``; each has a socket of its own to the server.

    Used by ``async with``.  ICE goes through unharmed: a check is signed over its bytes, which
    are the same; where it seems to come from is only told back.
    """

    def __init__(
        self, profile: Profile, server: Address, *, host: str = "127.0.0.1", seed: int = 1
    ) -> None:
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        self.server = server
        self.late = 0.0
        """Seconds that a packet was let out too late, at most: by the machine's fault."""
        self.down, self.up = Pipe(profile.down, seed, now), Pipe(profile.up, seed + 100, now)
        self._door = _udp(host)
        self._host = host
        self._behind: dict[Address, socket.socket] = {}
        self._waiting: list[tuple[float, int, bytes, Callable[[bytes], object]]] = []
        self._count = 0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def port(self) -> int:
        return int(self._door.getsockname()[1])

    def turn(self, profile: Profile) -> None:
        """The weather changes: from now on the link is like this."""
        self.down.way, self.up.way = profile

    def lead(self, answer: str) -> str:
        """The server's answer, with this link in place of the server's port."""
        host, port = re.escape(self.server[0]), self.server[1]
        there = re.sub(rf"(?<=[ ]){host} {port}(?= typ host)", f"{self._host} {self.port}", answer)
        return re.sub(rf"(?<=[ ]){port}(?= UDP/TLS)", str(self.port), there)

    async def __aenter__(self) -> Self:
        self._loop.add_reader(self._door, self._from_clients)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        for each in (self._door, *self._behind.values()):
            self._loop.remove_reader(each)
            each.close()

    def _from_clients(self) -> None:
        for _ in range(_AT_A_TIME):
            try:
                data, client = self._door.recvfrom(2048)
            except OSError:
                return
            behind = self._behind.get(client) or self._open(client)
            self._carry(self.up, data, behind.send)

    def _open(self, client: Address) -> socket.socket:
        behind = self._behind[client] = _udp(self._host)
        behind.connect(self.server)
        self._loop.add_reader(behind, self._from_server, behind, client)
        return behind

    def _from_server(self, behind: socket.socket, client: Address) -> None:
        for _ in range(_AT_A_TIME):
            try:
                data = behind.recv(2048)
            except OSError:
                return
            self._carry(self.down, data, lambda data: self._door.sendto(data, client))

    def _carry(self, pipe: Pipe, data: bytes, send: Callable[[bytes], object]) -> None:
        at = pipe.enter(len(data), self._loop.time())
        if at is None:
            return
        self._count += 1
        heapq.heappush(self._waiting, (at, self._count, data, send))
        if self._waiting[0][0] == at:
            self._wake()

    def _wake(self) -> None:
        """Let out what has come to its end, and set the alarm for the next."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        now = self._loop.time() + _EARLY
        while self._waiting and self._waiting[0][0] <= now:
            at, _, data, send = heapq.heappop(self._waiting)
            self.late = max(self.late, now - at)
            with suppress(OSError):  # a client that has gone, or a full socket: UDP may lose
                send(data)
        if self._waiting:
            self._alarm = self._loop.call_at(self._waiting[0][0], self._wake)


def _udp(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    made.bind((host, 0))
    return made
