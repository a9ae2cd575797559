"""A classroom on stage sees what is recorded of it; a yes that is taken back ends its recording."""

import time
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Page, expect

from recorder.shelf import FileShelf
from synclass.adapters.registry import SqlRegistry
from synclass.ports import Device, TrackFile
from synclass.school.consent import Answer, Consent, Of
from synclass.school.places import Classroom, School
from synclass.words import LessonId

from ..waiting import until
from .classroom import Class, state

CAOXING = School("cx", "草兴小学")
GRADE = Classroom("cx-3", "cx", "三年级", 4, 4)
YES = Consent(Of.CLASSROOM, GRADE.id, Answer.GRANTED, who="admin", at=1.0)
NO = Consent(Of.CLASSROOM, GRADE.id, Answer.REFUSED, who="admin", at=2.0)


@pytest_asyncio.fixture(loop_scope="module")
async def registry(lesson: Class) -> AsyncIterator[SqlRegistry]:
    registry = await SqlRegistry.open(lesson.server.data / "synclass.sqlite")
    yield registry
    await registry.close()


async def test_a_rooms_picture_is_recorded_only_while_consent_is_on_file(
    lesson: Class, registry: SqlRegistry
) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await pair(registry, room)
    await lesson.begin(teacher)
    await expect(room.locator(".taped")).to_have_text("正在录课，没有录你们")
    await lesson.picture(room, "taped-none")
    await teacher.get_by_role("button", name="请上台").first.click()
    await expect(room.locator(".taped")).to_have_text("正在录你们的声音，不录画面")
    await lesson.picture(room, "taped-voice")
    await registry.set_consents([YES])
    await expect(room.locator(".taped")).to_have_text("正在录你们的声音和画面")
    await until(lambda: any(track.size > track.header for track in cameras(lesson)))
    await lesson.picture(room, "taped-both")
    taken_back = time.monotonic()
    await registry.set_consents([NO])
    await until(lambda: not any(track.live for track in cameras(lesson)))
    assert time.monotonic() - taken_back < 2.0  # the look, the tape's end, and the file's
    await expect(room.locator(".taped")).to_have_text("正在录你们的声音，不录画面")
    (camera,) = cameras(lesson)
    voice = max(track.ends_ms for track in voices(lesson))
    await until(lambda: max(track.ends_ms for track in voices(lesson)) > voice + 1000)
    assert cameras(lesson) == [camera], "the voice goes on in the recording, the picture does not"


async def pair(registry: SqlRegistry, room: Page) -> None:
    """As an admin does, with the device this room came by."""
    await registry.take_in([CAOXING])
    await registry.take_in([GRADE])
    present = (await state(room))["conduct"]["present"]
    (who,) = [id_ for id_, one in present.items() if one["role"] == "classroom"]
    device = Device(who.removeprefix("room-"), "x", "", 1.0, GRADE.id, 2.0, "admin")
    await registry.save_device(device)


def cameras(lesson: Class) -> list[TrackFile]:
    """What was recorded of classrooms' cameras."""
    tracks = FileShelf(lesson.server.data).tracks(LessonId(lesson.lesson))
    return [track for track in tracks if track.track == "camera" and track.who != "u-wang"]


def voices(lesson: Class) -> list[TrackFile]:
    tracks = FileShelf(lesson.server.data).tracks(LessonId(lesson.lesson))
    return [track for track in tracks if track.track == "voice" and track.who != "u-wang"]
