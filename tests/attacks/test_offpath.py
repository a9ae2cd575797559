"""Strangers who know nothing but our address: a live call goes on, whatever they send.

Each of these datagrams closed, or kept from opening, a call of a server that hands everything to
DTLS (one empty datagram was enough).
"""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from signaling.sfu.orders import Arrange, Open
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from ..signaling.sfu.classroom import Client, Signaling, Tone, loopback, until, worker
from . import mutants

ATTACKS = {
    "nothing at all": [],
    "an empty datagram": [b""],
    "one byte": [b"\x16"],
    "STUN that breaks its parser": [mutants.BAD_STUN],
    "a goodbye in plain text": [mutants.alert(1, 0)],
    "a fatal alert in plain text": [mutants.alert(2, 40)],
    "DTLS garbage": [b"\x16\xfe\xfd" + b"\xff" * 40] * 50,
    "a ClientHello": [mutants.client_hello()],
    "RTP garbage": [b"\x80" + bytes(40)] * 50,
    "RTCP garbage": [b"\x80\xc8" + bytes(40)] * 50,
}
DURING = [name for name in ATTACKS if not name.startswith(("one", "STUN", "RT"))]


class Stranger:
    """Sends from a port of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, attack: str) -> None:
        for data in ATTACKS[attack]:
            self._socket.sendto(data, ("127.0.0.1", self._port))

    def close(self) -> None:
        self._socket.close()


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Signaling]:
    async with loopback(), worker(tmp_path) as door:
        signaling = Signaling(door)
        await signaling.up()
        signaling.worker.order(Open("math", time.monotonic()))
        cast = Cast("audio", 0, ParticipantId("teacher"), "voice", large=True)
        signaling.worker.order(Arrange("math", "room", [cast]))
        yield signaling
        await signaling.die()


async def goes_on(room: Client, teacher: Client) -> bool:
    """Is the teacher heard from now on, and is nobody thrown out?"""
    heard = len(room.heard["audio0"])
    await until(lambda: len(room.heard["audio0"]) > heard + 10)
    return room.pc.connectionState == teacher.pc.connectionState == "connected"


def port(client: Client) -> int:
    return int(client.answer.split("m=audio ")[1].split()[0])


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_call_goes_on_after(desk: Signaling, attack: str) -> None:
    room = await Client().slots(audio=1).join(desk, "math", "room")
    teacher = await Client().publish(Tone(8000)).join(desk, "math", "teacher")
    stranger = Stranger(port(room))
    await goes_on(room, teacher)
    stranger.send(attack)
    assert await goes_on(room, teacher)
    stranger.close()
    await asyncio.gather(room.close(), teacher.close())


@pytest.mark.parametrize("attack", DURING)
async def test_a_call_begins_under(desk: Signaling, attack: str) -> None:
    first = await Client().slots(audio=1).join(desk, "math", "somebody")
    stranger = Stranger(port(first))

    async def keep_on() -> None:
        while True:
            stranger.send(attack)
            await asyncio.sleep(0.005)

    attacker = asyncio.create_task(keep_on())
    room = await Client().slots(audio=1).join(desk, "math", "room")
    teacher = await Client().publish(Tone(8000)).join(desk, "math", "teacher")
    assert await goes_on(room, teacher)
    attacker.cancel()
    stranger.close()
    await asyncio.gather(room.close(), teacher.close(), first.close())
