"""The one socket: from which address is answered, and who hears of what came."""

import asyncio
import socket

import pytest

from signaling.sfu.udp import Wire

from .test_gate import Hall
from .test_ice import check


async def test_an_answer_comes_from_the_address_that_was_asked() -> None:
    wire = Wire(0, ["127.0.0.2", "203.0.113.1"], lambda: 1.0)
    hall = Hall()
    hall.plane, hall.gate = wire.plane, wire.gate
    hall.peer()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.9", 0))
        client.setblocking(False)
        client.sendto(check(), ("127.0.0.2", wire.port))
        data, source = await asyncio.get_running_loop().sock_recvfrom(client, 2000)
        assert data[:2] == b"\1\1" and source == ("127.0.0.2", wire.port)
    wire.close()


async def test_a_taken_port_is_not_shared_with_another_worker() -> None:
    wire = Wire(0, ["127.0.0.1"], lambda: 1.0)
    with pytest.raises(OSError):
        Wire(wire.port, ["127.0.0.1"], lambda: 1.0)
    wire.close()
