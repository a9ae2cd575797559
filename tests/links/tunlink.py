"""A room in a network of its own, behind a bad link that carries all it sends: TCP as well."""

import asyncio
import ctypes
import fcntl
import heapq
import os
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import pytest

from .pipe import HEADERS, Pipe
from .profiles import Profile

OURS, THEIRS = "10.98.0.1", "10.98.0.2"
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001
_CLONE_NEWNET = 0x40000000
_AT_A_TIME = 32
_libc = ctypes.CDLL(None, use_errno=True)


def possible() -> bool:
    """Networks can be made here: root, and there is a tun device."""
    if not os.access("/dev/net/tun", os.W_OK):
        return False
    return subprocess.run(["unshare", "--net", "true"], check=False).returncode == 0


needs_networks = pytest.mark.skipif(not possible(), reason="no networks can be made here")


class FarRoom:
    """The network and its link.  Used by ``async with``."""

    def __init__(self, profile: Profile, *, seed: int = 1) -> None:
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        self.down = Pipe(profile.down, seed, now)
        self.up = Pipe(profile.up, seed + 100, now)
        self._holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        self._near = -1
        self._far = -1
        self._waiting: list[tuple[float, int, int, bytes]] = []
        self._count = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._relays: list[asyncio.Server] = []

    def turn(self, profile: Profile) -> None:
        """The weather changes: from now on the link is like this."""
        self.down.way, self.up.way = profile

    def enter(self) -> list[str]:
        """What to put before a command so that it runs in there."""
        return ["nsenter", f"--net={self._network}"]

    async def relay(self, port: int) -> None:
        """Let ``localhost:port`` in there be ours: only so is a page a secure one."""
        with self._inside():
            listening = socket.create_server(("127.0.0.1", port))
        connect = self._connect(port)
        self._relays.append(await asyncio.start_server(connect, sock=listening))

    async def __aenter__(self) -> Self:
        ours = _number("/proc/self/ns/net")
        while _number(self._network) == ours:  # noqa: ASYNC110  no event tells it
            await asyncio.sleep(0.01)
        self._near = _tun("wan0", OURS)
        with self._inside():
            self._far = _tun("wan0", THEIRS)
            _ip("link set lo up", f"route add default via {OURS}")
        self._loop.add_reader(self._near, self._read, self._near, self._far, self.down)
        self._loop.add_reader(self._far, self._read, self._far, self._near, self.up)
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._relays:
            server.close()
        if self._alarm is not None:
            self._alarm.cancel()
        for each in (self._near, self._far):
            if each >= 0:
                self._loop.remove_reader(each)
                os.close(each)
        self._holder.terminate()
        self._holder.wait()

    @property
    def _network(self) -> str:
        return f"/proc/{self._holder.pid}/ns/net"

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """What this thread opens meanwhile belongs to the room's network."""
        with open("/proc/self/ns/net") as home, open(self._network) as there:
            _enter(there.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())

    def _connect(
        self, port: int
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], "asyncio.Future[None]"]:
        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with self._inside():
                away = socket.socket()
            away.setblocking(False)
            await self._loop.sock_connect(away, (OURS, port))
            theirs, ours = await asyncio.open_connection(sock=away)
            await asyncio.gather(_pour(reader, ours), _pour(theirs, writer))

        return lambda reader, writer: asyncio.ensure_future(carry(reader, writer))

    def _read(self, source: int, target: int, pipe: Pipe) -> None:
        for _ in range(_AT_A_TIME):
            try:
                packet = os.read(source, 2048)
            except OSError:
                return
            at = pipe.enter(len(packet) - HEADERS, self._loop.time())
            if at is not None:
                self._count += 1
                heapq.heappush(self._waiting, (at, self._count, target, packet))
                if self._waiting[0][1] == self._count:
                    self._wake()

    def _wake(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._waiting and self._waiting[0][0] <= self._loop.time():
            _, _, target, packet = heapq.heappop(self._waiting)
            with suppress(OSError):  # a full device: a line may lose
                os.write(target, packet)
        if self._waiting:
            self._alarm = self._loop.call_at(self._waiting[0][0], self._wake)


def _tun(name: str, address: str) -> int:
    """A device whose packets we read and write, in the present network."""
    made = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(made, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN_NO_PI))
    _ip(f"addr add {address}/24 dev {name}", f"link set {name} mtu 1400 up")
    return made


def _ip(*commands: str) -> None:
    for command in commands:
        subprocess.run(["ip", *command.split()], check=True)


def _number(network: str) -> int:
    return Path(network).stat().st_ino


def _enter(network: int) -> None:
    if _libc.setns(network, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
