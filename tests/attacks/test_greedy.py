"""A client with good keys and bad manners takes only from itself."""

import asyncio
import time
from pathlib import Path

import pytest

from synclass.cli.benches.caller import PICTURE, VOICE

from . import mutants
from .call import Listener, call
from .mutants import PROOF

STORM = 30.0 if PROOF else 3.0  # seconds
EACH = 0.005  # seconds between two datagrams of a storm
STREAM, MORE = 1.35e6, 0.4e6  # bit/s; resends have a quarter of a line of one, and one burst
LIES = {
    "nothing": mutants.remb(0, 0),
    "everything": mutants.remb(2**18 - 1, 63),
    "without streams": mutants.remb(1000, 10),
    "more streams than it names": b"\x8f\xce\0\4" + bytes(8) + b"REMB\xff\xff\xff\xff",
}


async def storm(rude: Listener, plain: bytes, seconds: float = STORM) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        rude.say(plain)
        await asyncio.sleep(EACH)


async def test_who_asks_for_everything_again_gets_a_little_and_others_all(tmp_path: Path) -> None:
    async with call(tmp_path, "caoxing", "rude") as here:
        rude = here.listeners.pop()
        ssrcs = [rude.ssrc(PICTURE), rude.ssrc(VOICE)]
        before, began = rude.octets, time.monotonic()
        until = began + STORM
        while time.monotonic() < until:
            for ssrc in ssrcs:
                top = rude.streams[ssrc].top
                fci = [((top - 17 * n) & 0xFFFF, 0xFFFF) for n in range(60)]
                rude.say(mutants.receiver_report() + mutants.nack(ssrc, *fci))
            await asyncio.sleep(EACH)
        rate = (rude.octets - before) * 8 / (time.monotonic() - began)
        assert rude.again > 0, "it is not refused altogether"
        assert rate < STREAM + MORE
        assert await here.goes_on()
        rude.caller.close()


async def test_who_wants_a_key_frame_all_the_time_gets_one_a_second(tmp_path: Path) -> None:
    async with call(tmp_path, "caoxing", "rude") as here:
        rude = here.listeners.pop()
        await here.goes_on(300)  # the key frames for who has come are over
        before, ssrc = here.speaker.pleas, rude.ssrc(PICTURE)
        await storm(rude, mutants.receiver_report() + mutants.pli(ssrc) + mutants.fir(ssrc))
        assert 1 <= here.speaker.pleas - before <= STORM + 2
        assert await here.goes_on()
        rude.caller.close()


@pytest.mark.parametrize("lie", LIES)
async def test_who_lies_about_its_line_harms_only_itself(tmp_path: Path, lie: str) -> None:
    async with call(tmp_path, "caoxing", "liar") as here:
        liar = here.listeners.pop()
        await storm(liar, mutants.receiver_report() + LIES[lie], 1.0)
        heard = liar.streams[liar.ssrc(VOICE)].count
        assert await here.goes_on()
        assert liar.streams[liar.ssrc(VOICE)].count > heard, "a voice goes on at any rate"
        liar.caller.close()


async def test_reports_about_everybody_and_nobody_are_passed_over(tmp_path: Path) -> None:
    async with call(tmp_path, "caoxing", "rude") as here:
        rude = here.listeners[-1]
        ssrcs = list(rude.streams)
        for plain in (
            mutants.receiver_report(*range(31)),
            b"".join([mutants.receiver_report(*ssrcs)] * 20),
            mutants.receiver_report(*(ssrcs * 15)),
            mutants.receiver_report() + mutants.nack(12345, *[(1, 0xFFFF)] * 300),
            mutants.receiver_report() + mutants.fir(*range(100)),
            mutants.receiver_report() + mutants.sender_report(ssrcs[0]),
            mutants.receiver_report() + b"\x9f\xcd\xff\xff" + bytes(8),
            mutants.receiver_report() + b"\x81\xcb\0\1" + bytes(4),
        ):
            for _ in range(20):
                rude.say(plain)
            await asyncio.sleep(0)
        assert await here.goes_on()


async def test_who_reads_nothing_and_who_vanishes_hold_nobody_up(tmp_path: Path) -> None:
    async with call(tmp_path, "caoxing", "sleeper", "vanished") as here:
        vanished, sleeper = here.listeners.pop(), here.listeners.pop()
        sleeper.caller.let_go()
        vanished.caller.close()
        assert await here.goes_on(400)
        sleeper.caller.close()
