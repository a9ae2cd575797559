"""A whole worker, over real UDP and real Unix sockets, with stock clients."""

import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from signaling.sfu.orders import (
    Arrange,
    Connected,
    Dismiss,
    Gone,
    Open,
    Published,
)
from synclass.errors import Refused
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from .classroom import Client, Colour, Signaling, Tone, loopback, until, worker


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Signaling]:
    async with loopback(), worker(tmp_path) as door:
        signaling = Signaling(door)
        await signaling.up()
        signaling.worker.order(Open("math", time.monotonic()))
        yield signaling
        await signaling.die()


def camera(slot: int, who: str) -> Cast:
    return Cast("video", slot, ParticipantId(who), "camera", large=True)


def voice(slot: int, who: str) -> Cast:
    return Cast("audio", slot, ParticipantId(who), "voice", large=True)


async def test_a_room_sees_and_hears_the_teacher(desk: Signaling) -> None:
    desk.worker.order(Arrange("math", "room", [voice(0, "teacher"), camera(0, "teacher")]))
    room = await Client().slots(audio=1, video=1).join(desk, "math", "room")
    teacher = await Client().publish(Tone(8000), Colour(60)).join(desk, "math", "teacher")
    await until(lambda: len(room.seen["video1"]) > 10 and len(room.heard["audio0"]) > 20)
    assert abs(room.seen["video1"][-1] - 60) < 6
    assert max(room.heard["audio0"]) > 4000
    assert desk.heard(Connected, who="teacher")
    assert {event.track for event in desk.heard(Published, who="teacher")} == {"voice", "camera"}
    await teacher.close()
    await until(lambda: desk.heard(Gone, who="teacher"))
    assert desk.heard(Gone)[0].reason == "left"
    await room.close()


async def test_a_slot_turns_to_another_camera(desk: Signaling) -> None:
    room = await Client().slots(video=1).join(desk, "math", "room")
    teacher = await Client().publish(Colour(60)).join(desk, "math", "teacher")
    pupil = await Client().publish(Colour(200)).join(desk, "math", "pupil")
    for grey, who in ((60, "teacher"), (200, "pupil"), (60, "teacher")):
        desk.worker.order(Arrange("math", "room", [camera(0, who)]))
        await until(partial(room.shows, "video0", grey))
    for client in (room, teacher, pupil):
        await client.close()


async def test_somebody_who_was_dismissed_is_gone_without_a_word(desk: Signaling) -> None:
    room = await Client().slots(video=1).join(desk, "math", "room")
    desk.worker.order(Dismiss("math", "room"))
    await until(lambda: room.pc.connectionState == "closed")
    assert await desk.worker.survey() == {"math": []}
    assert not desk.heard(Gone)
    await room.close()


async def test_no_lesson_no_door(desk: Signaling) -> None:
    with pytest.raises(Refused) as refused:
        await desk.worker.invite("history", "room", "v=0")
    assert refused.value.code == "no-lesson"


async def test_an_offer_of_nonsense_is_declined_with_its_code(desk: Signaling) -> None:
    with pytest.raises(Refused) as refused:
        await desk.worker.invite("math", "room", "hello")
    assert refused.value.code == "sdp-nonsense"
