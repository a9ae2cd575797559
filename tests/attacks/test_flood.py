"""A million datagrams of strangers at a live call: nobody is thrown out, and nothing is missing."""

import asyncio
import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from synclass.cli.benches.speaker import PICTURE_SSRC, VOICE_SSRC

from . import mutants
from .call import Call, call
from .mutants import PROOF, ROUNDS, damage

BURST = 50  # datagrams between two turns of the worker: its socket holds thousands
MOUTHS = 40  # addresses strangers send from, of several IPs
HELLOS = 10**5 if PROOF else 4000


@pytest.fixture
def mouths() -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        made = [stack.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(MOUTHS)]
        for n, mouth in enumerate(made):
            mouth.setblocking(False)
            mouth.bind((f"127.0.0.{1 + n % 8}", 0))
        yield made


def heard(mouths: list[socket.socket]) -> list[bytes]:
    """What was answered to strangers."""
    answers = list[bytes]()
    for mouth in mouths:
        while True:
            try:
                answers.append(mouth.recv(2048))
            except BlockingIOError:
                break
    return answers


async def flood(here: Call, mouths: list[socket.socket], seeds: list[bytes], rounds: int) -> None:
    """From everywhere in turn; the worker gets its turn after each burst."""
    dice, to = random.Random(mutants.SEED), ("127.0.0.1", here.port)
    for number in range(rounds):
        mouths[number % MOUTHS].sendto(damage(dice, seeds), to)
        if number % BURST == 0:
            await asyncio.sleep(0)


async def test_a_million_strangers_datagrams_disturb_nobody(
    tmp_path: Path, mouths: list[socket.socket]
) -> None:
    known = [mutants.rtp(bytes(200), ssrc=ssrc) for ssrc in (PICTURE_SSRC, VOICE_SSRC)]
    seeds = [
        *(b"\x16", b"\x16\xfe\xfd" + b"\xff" * 40, mutants.client_hello()),
        *(mutants.alert(1, 0), mutants.alert(2, 40), *mutants.STUN_SEEDS),
        *(*mutants.RTP_SEEDS, *mutants.RTCP_SEEDS, *known),
    ]
    async with call(tmp_path, "caoxing", "shuangmiao") as here:
        await flood(here, mouths, seeds, ROUNDS)
        assert await here.goes_on()
        assert heard(mouths) == [], "who cannot authenticate hears nothing"
        await here.join("baishui")
        assert await here.goes_on()


async def test_a_flood_of_hellos_never_reaches_dtls(
    tmp_path: Path, mouths: list[socket.socket]
) -> None:
    """Else each would be answered, by a machine that computes keys for it."""
    async with call(tmp_path, "caoxing") as here:
        hello, to = mutants.client_hello(), ("127.0.0.1", here.port)
        for number in range(HELLOS):
            mouths[number % MOUTHS].sendto(hello, to)
            if number % BURST == 0:
                await asyncio.sleep(0)
        assert await here.goes_on()
        assert heard(mouths) == []


async def test_who_may_shake_hands_and_only_says_hello_stops_nobody(tmp_path: Path) -> None:
    """An invited client repeats its first flight as fast as it can."""
    async with call(tmp_path, "caoxing") as here:
        rude = await here.admit("liulin")
        hello = mutants.client_hello()
        for number in range(HELLOS):
            rude.caller.send(hello)
            if number % BURST == 0:
                await asyncio.sleep(0)
        assert await here.goes_on()
        await here.join("baishui")
        assert await here.goes_on()
        rude.caller.close()
