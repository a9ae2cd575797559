"""A client in a process of its own that says what it has, one JSON object a line."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


class Program:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: list[str] = []

    def poke(self) -> None:
        """Have it do what it does at a signal."""
        self._process.send_signal(signal.SIGUSR2)

    async def says(self, key: str, value: object = None, *, within: float = 40.0) -> dict[str, Any]:
        """Wait for a line with this key (and value)."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(within):
                while line := await self._process.stdout.readline():
                    self.said.append(line.decode(errors="replace"))
                    if found := _found(line, key, value):
                        return found
        except TimeoutError:
            pass
        raise AssertionError(f"it never said {key}: " + "".join(self.said[-60:]))


def _found(line: bytes, key: str, value: object) -> dict[str, Any] | None:
    try:
        what = json.loads(line)
    except ValueError:
        return None
    fits = isinstance(what, dict) and key in what and value in (None, what[key])
    return what if fits else None


@asynccontextmanager
async def running(*command: str, cwd: str | None = None) -> AsyncIterator[Program]:
    """Run a program; it is ended with the block."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
