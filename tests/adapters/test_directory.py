"""One contract for every directory: alone in memory, and in a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import redis as plain
from hypothesis import given, settings
from hypothesis import strategies as st

from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.redis import RedisDirectory
from synclass.errors import Refused
from synclass.ports import Claim, Directory
from synclass.words import LessonId, ParticipantId

from .conftest import RedisServer

LESSON, OTHER = LessonId("maths"), LessonId("music")
VILLAGE, COUNTY = ParticipantId("village"), ParticipantId("county")
Pass = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def in_memory() -> AsyncIterator[tuple[Directory, Pass]]:
    now = 0.0

    async def let_pass(seconds: float) -> None:
        nonlocal now
        now += seconds

    yield MemoryDirectory(lambda: now), let_pass


@asynccontextmanager
async def in_redis(server: RedisServer) -> AsyncIterator[tuple[Directory, Pass]]:
    with plain.Redis.from_url(server.url) as redis:
        redis.flushall()
    directory = RedisDirectory.at(server.url)
    yield directory, server.let_pass
    await directory.close()


@pytest.fixture(params=["memory", "redis"])
async def place(
    request: pytest.FixtureRequest, server: RedisServer
) -> AsyncIterator[tuple[Directory, Pass]]:
    async with in_memory() if request.param == "memory" else in_redis(server) as place:
        yield place


@pytest.fixture
def directory(place: tuple[Directory, Pass]) -> Directory:
    return place[0]


@pytest.fixture
def let_pass(place: tuple[Directory, Pass]) -> Pass:
    return place[1]


async def test_a_lesson_nobody_holds_may_be_claimed(directory: Directory) -> None:
    assert await directory.holder(LESSON) is None
    claim = await directory.claim(LESSON, "north", 60)
    assert (claim.lesson, claim.node) == (LESSON, "north")
    assert await directory.holder(LESSON) == "north"
    assert await directory.holder(OTHER) is None


async def test_another_node_is_refused_while_the_claim_lives(directory: Directory) -> None:
    await directory.claim(LESSON, "north", 60)
    with pytest.raises(Refused) as refused:
        await directory.claim(LESSON, "south", 60)
    assert refused.value.code == "held-elsewhere"
    assert await directory.holder(LESSON) == "north"


async def test_the_holder_who_claims_again_keeps_its_epoch(
    directory: Directory, let_pass: Pass
) -> None:
    first = await directory.claim(LESSON, "north", 60)
    await let_pass(40)
    assert await directory.claim(LESSON, "north", 60) == first
    await let_pass(40)
    assert await directory.holder(LESSON) == "north"


async def test_a_claim_that_ran_out_goes_to_the_next_node_with_a_higher_epoch(
    directory: Directory, let_pass: Pass
) -> None:
    first = await directory.claim(LESSON, "north", 60)
    await let_pass(61)
    assert await directory.holder(LESSON) is None
    second = await directory.claim(LESSON, "south", 60)
    assert second.epoch > first.epoch


async def test_a_node_that_slept_too_long_cannot_renew_nor_release_what_is_anothers(
    directory: Directory, let_pass: Pass
) -> None:
    slept = await directory.claim(LESSON, "north", 60)
    await let_pass(61)
    await directory.claim(LESSON, "south", 60)
    assert not await directory.renew(slept, 60)
    await directory.release(slept)
    assert await directory.holder(LESSON) == "south"


async def test_a_node_cannot_renew_with_an_older_epoch_of_its_own(
    directory: Directory, let_pass: Pass
) -> None:
    old = await directory.claim(LESSON, "north", 60)
    await let_pass(61)
    new = await directory.claim(LESSON, "north", 60)
    assert new.epoch > old.epoch
    assert not await directory.renew(old, 60)
    assert await directory.renew(new, 60)


async def test_a_renewed_claim_lives_on(directory: Directory, let_pass: Pass) -> None:
    claim = await directory.claim(LESSON, "north", 60)
    for _ in range(3):
        await let_pass(50)
        assert await directory.renew(claim, 60)
    await let_pass(61)
    assert not await directory.renew(claim, 60)


async def test_a_released_lesson_is_free_at_once_and_its_epoch_is_remembered(
    directory: Directory,
) -> None:
    first = await directory.claim(LESSON, "north", 60)
    await directory.release(first)
    await directory.release(first)
    assert await directory.holder(LESSON) is None
    assert (await directory.claim(LESSON, "south", 60)).epoch > first.epoch


async def test_presence_is_what_was_said_last(directory: Directory, let_pass: Pass) -> None:
    assert await directory.presence(LESSON) == frozenset()
    await directory.present(LESSON, [VILLAGE, COUNTY], 60)
    assert await directory.presence(LESSON) == {VILLAGE, COUNTY}
    await directory.present(LESSON, [COUNTY], 60)
    assert await directory.presence(LESSON) == {COUNTY}
    assert await directory.presence(OTHER) == frozenset()
    await directory.present(LESSON, [], 60)
    assert await directory.presence(LESSON) == frozenset()


async def test_presence_nobody_repeats_is_forgotten(directory: Directory, let_pass: Pass) -> None:
    await directory.present(LESSON, [VILLAGE], 60)
    await let_pass(61)
    assert await directory.presence(LESSON) == frozenset()


Step = tuple[str, str, float]
steps = st.tuples(
    st.sampled_from(["claim", "claim", "renew", "release", "pass"]),
    st.sampled_from(["north", "south"]),
    st.sampled_from([30.0, 90.0]),
)


async def play(place: tuple[Directory, Pass], story: list[Step]) -> list[object]:
    """What a directory answered; epochs by their rank, since each has its own first one."""
    directory, let_pass = place
    claims: list[Claim] = []
    answers: list[object] = []
    for act, node, seconds in story:
        own = [claim for claim in claims if claim.node == node]
        match act:
            case "claim":
                try:
                    claims.append(await directory.claim(LESSON, node, seconds))
                except Refused as refused:
                    answers.append(refused.code)
            case "renew" if own:
                answers.append(await directory.renew(own[-1], seconds))
            case "release" if own:
                await directory.release(own[-1])
            case "pass":
                await let_pass(seconds - 10)
        answers.append(await directory.holder(LESSON))
    epochs = [claim.epoch for claim in claims]
    assert epochs == sorted(epochs), "an epoch fell"
    assert all(len({c.node for c in claims if c.epoch == epoch}) == 1 for epoch in epochs)
    ranks = sorted(set(epochs))
    return [*answers, [ranks.index(epoch) for epoch in epochs]]


@settings(max_examples=40)
@given(story=st.lists(steps, max_size=12))
def test_memory_and_redis_tell_the_same_story(server: RedisServer, story: list[Step]) -> None:
    async def both() -> None:
        async with in_memory() as memory, in_redis(server) as redis:
            assert await play(memory, story) == await play(redis, story)

    asyncio.run(both())
