"""Strangers who know nothing but our address: a live call goes on, whatever they send.

Each of these datagrams closed, or kept from opening, a call of a server that hands everything to
DTLS (one empty datagram was enough).
"""

import asyncio
import os
import random
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from OpenSSL import SSL

from signaling.sfu import h264, opus, vp8
from signaling.sfu.ice import parse_stun
from signaling.sfu.orders import Arrange, Open, read_event, read_order
from signaling.sfu.packet import parse_rtp
from signaling.sfu.rtcp import parse_rtcp
from signaling.sfu.sdp import read_offer
from synclass.errors import Malformed, Refused
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from ..signaling.sfu.classroom import Client, Signaling, Tone, loopback, until, worker

ROUNDS = 10**6 if os.environ.get("SYNCLASS_PROOF") else 10**4


def alert(level: int, description: int) -> bytes:
    """A DTLS alert in plain text."""
    return b"\x15\xfe\xfd" + bytes(8) + b"\0\2" + bytes((level, description))


def client_hello() -> bytes:
    connection = SSL.Connection(SSL.Context(SSL.DTLS_METHOD))
    connection.set_connect_state()
    with pytest.raises(SSL.WantReadError):
        connection.do_handshake()
    return connection.bio_read(2000)


BAD_STUN = bytes.fromhex(
    "0001001c2112a442fcdccce15310e13b7d0ccf6c00060003613a6200002400ab0000006100200008000121172010a746"
)
ATTACKS = {
    "nothing at all": [],
    "an empty datagram": [b""],
    "one byte": [b"\x16"],
    "STUN that breaks its parser": [BAD_STUN],
    "a goodbye in plain text": [alert(1, 0)],
    "a fatal alert in plain text": [alert(2, 40)],
    "DTLS garbage": [b"\x16\xfe\xfd" + b"\xff" * 40] * 50,
    "a ClientHello": [client_hello()],
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


OFFER = (Path(__file__).parents[1] / "signaling/sfu/offers/firefox-teacher.sdp").read_bytes()


def offer(data: bytes) -> None:
    """A browser's offer with one line replaced."""
    lines = OFFER.splitlines()
    lines[sum(data) % len(lines)] = b"a=" + data
    read_offer(b"\r\n".join(lines).decode("latin-1"))


PARSERS: dict[str, Callable[[bytes], object]] = {
    "RTP": parse_rtp,
    "RTCP": parse_rtcp,
    "STUN": parse_stun,
    "VP8": vp8.describe,
    "H.264": h264.is_key,
    "Opus": opus.duration,
    "orders": read_order,
    "events": read_event,
    "offers": offer,
}
SEEDS = [
    BAD_STUN,
    b"\x90\x60" + bytes(10) + b"\xbe\xde\0\1\x10\x31\0\0payload",
    b"\x81\xcd\0\3" + bytes(12),
    b"\x8f\xce\0\5" + bytes(8) + b"REMB\1\2\3\4" + bytes(4),
    b"\x90\xf0\x80\1\1\1" + bytes(8),
    b"\x78\0\2\x67\1\0\2\x68\1",
    b"\x95\xa6invite\1\xa1L\xa1w\xa3v=0",
    b"\x94\xa4gone\xa1L\xa1w\xa4left",
    b"mid:0\r\na=rtpmap:1 opus/48000/2\r\na=rtcp-mux\r\na=extmap:1 x\r\na=ssrc-group:FID 1 2",
]


def mutate(dice: random.Random) -> bytes:
    """A datagram of some seed with bytes changed, cut out, or put in; or of pure chance."""
    data = bytearray(dice.choice(SEEDS) if dice.random() < 0.9 else dice.randbytes(60))
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(3):
            case 0:
                data[at : at + 1] = dice.randbytes(1)
            case 1:
                del data[at : at + dice.randrange(8)]
            case _:
                data[at:at] = dice.randbytes(dice.randrange(4))
    return bytes(data)


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_is_read_or_malformed(name: str) -> None:
    dice = random.Random(20261123)
    outcomes = {True: 0, False: 0}
    for _ in range(ROUNDS):
        data = mutate(dice)
        try:
            PARSERS[name](data)
            outcomes[True] += 1
        except (Malformed, Refused):
            outcomes[False] += 1
    assert sum(outcomes.values()) == ROUNDS
    assert outcomes[True], "some must be readable, or nothing was tried"
