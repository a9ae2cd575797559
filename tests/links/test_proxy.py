"""The bad link itself carries what it should, both ways, and nobody's packets to another."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from typing import cast

import pytest

from ..waiting import until
from .profiles import CLEAN, Profile, Way
from .proxy import Link


class Echo(asyncio.DatagramProtocol):
    """Sends everything back, and remembers from where it came."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.seen.append(addr)
        self.transport.sendto(data, addr)


class Ear(asyncio.DatagramProtocol):
    """Notes what comes, and when."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, float]] = []

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.append((data, time.monotonic()))


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        Echo, ("127.0.0.1", 0)
    )
    yield protocol
    transport.close()


async def client(port: int) -> tuple[asyncio.DatagramTransport, Ear]:
    return await asyncio.get_running_loop().create_datagram_endpoint(
        Ear, remote_addr=("127.0.0.1", port), family=socket.AF_INET
    )


def address(echo: Echo) -> tuple[str, int]:
    host, port = echo.transport.get_extra_info("sockname")
    return host, port


async def test_each_client_is_answered_and_the_server_can_tell_them_apart(echo: Echo) -> None:
    async with Link(CLEAN, address(echo)) as link:
        clients = [await client(link.port) for _ in range(3)]
        for n, (transport, _) in enumerate(clients):
            transport.sendto(b"I am %d" % n)
        await until(lambda: all(ear.heard for _, ear in clients))
        assert [ear.heard[0][0] for _, ear in clients] == [b"I am 0", b"I am 1", b"I am 2"]
        assert len(set(echo.seen)) == 3
        for transport, _ in clients:
            transport.close()


async def test_both_ways_take_their_time(echo: Echo) -> None:
    async with Link(Profile(Way(delay=0.05), Way(delay=0.1)), address(echo)) as link:
        transport, ear = await client(link.port)
        sent = time.monotonic()
        transport.sendto(b"hello")
        await until(lambda: bool(ear.heard))
        assert 0.149 < ear.heard[0][1] - sent < 0.4
        transport.close()


async def test_the_weather_may_change(echo: Echo) -> None:
    async with Link(CLEAN, address(echo)) as link:
        transport, ear = await client(link.port)
        link.turn(Profile(Way(loss=1), Way()))
        transport.sendto(b"lost")
        await until(lambda: link.down.lost == 1)
        link.turn(CLEAN)
        transport.sendto(b"there")
        await until(lambda: bool(ear.heard))
        assert [data for data, _ in ear.heard] == [b"there"]
        transport.close()


async def test_an_answer_leads_to_the_link(echo: Echo) -> None:
    async with Link(CLEAN, ("10.99.0.1", 5000), host="127.0.0.1") as link:
        line = "a=candidate:1 1 udp 2130706431 10.99.0.1 5000 typ host"
        assert link.lead(line).endswith(f"127.0.0.1 {link.port} typ host")
