"""A real redis-server for whoever asks for one."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

import pytest
from redis.asyncio import Redis


class RedisServer:
    """A real redis-server on a Unix socket, without any file."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        options = ["--port", "0", "--save", "", "--appendonly", "no", "--daemonize", "no"]
        argv = ["redis-server", *options, "--unixsocket", str(self._socket)]
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert any("ready to accept" in line.lower() for line in self.process.stdout), (
            "no redis-server"
        )

    def kill(self) -> None:
        self.process.send_signal(SIGKILL)
        self.process.communicate()

    async def let_pass(self, seconds: float) -> None:
        """Make every key that expires that much older, instead of waiting."""
        async with Redis.from_url(self.url) as redis:
            async for key in redis.scan_iter():
                left = await redis.pttl(key)
                if left >= 0:
                    await redis.pexpire(key, left - round(seconds * 1000))


@pytest.fixture(scope="session")
def server() -> Iterator[RedisServer]:
    with TemporaryDirectory(prefix="redis") as folder:  # a socket's path must be short
        server = RedisServer(Path(folder))
        yield server
        server.kill()


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    with TemporaryDirectory(prefix="redis") as folder:
        server = RedisServer(Path(folder))
        yield server
        server.kill()
