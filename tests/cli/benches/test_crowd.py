"""The crowd is a process of its own that comes, listens on, and goes when it is told."""

import asyncio
import sys
from pathlib import Path

import msgspec

from synclass.cli.benches.crowd import Crowd
from synclass.conduct import Begin

from ...conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ...signaling.wsclient import School, school, ticket
from ...waiting import until


async def started(here: School) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.benches.crowd"), stdin=asyncio.subprocess.PIPE
    )
    assert process.stdin
    crowd = Crowd(here.url, [ticket(VILLAGE), ticket(OTHER_VILLAGE)])
    process.stdin.write(msgspec.json.encode(crowd) + b"\n")
    return process


async def test_a_crowd_comes_listens_and_goes(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        process = await started(here)
        members = here.app.rooms.live["lesson"].members  # type: ignore[index]
        await until(lambda: set(members) == {TEACHER.id, VILLAGE.id, OTHER_VILLAGE.id})
        await teacher.done(Begin())
        await until(lambda: all(m.seen == here.lesson().seq for m in members.values()))
        assert process.stdin
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), 10) == 0
        await until(lambda: set(members) == {TEACHER.id})
