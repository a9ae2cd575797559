"""A whole worker, over real UDP and real Unix sockets, with stock clients."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
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


class Nat:
    """Stands between clients and the worker, and may send on from another port."""

    def __init__(self, signaling: Signaling) -> None:
        self._signaling = signaling
        self._loop = asyncio.get_running_loop()
        self._inside = self._bind(self._out)
        self._outside = self._bind(self._in)
        self._client: tuple[str, int] | None = None
        self._server = ("127.0.0.1", 0)

    async def invite(self, lesson: str, who: str, sdp: str) -> str:
        answer = await self._signaling.invite(lesson, who, sdp)
        port = answer.split("m=")[1].split()[1]
        self._server = ("127.0.0.1", int(port))
        return answer.replace(port, str(self._inside.getsockname()[1]))

    def rebind(self) -> None:
        """The NAT forgot; the way out gets a new port, and the old one is dead."""
        self._close(self._outside)
        self._outside = self._bind(self._in)

    def close(self) -> None:
        self._close(self._inside)
        self._close(self._outside)

    def _bind(self, heard: Callable[[bytes, tuple[str, int]], None]) -> socket.socket:
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.setblocking(False)
        bound.bind(("127.0.0.1", 0))
        self._loop.add_reader(bound, lambda: heard(*bound.recvfrom(2048)))
        return bound

    def _close(self, bound: socket.socket) -> None:
        self._loop.remove_reader(bound)
        bound.close()

    def _out(self, data: bytes, source: tuple[str, int]) -> None:
        self._client = source
        self._outside.sendto(data, self._server)

    def _in(self, data: bytes, source: tuple[str, int]) -> None:
        if self._client is not None:
            self._inside.sendto(data, self._client)


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


async def test_a_nat_that_forgets_is_followed_at_the_next_packet(desk: Signaling) -> None:
    """Not at the next check, which may take seconds."""
    nat = Nat(desk)
    desk.worker.order(Arrange("math", "room", [camera(0, "teacher")]))
    desk.worker.order(Arrange("math", "teacher", [voice(0, "room")]))
    room = await Client().publish(Tone(8000)).slots(video=1).join(desk, "math", "room")
    teacher = await Client().publish(Colour(60)).slots(audio=1).join(nat, "math", "teacher")
    await until(lambda: len(room.seen["video1"]) > 5 and len(teacher.heard["audio1"]) > 5)
    nat.rebind()
    seen, heard = len(room.seen["video1"]), len(teacher.heard["audio1"])
    began = time.monotonic()
    await until(lambda: len(room.seen["video1"]) > seen + 2)
    await until(lambda: len(teacher.heard["audio1"]) > heard + 5)
    assert time.monotonic() - began < 1.5  # aioice checks every 5 s
    nat.close()
    await asyncio.gather(room.close(), teacher.close())


async def test_lessons_do_not_see_each_other(desk: Signaling) -> None:
    desk.worker.order(Open("history", time.monotonic()))
    desk.worker.order(Arrange("history", "room", [camera(0, "teacher")]))
    room = await Client().slots(video=1).join(desk, "history", "room")
    teacher = await Client().publish(Colour(60)).join(desk, "math", "teacher")
    await until(lambda: desk.heard(Published, lesson="math"))
    other = await Client().publish(Colour(200)).join(desk, "history", "teacher")
    await until(lambda: room.seen["video0"])
    assert min(room.seen["video0"]) > 150
    await asyncio.gather(room.close(), teacher.close(), other.close())


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
