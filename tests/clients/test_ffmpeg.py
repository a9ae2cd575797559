"""FFmpeg's own WHIP muxer, as DTLS client and as DTLS server."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest

from .stock import Lesson, Viewer

SOURCE = "-re -f lavfi -i testsrc2=s=320x240:r=15 -re -f lavfi -i sine=frequency=440"
PICTURE = "-c:v libx264 -profile:v baseline -preset ultrafast -tune zerolatency -bf 0 -g 30"
SOUND = "-c:a libopus -ar 48000 -ac 2 -b:a 32k"


async def ffmpeg(lesson: Lesson, *options: str) -> asyncio.subprocess.Process:
    words = f"-hide_banner {SOURCE} -pix_fmt yuv420p {PICTURE} {SOUND} -f whip".split()
    bearer = ["-authorization", lesson.tickets["wang"]]
    return await asyncio.create_subprocess_exec(
        imageio_ffmpeg.get_ffmpeg_exe(),
        *words,
        *bearer,
        *options,
        lesson.door("whip"),
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("flags", [("-whip_flags", "dtls_active"), ()], ids=["active", "passive"])
async def test_ffmpeg_publishes(
    lesson: Lesson,
    viewer: Viewer,
    keep: Callable[[bytes], Path],
    flags: tuple[str, ...],
) -> None:
    encoder = await ffmpeg(lesson, *flags)
    try:
        await viewer.start()
        await viewer.sees_and_hears()
        keep(viewer.png())
    finally:
        encoder.terminate()
        _, said = await encoder.communicate()
        print(said.decode(errors="replace")[-3000:])
