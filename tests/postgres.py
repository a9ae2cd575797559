"""A real PostgreSQL for the tests: in a folder of its own, on a Unix socket, started once."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from signal import SIGINT, SIGKILL

import asyncpg

from synclass.adapters.registry import SqlRegistry

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # as Debian has them
UP_WITHIN = 30.0  # seconds; these machines are slow at times
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")  # it is thrown away
LOCALE = ("--locale=C.UTF-8", "--encoding=UTF8")


class Postgres:
    """Refuses to be root, so it is nobody; a folder of ours is given to nobody for it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data = folder, folder / "data"
        self._made = 0
        self._has_tables = False
        if os.geteuid() == 0 and _maps_nobody():
            shutil.chown(folder, "nobody")
        options = ["--auth=trust", "--username=synclass", "--no-sync", *LOCALE]
        self._run("initdb", f"--pgdata={self._data}", *options)
        self.start()

    def start(self) -> None:
        settings = [word for line in FAST for word in ("-c", line)]
        where = ["-D", str(self._data), "-k", str(self._folder), "-c", "listen_addresses="]
        self.process = subprocess.Popen(
            [*_nobody(), self._program("postgres"), *where, *settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + UP_WITHIN
        asked = [self._program("pg_isready"), "-q", "-h", str(self._folder)]
        while subprocess.run(asked, check=False).returncode:
            assert self.process.poll() is None and time.monotonic() < deadline, "no PostgreSQL"
            time.sleep(0.05)

    def kill(self) -> None:
        """Every process of it, at once."""
        self.process.send_signal(SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.send_signal(SIGINT)
        self.process.wait(UP_WITHIN)

    async def database(self, like: str = "template1") -> str:
        """The URL of a new and empty one, or of one like another that nobody is in."""
        self._made += 1
        name = f"district{self._made}"
        await self._create(name, like)
        return self._url(name)

    async def founded(self) -> str:
        """The URL of a new one with all tables; they are made once, and copied."""
        if not self._has_tables:
            await self._create("founded", "template1")
            await (await SqlRegistry.open(self._url("founded"))).close()
            self._has_tables = True
        return await self.database("founded")

    async def _create(self, name: str, like: str) -> None:
        connection = await asyncpg.connect(self._url("postgres"))
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        await connection.close()

    def _url(self, name: str) -> str:
        return f"postgresql://synclass@/{name}?host={self._folder}"

    def _run(self, name: str, *options: str) -> None:
        argv = [*_nobody(), self._program(name), *options]
        subprocess.run(argv, check=True, capture_output=True, cwd=self._folder)

    @staticmethod
    def _program(name: str) -> str:
        assert PROGRAMS, "the tests need Debian's package postgresql"
        return str(PROGRAMS[0] / name)


def _nobody() -> list[str]:
    """How a program is started as nobody: by root in earnest, or by root of a namespace alone."""
    if os.geteuid() != 0:
        return []
    if _maps_nobody():
        return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    return ["unshare", "--user"]


def _maps_nobody() -> bool:
    wanted = pwd.getpwnam("nobody").pw_uid
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(first <= wanted < first + count for first, _, count in ranges)
