"""The bench holds Janus's conversation: a room, one who publishes, one who watches."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from synclass.cli.benches import driver, janus
from synclass.cli.benches.driver import Driver
from synclass.cli.benches.janus import Janus
from synclass.errors import Unavailable

from .generator import Load, beside

SDP = "a=ice-ufrag:u\r\na=ice-pwd:p\r\na=setup:{}\r\na=candidate:1 1 udp 9 10.99.0.1 5 typ host\r\n"
WHICH = "synclass.cli.benches.janus.shutil.which"


class Room:
    """What Janus's VideoRoom says, as far as we ask."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["janus-protocol"])
        await socket.prepare(request)
        async for message in socket:
            asked = json.loads(message.data)
            self.asked.append(asked)
            name = asked["transaction"]
            await socket.send_json({"janus": "ack", "transaction": name})
            await socket.send_json({"transaction": name, **self._answer(asked)})
        return socket

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        match asked:
            case {"janus": "create" | "attach"}:
                return {"janus": "success", "data": {"id": 7}}
            case {"body": {"request": "join", "ptype": "publisher"}}:
                return {"janus": "event", "plugindata": {"data": {"id": 42}}}
            case {"body": {"request": "publish"}}:
                return {"janus": "event", "jsep": {"sdp": SDP.format("active")}}
            case {"body": {"request": "join", "streams": [{"feed": 42}]}}:
                return {"janus": "event", "jsep": {"sdp": SDP.format("actpass")}}
            case {"body": {"request": "start"}, "jsep": {"type": "answer"}}:
                return {"janus": "event", "plugindata": {"data": {"started": "ok"}}}
        return {"janus": "error", "error": {"reason": "what?"}}


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(driver, "BUILD", "true")
    monkeypatch.setattr(janus, "LIBRARIES", [tmp_path])
    program = tmp_path / "janus"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(WHICH, lambda name: str(program))
    for name in ("built", "room"):
        (tmp_path / name).mkdir()
    return Driver(beside(tmp_path / "rtcload"), tmp_path / "built")


@asynccontextmanager
async def listening(room: Room, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    app = web.Application()
    app.add_routes([web.get("/", room.talk)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setattr(janus, "PORT", runner.addresses[0][1])
    yield
    await runner.cleanup()


async def test_one_publishes_and_one_watches(
    ours: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, load = Room(), Load()
    async with listening(room, monkeypatch):
        server = Janus(ours, "10.99.0.1", tmp_path / "room")
        (pid,) = await server.start()
        assert pid > 0 and "10.99.0.1" in (tmp_path / "room/janus.jcfg").read_text()
        await server.publish(load, 1200, 30)
        await server.subscribe(load, probe=False)
        teacher, viewer = load.peers
        assert teacher.connected == ("server", True, "u", "p", "10.99.0.1", 5, 0)
        assert viewer.connected == ("client", False, "u", "p", "10.99.0.1", 5, 0)
        with pytest.raises(Unavailable, match="what"):
            await server._ask(janus="nonsense")
        await server.stop()
    assert {"janus": "trickle"}.items() <= next(
        asked for asked in room.asked if "candidate" in asked
    ).items()
    load.close()


async def test_a_janus_that_does_not_start_is_not_waited_for(
    ours: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(janus, "PATIENCE", 0.0)
    monkeypatch.setattr(janus, "PORT", 9)
    server = Janus(ours, "10.99.0.1", tmp_path / "room")
    with pytest.raises(Unavailable, match="does not start"):
        await server.start()
    await server._http.close()
    server._process.kill()
    await asyncio.wait_for(server._process.wait(), 5)


def test_where_it_is_not_installed_its_package_is_named(
    ours: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WHICH, lambda name: None)
    with pytest.raises(Unavailable, match="install Debian's janus"):
        Janus(ours, "10.99.0.1", tmp_path / "room")
