"""Stock aiortc by WHIP and WHEP: the far end for every other client."""

import asyncio
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

import aiohttp
import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from ..signaling.sfu.classroom import Colour, Tone
from ..waiting import until


class Lesson(NamedTuple):
    server: str
    id: str
    code: str
    tickets: dict[str, str]

    def door(self, way: str) -> str:
        return f"{self.server}/{way}/{self.id}"


class Party:
    """One peer connection with its session at one of our doors."""

    way, who = "", ""

    def __init__(self, lesson: Lesson, http: aiohttp.ClientSession) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration([]))
        self.lesson = lesson
        self._http = http
        self._bearer = {"Authorization": f"Bearer {lesson.tickets[self.who]}"}
        self._session = ""

    async def _connect(self) -> None:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        headers = {**self._bearer, "Content-Type": "application/sdp"}
        sdp, door = self.pc.localDescription.sdp, self.lesson.door(self.way)
        async with self._http.post(door, data=sdp, headers=headers) as answer:
            assert answer.status == 201, await answer.text()
            self._session = self.lesson.server + answer.headers["Location"]
            said = await answer.text()
        await self.pc.setRemoteDescription(RTCSessionDescription(said, "answer"))
        await until(lambda: self.pc.connectionState == "connected")

    async def close(self) -> None:
        if self._session:
            await self._http.delete(self._session, headers=self._bearer)
        await self.pc.close()


class Publisher(Party):
    """A tone and a grey picture, as the teacher's."""

    way, who = "whip", "wang"

    async def start(self) -> None:
        for track in (Tone(5000), Colour(120)):
            self.pc.addTransceiver(track, direction="sendonly")
        await self._connect()


class Viewer(Party):
    """Decodes what it is shown: pictures are counted and the last is kept, sound is measured."""

    way, who = "whep", "zhao"

    def __init__(self, lesson: Lesson, http: aiohttp.ClientSession) -> None:
        super().__init__(lesson, http)
        self.frames = 0
        self.loudest = 0
        self.sounds = 0
        self.picture: av.VideoFrame | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        for kind in ("audio", "video"):
            self.pc.addTransceiver(kind, direction="recvonly")
        await self._connect()
        for transceiver in self.pc.getTransceivers():
            work = self._receive(transceiver.receiver.track)
            self._tasks.append(asyncio.create_task(work))

    async def sees_and_hears(self, *, sound: bool = True, within: float = 20.0) -> None:
        await until(lambda: self.frames > 20 and (not sound or self.loudest > 500), within=within)

    def png(self) -> bytes:
        assert self.picture is not None
        return png(self.picture)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await super().close()

    async def _receive(self, track: MediaStreamTrack) -> None:
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if isinstance(frame, av.VideoFrame):
                    self.frames += 1
                    self.picture = frame
                elif isinstance(frame, av.AudioFrame):
                    self.sounds += 1
                    samples = memoryview(bytes(frame.planes[0])).cast("h")[: frame.samples]
                    self.loudest = max(self.loudest, *samples)


def png(picture: av.VideoFrame) -> bytes:
    """A frame as a picture file."""
    coder = av.CodecContext.create("png", "w")
    assert isinstance(coder, av.VideoCodecContext)
    coder.width, coder.height, coder.pix_fmt = picture.width, picture.height, "rgb24"
    coder.time_base = Fraction(1, 90000)
    packets = [*coder.encode(picture.reformat(format="rgb24")), *coder.encode(None)]
    return b"".join(bytes(packet) for packet in packets)
