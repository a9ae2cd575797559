"""What becomes of a teacher whose own line is bad, packet by packet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from signaling.sfu.keyframes import GAP
from signaling.sfu.orders import Open
from signaling.sfu.rtcp import remb
from signaling.sfu.uplink import CEILING_BPS
from synclass.cli.benches.caller import PICTURE, VOICE
from synclass.cli.benches.handshake import Identity

from ..signaling.sfu.classroom import Signaling, worker
from ..waiting import until
from .conftest import LONG
from .profiles import CLEAN, KBIT, MBIT, PROFILES, Profile, Way
from .proxy import Link
from .speaker import LESSON, Room, Speaker

SECONDS = 60.0 if LONG else 4.0


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity()


@pytest.fixture
async def signaling(tmp_path: Path) -> AsyncIterator[Signaling]:
    async with worker(tmp_path) as door:
        there = Signaling(door)
        await there.up()
        there.worker.order(Open(LESSON, 0.0))
        yield there
        await there.die()


@asynccontextmanager
async def speaking(
    signaling: Signaling, identity: Identity, profile: Profile
) -> AsyncIterator[tuple[Speaker, Link]]:
    """A teacher on the air, behind a line of her own."""
    probe = Room(identity, "nobody")
    answer = await signaling.invite(LESSON, "nobody", probe.caller.offer("recvonly"))
    probe.caller.close()
    port = int(answer.split("m=", 1)[1].split()[1])
    async with Link(profile, ("127.0.0.1", port)) as link:
        speaker = Speaker(identity)
        await speaker.enter(signaling, link)
        talk = asyncio.create_task(speaker.speak())
        yield speaker, link
        talk.cancel()
        speaker.caller.close()


async def join(signaling: Signaling, identity: Identity, who: str) -> Room:
    room = Room(identity, who)
    await room.enter(signaling)
    await until(lambda: all(room.came.values()))
    return room


@pytest.mark.parametrize("loss", [0.05, 0.1])
async def test_no_room_misses_what_the_teachers_line_loses(
    signaling: Signaling, identity: Identity, loss: float
) -> None:
    bad = Profile(CLEAN.down, Way(delay=0.03, jitter=0.005, loss=loss))
    async with speaking(signaling, identity, bad) as (speaker, link):
        room = await join(signaling, identity, "room")
        await asyncio.sleep(SECONDS)
        lost = room.lost(PICTURE), room.lost(VOICE)
        print(f"\n  of {loss:.0%} on the way up: picture {lost[0]:.2%}, voice {lost[1]:.2%} lost")
        assert link.up.lost > 0.5 * loss * link.up.entered
        assert max(lost) < loss / 10
        assert min(speaker.estimates) > 0.99 * CEILING_BPS, "a bad line is not a full one"
        room.caller.close()


async def test_a_burst_is_repaired_too(signaling: Signaling, identity: Identity) -> None:
    bad = PROFILES["wifi-crowded"]._replace(down=CLEAN.down)
    async with speaking(signaling, identity, bad):
        room = await join(signaling, identity, "room")
        await asyncio.sleep(SECONDS)
        print(f"\n  picture {room.lost(PICTURE):.2%}, voice {room.lost(VOICE):.2%} lost")
        assert room.lost(PICTURE) < 0.02
        room.caller.close()


async def test_ten_rooms_that_cannot_go_on_make_one_plea_a_second(
    signaling: Signaling, identity: Identity
) -> None:
    async with speaking(signaling, identity, CLEAN) as (speaker, _):
        names = [f"room{n}" for n in range(10)]
        rooms = await asyncio.gather(*(join(signaling, identity, name) for name in names))
        for _ in range(30):
            for room in rooms:
                room.plead()
            await asyncio.sleep(0.1)
        assert len(speaker.pleas) >= 3
        assert all(b - a > 0.9 * GAP for a, b in pairwise(speaker.pleas)), speaker.pleas
        for room in rooms:
            room.caller.close()


async def test_a_thin_line_up_is_told_so_and_told_when_it_has_grown(
    signaling: Signaling, identity: Identity
) -> None:
    thin = Profile(CLEAN.down, Way(500 * KBIT, delay=0.03, buffer=0.5))
    async with speaking(signaling, identity, CLEAN) as (speaker, link):
        await until(lambda: bool(speaker.estimates), within=1.0)
        assert speaker.estimates[0] > 0.99 * CEILING_BPS
        await asyncio.sleep(1.0)
        link.turn(thin)
        await until(lambda: speaker.estimates[-1] < 600 * KBIT, within=4)
        link.turn(CLEAN)
        await until(lambda: speaker.estimates[-1] > 1 * MBIT, within=12)


async def test_a_rooms_bad_line_is_no_business_of_the_teacher_and_of_other_rooms(
    signaling: Signaling, identity: Identity
) -> None:
    async with speaking(signaling, identity, CLEAN) as (speaker, _):
        thin, clean = [await join(signaling, identity, who) for who in ("thin", "clean")]
        for _ in range(20):
            thin.tell(remb(50_000, [1]))
            thin.plead()
            await asyncio.sleep(0.1)
        assert min(speaker.estimates) > 0.99 * CEILING_BPS
        assert all(then - now > 0.9 for now, then in pairwise(speaker.pleas)), "one a second"
        assert len(speaker.pleas) <= 3
        assert (clean.lost(PICTURE), clean.lost(VOICE)) == (0, 0)
        for room in (thin, clean):
            room.caller.close()
