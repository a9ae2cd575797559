"""Clients in Node: @roamhq/wrtc (libwebrtc) and node-datachannel (libdatachannel)."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from ..waiting import until
from .program import Program, running
from .stock import Lesson, Publisher, Viewer

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = Path(__file__).parent / "programs"


def node(name: str, way: str, lesson: Lesson) -> list[str]:
    who, door = ("wang", "whip") if way == "publish" else ("zhao", "whep")
    program = str(PROGRAMS / f"{name}.js")
    return [str(ROOT / ".ci/node"), "node", program, way, lesson.door(door), lesson.tickets[who]]


async def test_wrtc_publishes(
    lesson: Lesson, viewer: Viewer, keep: Callable[[bytes], Path]
) -> None:
    async with running(*node("wrtc", "publish", lesson)) as client:
        await client.says("state", "connected")
        await viewer.start()
        await viewer.sees_and_hears()
        await restarts(client)
        before = viewer.frames, viewer.sounds
        await until(lambda: viewer.frames > before[0] + 20 and viewer.sounds > before[1] + 50)
        keep(viewer.png())


async def test_wrtc_watches(lesson: Lesson, publisher: Publisher) -> None:
    async with running(*node("wrtc", "watch", lesson)) as client:
        seen = await client.says("frames")
        assert seen["size"] == 160 and seen["sounds"] > 20
        await restarts(client)
        more = await client.says("frames")
        assert more["sounds"] > seen["sounds"]


async def restarts(client: Program, times: int = 2) -> None:
    """It begins ICE anew; media goes over other addresses of its own each time."""
    for number in range(times):
        client.poke()
        await client.says("restarts", number + 1)


async def test_libdatachannel_publishes(
    lesson: Lesson, viewer: Viewer, keep: Callable[[bytes], Path]
) -> None:
    async with running(*node("datachannel", "publish", lesson)) as client:
        port = (await client.says("port"))["port"]
        async with running(*film(port)) as source:
            await client.says("state", "connected")
            await viewer.start()
            await seen(viewer, source)
            keep(viewer.png())


def film(port: int) -> list[str]:
    """FFmpeg as a source of RTP, for a client that has no codecs of its own."""
    picture = "-re -f lavfi -i testsrc2=s=320x240:r=15 -c:v libvpx -deadline realtime -g 15"
    return f"ffmpeg {picture} -f rtp rtp://127.0.0.1:{port}?pkt_size=1200".split()


async def seen(viewer: Viewer, source: Program) -> None:
    try:
        await viewer.sees_and_hears(sound=False)
    except AssertionError:
        async with asyncio.timeout(1):
            await source.says("why")
        raise


async def test_libdatachannel_watches(lesson: Lesson, publisher: Publisher) -> None:
    async with running(*node("datachannel", "watch", lesson)) as client:
        got = await client.says("packets")
        assert got["keys"] > 0 and got["sounds"] > 0
