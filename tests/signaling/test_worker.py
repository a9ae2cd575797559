"""Signaling and a media worker lose each other and find each other again."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from signaling import worker as module
from signaling.sfu.orders import Arrange, Connected, Open, Published, Survey
from synclass.errors import Refused, Unavailable
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from .sfu.classroom import Client, Signaling, Tone, loopback, until, worker

CAST = Cast("audio", 0, ParticipantId("teacher"), "voice", large=True)


@pytest_asyncio.fixture
async def door(tmp_path: Path) -> AsyncIterator[Path]:
    async with loopback(), worker(tmp_path) as path:
        yield path


async def test_without_a_worker_nobody_can_be_invited(tmp_path: Path) -> None:
    signaling = Signaling(tmp_path / "nobody.sock")
    signaling.worker.order(Survey())  # dropped
    for ask in (signaling.worker.invite("math", "room", "v=0"), signaling.worker.survey()):
        with pytest.raises(Unavailable) as missing:
            await ask
        assert missing.value.code == "media-down"
    await signaling.die()
    assert signaling.ups == []


async def test_a_worker_that_comes_late_is_found(tmp_path: Path) -> None:
    signaling = Signaling(tmp_path / "media.sock")
    async with worker(tmp_path):
        await signaling.up()
        assert signaling.ups == [True]
    await until(lambda: signaling.ups == [True, False])
    await signaling.die()


async def test_a_refusal_keeps_its_code(door: Path) -> None:
    signaling = Signaling(door)
    await signaling.up()
    signaling.worker.order(Open("math", time.monotonic()))
    with pytest.raises(Refused) as refused:
        await signaling.worker.invite("math", "room", "v=0\r\n")
    assert refused.value.code == "sdp-nonsense"
    await signaling.die()


async def test_the_lesson_goes_on_while_signaling_is_dead(door: Path) -> None:
    first = Signaling(door)
    await first.up()
    first.worker.order(Open("math", time.monotonic()))
    first.worker.order(Arrange("math", "room", [CAST]))
    room = await Client().slots(audio=1).join(first, "math", "room")
    teacher = await Client().publish(Tone(8000)).join(first, "math", "teacher")
    await until(lambda: len(room.heard["audio0"]) > 10)
    await first.die()
    heard = len(room.heard["audio0"])
    await until(lambda: len(room.heard["audio0"]) > heard + 25)
    second = Signaling(door)
    await second.up()
    assert await second.worker.survey() == {"math": ["room", "teacher"]}
    await until(lambda: second.heard(Published, who="teacher", track="voice"))
    second.worker.order(Open("math", time.monotonic()))
    second.worker.order(Arrange("math", "room", [CAST]))
    late = await Client().slots(audio=1).join(second, "math", "late")
    assert second.heard(Connected, who="late")
    heard = len(room.heard["audio0"])
    await until(lambda: len(room.heard["audio0"]) > heard + 10)
    await asyncio.gather(room.close(), teacher.close(), late.close())
    await second.die()


async def test_a_worker_that_dies_keeps_nobody_waiting(tmp_path: Path) -> None:
    connected = asyncio.Event()

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await reader.read(10)
        writer.transport.abort()

    server = await asyncio.start_unix_server(mute, str(tmp_path / "mute.sock"))
    signaling = Signaling(tmp_path / "mute.sock")
    await signaling.up()
    with pytest.raises(Unavailable):
        await signaling.worker.invite("math", "room", "v=0")
    await signaling.die()
    server.close()


async def test_a_worker_that_says_nothing_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER", 0.05)

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            pass

    server = await asyncio.start_unix_server(mute, str(tmp_path / "mute.sock"))
    signaling = Signaling(tmp_path / "mute.sock")
    await signaling.up()
    with pytest.raises(Unavailable):
        await signaling.worker.survey()
    await signaling.die()
    server.close()


async def test_a_restart_of_nobody_keeps_its_code(door: Path) -> None:
    signaling = Signaling(door)
    await signaling.up()
    with pytest.raises(Refused) as refused:
        await signaling.worker.restart("math", "wang#whip-1", "ufrag")
    assert refused.value.code == "no-session"
    await signaling.die()
