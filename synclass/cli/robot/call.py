"""A robot's call: offers its tracks through the client, and offers anew when media is lost."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

import structlog
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from ...errors import Refused, Unavailable
from .client import Client

log = structlog.get_logger()

AGAIN = 1.0  # seconds until the next offer
CONNECTED_WITHIN = 15.0
# A bundled answer has its candidates in the first section only (RFC 8843 §7.1.3).  Where sections
# share a transport aiortc reads those of the last, finds none and never connects.
BUNDLE = RTCBundlePolicy.MAX_COMPAT
PERMANENT = frozenset(("no-codec", "not-allowed", "sdp-nonsense"))

Tracks = Callable[[], Sequence[MediaStreamTrack]]


class Call:
    """Publishes what ``tracks`` makes (anew for each connection) and hears ``voices`` slots.

    The order of the sections is the protocol's: voice, camera, then the audio slots.  Everything
    aiortc receives it decodes, so a robot asks for few slots and for no pictures.
    """

    def __init__(self, client: Client, tracks: Tracks, *, voices: int = 0) -> None:
        self.connected = False
        self.heard = 0
        """Frames of sound decoded so far."""
        self._client = client
        self._tracks = tracks
        self._voices = voices

    async def run(self) -> None:
        """Be connected until cancelled.  Raises Refused where no offer of ours can be taken."""
        await self._client.entered()
        while True:
            await self._client.until(lambda: self._client.online)
            try:
                await self._once()
            except Refused as error:
                if error.code in PERMANENT:
                    raise
                log.debug("no call yet", who=self._client.me, code=error.code)
            except (Unavailable, TimeoutError) as error:
                log.debug("no call yet", who=self._client.me, why=str(error))
            await asyncio.sleep(AGAIN)

    async def _once(self) -> None:
        """One connection, from the offer to its loss, or to the server's call for a new one."""
        recalls = self._client.recalls
        recalled = asyncio.create_task(self._client.until(lambda: self._client.recalls > recalls))
        pc = RTCPeerConnection(RTCConfiguration([], bundlePolicy=BUNDLE))
        changed, listeners = asyncio.Event(), list[asyncio.Task[None]]()
        pc.on("connectionstatechange", changed.set)
        try:
            for track in self._tracks():
                pc.addTransceiver(track, direction="sendonly")
            for _ in range(self._voices):
                pc.addTransceiver("audio", direction="recvonly")
            await pc.setLocalDescription(await pc.createOffer())
            answer = await self._client.offer(pc.localDescription.sdp)
            await pc.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            for slot in pc.getTransceivers()[-self._voices :] if self._voices else ():
                listeners.append(asyncio.create_task(self._listen(slot.receiver.track)))
            async with asyncio.timeout(CONNECTED_WITHIN):
                await _until(pc, changed, {"connected"})
            self.connected = True
            lost = asyncio.create_task(_until(pc, changed, {"failed", "closed"}))
            listeners.append(lost)
            await asyncio.wait({lost, recalled}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.connected = False
            recalled.cancel()
            for task in listeners:
                task.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)
            await pc.close()

    async def _listen(self, track: MediaStreamTrack) -> None:
        """Take what is decoded: aiortc keeps it without a limit otherwise."""
        with suppress(MediaStreamError):
            while True:
                await track.recv()
                self.heard += 1


async def _until(pc: RTCPeerConnection, changed: asyncio.Event, states: set[str]) -> None:
    while pc.connectionState not in states:
        if pc.connectionState == "closed":
            raise Unavailable("media-lost", "the connection was closed")
        changed.clear()
        await changed.wait()
