"""A room's screen with stock aiortc: notes the moment of every sound and picture it decodes."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from synclass.cli.robot.call import BUNDLE
from synclass.cli.robot.client import Client
from synclass.errors import Refused, Unavailable

AGAIN = 0.5  # seconds until the next offer


class Watcher:
    """Hears audio slot 0 and sees video slot 0; offers anew when it fails or the server says so."""

    def __init__(self, client: Client) -> None:
        self.heard: list[float] = []
        self.seen: list[float] = []
        self.offered: list[float] = []
        """Monotonic seconds, each of these."""
        self._client = client

    async def run(self) -> None:
        while True:
            await self._client.until(lambda: self._client.online)
            with suppress(Refused, Unavailable, TimeoutError):
                await self._once()
            await asyncio.sleep(AGAIN)

    async def _once(self) -> None:
        recalls = self._client.recalls
        recalled = asyncio.create_task(self._client.until(lambda: self._client.recalls > recalls))
        pc = RTCPeerConnection(RTCConfiguration([], bundlePolicy=BUNDLE))
        changed, listeners = asyncio.Event(), list[asyncio.Task[None]]()
        pc.on("connectionstatechange", changed.set)
        try:
            for kind in ("audio", "video"):
                pc.addTransceiver(kind, direction="recvonly")
            await pc.setLocalDescription(await pc.createOffer())
            self.offered.append(time.monotonic())
            answer = await self._client.offer(pc.localDescription.sdp)
            await pc.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            for slot, notes in zip(pc.getTransceivers(), (self.heard, self.seen), strict=True):
                listeners.append(asyncio.create_task(_note(slot.receiver.track, notes)))
            async with asyncio.timeout(10):
                await _until(changed, lambda: pc.connectionState == "connected")
            lost = asyncio.create_task(
                _until(changed, lambda: pc.connectionState in ("failed", "closed"))
            )
            listeners.append(lost)
            await asyncio.wait({lost, recalled}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            recalled.cancel()
            for task in listeners:
                task.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)
            await pc.close()


def longest_gap(notes: list[float], since: float, until: float) -> float:
    """Seconds of the longest wait for a frame from one moment to another."""
    inside = [since, *(at for at in notes if since < at < until), until]
    return max(b - a for a, b in pairwise(inside))


def between(notes: list[float], since: float, until: float) -> int:
    return sum(since < at < until for at in notes)


async def _until(changed: asyncio.Event, fact: Callable[[], bool]) -> None:
    while not fact():
        changed.clear()
        await changed.wait()


async def _note(track: MediaStreamTrack, notes: list[float]) -> None:
    with suppress(MediaStreamError):
        while True:
            await track.recv()
            notes.append(time.monotonic())
