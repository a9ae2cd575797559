"""Janus as the load generator's server: its VideoRoom, by its WebSocket interface."""

import asyncio
import json
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

import aiohttp

from ...errors import Unavailable
from .driver import SSRCS, Driver, Load, Peer

PACKAGES = "janus"  # of Debian
LIBRARIES = sorted(Path("/usr/lib").glob("*/janus"))
PARTS = {"plugins": "libjanus_videoroom.so", "transports": "libjanus_websockets.so"}
FOLDERS = ("plugins", "transports", "events", "loggers")
PORT = 18188
PATIENCE = 10.0  # seconds for a start, or an answer
ROOM = 1
Json = dict[str, Any]

MAIN = """general: {{
  configs_folder = "{0}"  plugins_folder = "{0}/plugins"  transports_folder = "{0}/transports"
  events_folder = "{0}/events"  loggers_folder = "{0}/loggers"  debug_level = 3
}}
media: {{ rtp_port_range = "20000-40000" }}
nat: {{ ice_enforce_list = "{1}" }}
"""
TRANSPORT = 'general: {{ json = "compact" ws = true ws_port = {0} ws_ip = "127.0.0.1" }}\n'
VIDEOROOM = (
    'room-{0}: {{ description = "bench" publishers = 10 bitrate = 4000000 fir_freq = 0 '
    'audiocodec = "opus" videocodec = "vp8" record = false notify_joining = false }}\n'
)


class Janus:
    """Raises Unavailable where it is not installed, or does not start."""

    def __init__(self, driver: Driver, host: str, folder: Path) -> None:
        program = shutil.which("janus")
        if program is None or not LIBRARIES:
            raise Unavailable("janus", f"Janus is not here: install Debian's {PACKAGES}")
        self._driver, self._host, self._folder = driver, host, folder
        self._program = program
        self._answers: dict[str, asyncio.Future[Json]] = {}
        self._feed = 0

    async def start(self) -> list[int]:
        self._configure()
        with (self._folder / "log").open("wb") as out:
            self._process = await asyncio.create_subprocess_exec(
                *(self._program, "-F", str(self._folder)), stdout=out, stderr=out
            )
        self._http = aiohttp.ClientSession()
        self._socket = await self._reach()
        self._reading = asyncio.create_task(self._read())
        self._session = (await self._ask(janus="create"))["data"]["id"]
        self._living = asyncio.create_task(self._live())
        return [self._process.pid]

    async def publish(self, load: Load, kbps: float, fps: float) -> None:
        peer, handle = await load.open(), await self._attach()
        joined = await self._say(handle, {"request": "join", "ptype": "publisher", "room": ROOM})
        self._feed = joined["plugindata"]["data"]["id"]
        load.cmd("pub", peer.id, SSRCS[0], 96, SSRCS[1], 111, kbps, fps)
        offer = {"type": "offer", "sdp": peer.offer(*SSRCS)}
        answer = await self._say(handle, {"request": "publish"}, offer)
        self._driver.connect(peer, answer["jsep"]["sdp"])
        await self._no_more(handle)
        await load.event(peer.id, "dtls")

    async def subscribe(self, load: Load, probe: bool) -> Peer:
        peer = await load.open()
        peer.t0 = time.time()
        handle = await self._attach()
        join = {"request": "join", "ptype": "subscriber", "room": ROOM}
        offer = await self._say(handle, {**join, "streams": [{"feed": self._feed}]})
        sdp = offer["jsep"]["sdp"]
        self._driver.connect(peer, sdp, probe=probe, controlling=False)
        await self._say(handle, {"request": "start"}, {"type": "answer", "sdp": peer.answer(sdp)})
        return peer

    async def stop(self) -> None:
        for task in (self._living, self._reading):
            task.cancel()
        await asyncio.gather(self._living, self._reading, return_exceptions=True)
        await self._http.close()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    def _configure(self) -> None:
        for name in FOLDERS:
            (self._folder / name).mkdir()
        for name, library in PARTS.items():
            (self._folder / name / library).symlink_to(LIBRARIES[0] / name / library)
        for name, text in {
            "janus": MAIN.format(self._folder, self._host),
            "janus.transport.websockets": TRANSPORT.format(PORT),
            "janus.plugin.videoroom": VIDEOROOM.format(ROOM),
        }.items():
            (self._folder / f"{name}.jcfg").write_text(text)

    async def _reach(self) -> aiohttp.ClientWebSocketResponse:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await self._http.ws_connect(
                    f"ws://127.0.0.1:{PORT}", protocols=["janus-protocol"]
                )
            except aiohttp.ClientError as error:
                if time.monotonic() > until:
                    raise Unavailable("janus", f"Janus does not start: {error}") from error
            await asyncio.sleep(0.1)

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            waiting = self._answers.get(told.get("transaction", ""))
            if told["janus"] != "ack" and waiting is not None and not waiting.done():
                waiting.set_result(told)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(20.0)
            await self._ask(janus="keepalive", session_id=self._session)

    async def _ask(self, **words: object) -> Json:
        """Raises Unavailable where it says no."""
        name = secrets.token_hex(8)
        self._answers[name] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send_str(json.dumps({**words, "transaction": name}))
            async with asyncio.timeout(PATIENCE):
                told = await self._answers[name]
        finally:
            del self._answers[name]
        if "error" in told or "error" in told.get("plugindata", {}).get("data", {}):
            raise Unavailable("janus", f"Janus refuses: {told}")
        return told

    async def _attach(self) -> int:
        plugin = "janus.plugin.videoroom"
        told = await self._ask(janus="attach", session_id=self._session, plugin=plugin)
        return int(told["data"]["id"])

    async def _say(self, handle: int, body: Json, jsep: Json | None = None) -> Json:
        with_jsep = {} if jsep is None else {"jsep": jsep}
        return await self._ask(
            janus="message", session_id=self._session, handle_id=handle, body=body, **with_jsep
        )

    async def _no_more(self, handle: int) -> None:
        """Candidates."""
        words = {"janus": "trickle", "session_id": self._session, "handle_id": handle}
        done = {"candidate": {"completed": True}, "transaction": "none"}
        await self._socket.send_str(json.dumps({**words, **done}))
