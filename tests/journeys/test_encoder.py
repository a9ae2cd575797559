"""A classroom's browser, and a teacher who comes by an encoder that knows nothing but H.264."""

import subprocess
import sys

from playwright.async_api import Page

from ..clients.stock import Lesson
from ..clients.test_ffmpeg import ffmpeg
from ..waiting import until
from .classroom import Class, inbound, state


async def test_a_room_sees_and_hears_a_teacher_who_sends_h264(lesson: Class) -> None:
    await lesson.teacher()
    room = await lesson.room("草兴小学")
    ticket = {"wang": draw(lesson, "wang")}
    encoder = await ffmpeg(Lesson(lesson.server.url, lesson.lesson, lesson.code, ticket))
    try:
        await until(lambda: sends(room, "H264"), within=30)
        before = (await inbound(room, "video", 0))["frames"]
        await lesson.hears_and_sees(room)
        assert (await inbound(room, "video", 0))["frames"] > before
        await lesson.picture(room, "classroom-encoder")
    finally:
        encoder.terminate()
        await encoder.communicate()
    lesson.check()


async def sends(page: Page, codec: str) -> bool:
    """Whether the teacher's camera is known to be of this codec."""
    return bool((await state(page))["tracks"]["live"].get("u-wang/camera") == codec)


def draw(lesson: Class, name: str) -> str:
    """A ticket for the lesson, as the owner of the machine draws it."""
    words = ("admin", "ticket", name, lesson.lesson, "--data", str(lesson.server.data))
    command = [sys.executable, "-m", "synclass", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
