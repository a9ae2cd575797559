"""GStreamer's webrtcbin (libnice, an RSA certificate), in and out."""

from collections.abc import Callable
from pathlib import Path

from .program import running
from .stock import Lesson, Publisher, Viewer

PYTHON = "/usr/bin/python3"  # the one that Debian's bindings belong to
CLIENT = str(Path(__file__).parent / "programs/gstreamer.py")


async def test_gstreamer_publishes(
    lesson: Lesson, viewer: Viewer, keep: Callable[[bytes], Path]
) -> None:
    door, ticket = lesson.door("whip"), lesson.tickets["wang"]
    async with running(PYTHON, CLIENT, "publish", door, ticket, "-") as client:
        await client.says("state", "connected")
        await viewer.start()
        await viewer.sees_and_hears()
        keep(viewer.png())


async def test_gstreamer_watches_the_vp9_of_another(
    lesson: Lesson, keep: Callable[[bytes], Path], tmp_path: Path
) -> None:
    ways = (
        [lesson.door("whip"), lesson.tickets["wang"]],
        [lesson.door("whep"), lesson.tickets["zhao"]],
    )
    picture = tmp_path / "seen.png"
    async with running(PYTHON, CLIENT, "publish", *ways[0], "-", "VP9") as encoder:
        await encoder.says("state", "connected")
        async with running(PYTHON, CLIENT, "watch", *ways[1], str(picture), "VP9") as player:
            await player.says("frames")
    keep(picture.read_bytes())


async def test_gstreamer_watches(
    lesson: Lesson, publisher: Publisher, keep: Callable[[bytes], Path], tmp_path: Path
) -> None:
    door, ticket = lesson.door("whep"), lesson.tickets["zhao"]
    picture = tmp_path / "seen.png"
    async with running(PYTHON, CLIENT, "watch", door, ticket, str(picture)) as client:
        seen = await client.says("frames")
        assert seen["sounds"] > 20
    keep(picture.read_bytes())
