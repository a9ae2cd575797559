"""The generator's clients come in by our own doors, and hear and see the teacher."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from synclass.cli.benches import driver
from synclass.cli.benches.doors import Doors, receiving
from synclass.cli.benches.driver import Driver
from synclass.cli.benches.meter import cpu_seconds

from .generator import Load, Peer, beside, kinds


@pytest_asyncio.fixture
async def doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Doors]:
    monkeypatch.setattr(driver, "BUILD", "true")
    for name in ("built", "data"):
        (tmp_path / name).mkdir()
    made = Doors(
        Driver(beside(tmp_path / "rtcload"), tmp_path / "built"), "127.0.0.1", tmp_path / "data"
    )
    pids = await made.start()
    assert len(pids) == 4, "supervisor, signaling, recorder, one media worker"
    assert cpu_seconds(pids) > 0
    yield made
    await made.stop()


async def test_who_publishes_and_who_watches_are_let_in(doors: Doors) -> None:
    load = Load()
    await doors.publish(load, 1200, 30)
    peer = await doors.subscribe(load, probe=True)
    teacher, viewer = load.peers
    assert load.commands == [("pub", teacher.id, 1111, 96, 2222, 111, 1200, 30)]
    assert peer.id == viewer.id and viewer.t0 > 0
    for one, probe in ((teacher, 0), (viewer, 1)):
        role, controlling, *_, ip, port, looks = one.connected
        assert (role, controlling, ip, looks) == ("client", True, "127.0.0.1", probe)
        assert isinstance(port, int) and port > 0
    load.close()


def test_an_offer_is_turned_round() -> None:
    async def offered() -> str:
        peer = Peer(0)
        offer = peer.offer(1, 2)
        peer.caller.close()
        return offer

    offer = asyncio.run(offered()) + "a=ssrc:1 cname:x\r\na=msid:s t\r\n"
    turned = receiving(offer)
    assert kinds(turned) == [("audio", "recvonly"), ("video", "recvonly")]
    assert "a=ssrc" not in turned and "a=msid" not in turned
