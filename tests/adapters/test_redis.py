"""What only a Redis can do to its directory: die, hang, come back empty, hold rubbish."""

import asyncio
from collections.abc import Awaitable
from signal import SIGCONT, SIGSTOP

import pytest
import redis as plain

from synclass.adapters.redis import RedisDirectory
from synclass.errors import Unavailable
from synclass.ports import Claim, Directory
from synclass.words import LessonId, ParticipantId

from .conftest import RedisServer

LESSON, VILLAGE = LessonId("maths"), ParticipantId("village")


async def everything_is_unavailable(directory: Directory) -> None:
    claim = Claim(LESSON, "north", 1)
    calls: list[Awaitable[object]] = [
        directory.claim(LESSON, "north", 60),
        directory.renew(claim, 60),
        directory.release(claim),
        directory.holder(LESSON),
        directory.present(LESSON, [VILLAGE], 60),
        directory.presence(LESSON),
    ]
    for call in calls:
        with pytest.raises(Unavailable) as unavailable:
            await call
        assert unavailable.value.code == "directory"


async def test_redis_that_was_killed_comes_back_empty_and_the_epoch_still_rises(
    own_server: RedisServer,
) -> None:
    directory = RedisDirectory.at(own_server.url)
    first = await directory.claim(LESSON, "north", 60)
    await directory.release(first)
    second = await directory.claim(LESSON, "south", 60)
    own_server.kill()
    await everything_is_unavailable(directory)
    own_server.start()
    with plain.Redis.from_url(own_server.url) as redis:
        assert redis.dbsize() == 0
        seconds, _ = redis.time()
    third = await directory.claim(LESSON, "north", 60)
    # The clock alone carries it over, so two nodes that claim within one second may tie.
    assert third.epoch >= max(seconds, first.epoch) and second.epoch == first.epoch + 1
    await directory.close()


async def test_redis_that_hangs_keeps_nobody_waiting(own_server: RedisServer) -> None:
    directory = RedisDirectory.at(own_server.url, patience=0.05)
    await directory.claim(LESSON, "north", 60)
    own_server.process.send_signal(SIGSTOP)
    try:
        await asyncio.wait_for(everything_is_unavailable(directory), 5)
    finally:
        own_server.process.send_signal(SIGCONT)
    assert await directory.holder(LESSON) == "north"
    await directory.close()


async def test_presence_that_is_not_ours_is_not_believed(own_server: RedisServer) -> None:
    with plain.Redis.from_url(own_server.url) as redis:
        redis.set("synclass:{maths}:present", b"\xc1")
    directory = RedisDirectory.at(own_server.url)
    with pytest.raises(Unavailable):
        await directory.presence(LESSON)
    await directory.close()


def test_a_wrong_url_is_told_without_its_password() -> None:
    with pytest.raises(Unavailable) as unavailable:
        RedisDirectory.at("http://someone:secret@10.0.0.1")
    assert "secret" not in str(unavailable.value)
