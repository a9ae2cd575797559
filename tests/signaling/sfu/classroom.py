"""A real worker on loopback, and stock aiortc clients that talk to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeVar
from unittest import mock

import aioice.ice
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from av import AudioFrame, VideoFrame

from signaling.sfu import process
from signaling.sfu.orders import Event
from signaling.worker import Worker

from ...waiting import PATIENCE

T = TypeVar("T")


@asynccontextmanager
async def loopback() -> AsyncIterator[None]:
    """aioice offers no loopback candidates; here it offers nothing else."""
    with mock.patch.object(aioice.ice, "get_host_addresses", return_value=["127.0.0.1"]):
        yield


async def until(what: Callable[[], T], patience: float = PATIENCE) -> T:
    """Wait until something is truthy, and return it."""
    async with asyncio.timeout(patience):
        while not (found := what()):  # noqa: ASYNC110 - events come over a socket
            await asyncio.sleep(0.01)
        return found


class Inviting(Protocol):
    """Whatever answers a client's offer."""

    async def invite(self, lesson: str, who: str, sdp: str) -> str: ...


class Signaling:
    """A worker's other side, remembering what it was told."""

    def __init__(self, path: Path) -> None:
        self.events: list[Event] = []
        self.ups: list[bool] = []
        self.worker = Worker(str(path), self.events.append, self.ups.append)
        self._task = asyncio.create_task(self.worker.run())

    async def up(self) -> None:
        await until(lambda: self.worker.up)

    async def invite(self, lesson: str, who: str, sdp: str) -> str:
        return await self.worker.invite(lesson, who, sdp)

    async def die(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.worker.close()

    def heard(self, kind: type[T], **fields: object) -> list[T]:
        """The events of a kind whose fields are so."""
        return [
            event
            for event in self.events
            if isinstance(event, kind)
            and all(getattr(event, name) == value for name, value in fields.items())
        ]


@asynccontextmanager
async def worker(folder: Path, udp_port: int = 0) -> AsyncIterator[Path]:
    """A worker process's whole inside; yields the path of its door."""
    door = folder / "media.sock"
    settings = process.MediaSettings(
        str(door), str(folder / "recorder.sock"), ["127.0.0.1"], udp_port
    )
    task = asyncio.create_task(process.run(settings))
    try:
        yield door
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Tone(MediaStreamTrack):
    """20 ms of a constant level each time."""

    kind = "audio"

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        self._pts = 0

    async def recv(self) -> AudioFrame:
        await asyncio.sleep(0.02)
        frame = AudioFrame(format="s16", layout="mono", samples=960)
        half = self._level.to_bytes(2, "little", signed=True) * 24
        other = (-self._level).to_bytes(2, "little", signed=True) * 24
        frame.planes[0].update((half + other) * 20)
        frame.sample_rate, frame.pts = 48000, self._pts
        frame.time_base = _base(48000)
        self._pts += 960
        return frame


class Colour(MediaStreamTrack):
    """A picture of one grey, fifteen times a second."""

    kind = "video"

    def __init__(self, grey: int, fps: int = 15) -> None:
        super().__init__()
        self._grey = grey
        self._fps = fps
        self._pts = 0

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(1 / self._fps)
        frame = VideoFrame(160, 120, "yuv420p")
        for n, plane in enumerate(frame.planes):
            plane.update(bytes([self._grey if n == 0 else 128]) * plane.buffer_size)
        frame.pts, frame.time_base = self._pts, _base(90000)
        self._pts += 90000 // self._fps
        return frame


def _base(hz: int) -> Fraction:
    return Fraction(1, hz)


class Client:
    """A stock aiortc client; what it receives is decoded and counted, section by section."""

    def __init__(self) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration([]))
        self.answer = ""
        self.heard: dict[str, list[int]] = {}
        self.seen: dict[str, list[int]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def publish(self, *tracks: MediaStreamTrack) -> "Client":
        for track in tracks:
            self.pc.addTransceiver(track, direction="sendonly")
        return self

    def slots(self, *, audio: int = 0, video: int = 0) -> "Client":
        for kind, count in (("audio", audio), ("video", video)):
            for _ in range(count):
                self.pc.addTransceiver(kind, direction="recvonly")
        return self

    async def join(self, signaling: Inviting, lesson: str, who: str) -> "Client":
        await self.pc.setLocalDescription(await self.pc.createOffer())
        offer = self.pc.localDescription.sdp
        self.answer = await signaling.invite(lesson, who, offer)
        await self.pc.setRemoteDescription(RTCSessionDescription(self.answer, "answer"))
        for number, transceiver in enumerate(self.pc.getTransceivers()):
            if transceiver.currentDirection == "recvonly":
                name = f"{transceiver.kind}{number}"
                self._tasks.append(
                    asyncio.create_task(self._receive(name, transceiver.receiver.track))
                )
        await until(lambda: self.pc.connectionState == "connected")
        return self

    def shows(self, section: str, grey: int) -> bool:
        """Is the newest picture of this section of that grey?  (VP8 is lossy.)"""
        return bool(self.seen[section]) and abs(self.seen[section][-1] - grey) < 6

    async def _receive(self, name: str, track: MediaStreamTrack) -> None:
        heard, seen = self.heard.setdefault(name, []), self.seen.setdefault(name, [])
        while True:
            frame = await track.recv()
            if isinstance(frame, VideoFrame):
                seen.append(bytes(frame.planes[0])[0])
            elif isinstance(frame, AudioFrame):
                samples = memoryview(bytes(frame.planes[0])).cast("h")
                heard.append(max(abs(sample) for sample in samples[: frame.samples : 8]))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.pc.close()
