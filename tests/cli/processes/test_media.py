"""A media worker's process listens, sends and answers where the config says, each on its own."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from synclass.cli.config import Config
from synclass.cli.processes.media import media

from ...signaling.sfu.classroom import Signaling
from ...waiting import until
from ..server import free_ports


async def test_the_second_worker_has_the_second_door_and_the_second_port(tmp_path: Path) -> None:
    first = free_ports(socket.SOCK_DGRAM, 2)
    config = Config(str(tmp_path), str(tmp_path), "", 0, first, ["127.0.0.1"], 2)
    tapes = list[asyncio.StreamWriter]()
    recorder = await asyncio.start_unix_server(lambda _, out: tapes.append(out), config.recorder_at)
    working = asyncio.create_task(media(config, 1))
    signaling = Signaling(Path(config.workers_at[1]))
    await signaling.up()  # it has the second door
    await until(lambda: len(tapes) == 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", first))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, pytest.raises(OSError):
        probe.bind(("127.0.0.1", first + 1))
    await signaling.die()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    tapes[0].close()
    recorder.close()


async def test_a_port_that_is_taken_ends_the_worker(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        config = Config(str(tmp_path), str(tmp_path), "", 0, port, ["127.0.0.1"], 1)
        with pytest.raises(OSError):
            await asyncio.wait_for(media(config, 0), 10)
