"""Our own server as the load generator's: a lesson behind the doors for encoders and players."""

import asyncio
import socket
import sys
import time
from pathlib import Path

import aiohttp

from ...adapters.registry import SqlRegistry
from ...errors import Unavailable
from ...ports import LessonCard
from ...tickets import LIFETIME, Ticket, sign
from ...words import LessonId, Participant, ParticipantId, Role
from .driver import SSRCS, Driver, Load, Peer

LESSON = LessonId("bench")
TEACHER = Participant(ParticipantId("teacher"), "王老师", Role.TEACHER)
PATROL = Participant(ParticipantId("patrol"), "巡课", Role.PATROL)
PATIENCE = 20.0  # seconds for a start
GRACE = 8.0  # seconds for an end


class Doors:
    """All our processes count: signaling and the recorder beside the one media worker."""

    def __init__(self, driver: Driver, host: str, folder: Path) -> None:
        self._driver, self._host, self._folder = driver, host, folder

    async def start(self) -> list[int]:
        registry = await SqlRegistry.open(self._folder / "synclass.sqlite")
        await registry.save_lesson(
            LessonCard(LESSON, "分数的意义", "数学", TEACHER.id, "123456", time.time())
        )
        await registry.close()
        port, udp = _free(socket.SOCK_STREAM), _free(socket.SOCK_DGRAM)
        where = ("--host", "127.0.0.1", "--port", str(port), "--udp-port", str(udp))
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "synclass", "serve", "--data", str(self._folder), *where),
            *("--media-ip", self._host, "--workers", "1"),
            stdout=asyncio.subprocess.DEVNULL,
        )
        self._url = f"http://127.0.0.1:{port}"
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        await self._healthy()
        self._key = (self._folder / "secret.key").read_bytes()
        return _family(self._process.pid)

    async def publish(self, load: Load, kbps: float, fps: float) -> None:
        peer = await load.open()
        load.cmd("pub", peer.id, SSRCS[0], 96, SSRCS[1], 111, kbps, fps)
        self._driver.connect(peer, await self._enter("whip", TEACHER, peer.offer(*SSRCS)))
        await load.event(peer.id, "dtls")

    async def subscribe(self, load: Load, probe: bool) -> Peer:
        peer = await load.open()
        offer = receiving(peer.offer(*SSRCS))
        peer.t0 = time.time()
        self._driver.connect(peer, await self._enter("whep", PATROL, offer), probe=probe)
        return peer

    async def stop(self) -> None:
        await self._http.close()
        self._process.terminate()
        async with asyncio.timeout(GRACE):
            await self._process.wait()

    async def _healthy(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                async with self._http.get(f"{self._url}/healthz") as told:
                    if all((await told.json())["media"]):
                        return
            except aiohttp.ClientError:
                pass
            if time.monotonic() > until:
                raise Unavailable("synclass", "our own server does not start")
            await asyncio.sleep(0.1)

    async def _enter(self, door: str, who: Participant, offer: str) -> str:
        """-> the answer; raises Unavailable where the door stays closed."""
        ticket = sign(Ticket(LESSON, who, time.time() + LIFETIME), self._key)
        headers = {"Authorization": f"Bearer {ticket}", "Content-Type": "application/sdp"}
        url = f"{self._url}/{door}/{LESSON}"
        async with self._http.post(url, data=offer.encode(), headers=headers) as told:
            text = await told.text()
            if told.status != 201:
                raise Unavailable("synclass", f"{door} says {told.status}: {text}")
            return text


def receiving(offer: str) -> str:
    """The offer of one who publishes, turned round."""
    lines = [line for line in offer.splitlines() if not line.startswith(("a=msid:", "a=ssrc:"))]
    return "\r\n".join(lines).replace("a=sendonly", "a=recvonly") + "\r\n"


def _free(kind: socket.SocketKind) -> int:
    with socket.socket(type=kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]
