"""The supervisor against real processes: none may stay dead, none may stay behind."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

import pytest
from structlog.testing import capture_logs

from synclass.cli.supervisor import GRACE, HEALTHY, LONGEST_DELAY, Backoff, Supervisor

SLEEPER = ["sleep", "60"]
STUBBORN = """
trap '' TERM
sleep 60 & echo $! > grandchild
echo ready > ready
wait; wait; sleep 60
"""
SUPERVISED = """
import asyncio, sys
from synclass.cli.supervisor import Supervisor
children = {"one": [sys.executable, "child.py"], "two": [sys.executable, "child.py"]}
asyncio.run(Supervisor(children).run())
"""
CHILD = """
import os, time
from pathlib import Path
from synclass.cli.supervisor import die_with_parent
die_with_parent()
Path(f"pid.{os.getpid()}").touch()
time.sleep(60)
"""


async def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Look every 10 ms; the limit is for a broken supervisor only."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  another process sets no Event of ours
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """A zombie nobody has collected yet is dead too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@asynccontextmanager
async def running(supervisor: Supervisor, count: int) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(supervisor.run())
    try:
        await until(lambda: len(supervisor.pids) == count)
        yield task
    finally:
        supervisor.stop()
        await task


async def test_a_child_that_is_killed_is_started_again_and_the_others_work_on() -> None:
    supervisor = Supervisor({"media": SLEEPER, "recorder": SLEEPER})
    with capture_logs() as logs:
        async with running(supervisor, 2):
            media, recorder = supervisor.pids["media"], supervisor.pids["recorder"]
            os.kill(media, SIGKILL)
            await until(lambda: supervisor.pids.get("media", media) != media)
            assert supervisor.pids["recorder"] == recorder and alive(recorder)
    (death,) = [line for line in logs if line["event"] == "child died"]
    assert death["child"] == "media"
    assert death["code"].startswith("-9")


async def test_a_child_that_ends_at_once_is_tried_again_more_and_more_slowly() -> None:
    with capture_logs() as logs:
        async with running(Supervisor({"media": ["sh", "-c", "exit 7"]}), 0):
            await until(lambda: sum(line["event"] == "child died" for line in logs) == 3)
    deaths = [line for line in logs if line["event"] == "child died"]
    assert [(line["code"], line["again_in"]) for line in deaths] == [
        ("7", 0.1),
        ("7", 0.2),
        ("7", 0.4),
    ]


async def test_a_program_that_is_not_there_does_not_take_the_others_down() -> None:
    supervisor = Supervisor({"media": ["/no/such/program"], "recorder": SLEEPER})
    with capture_logs() as logs:
        async with running(supervisor, 1):
            await until(lambda: any(line["event"] == "child died" for line in logs))
            assert alive(supervisor.pids["recorder"])


async def test_stop_ends_every_child_and_returns() -> None:
    supervisor = Supervisor({"media": SLEEPER, "recorder": SLEEPER})
    async with running(supervisor, 2) as run:
        pids = list(supervisor.pids.values())
        supervisor.stop()
        await asyncio.wait_for(run, GRACE)
        assert not any(alive(pid) for pid in pids)
        assert supervisor.pids == {}


async def test_stop_does_not_wait_for_a_child_that_is_due_to_be_started_again() -> None:
    with capture_logs() as logs:
        async with running(Supervisor({"media": ["false"]}), 0) as run:
            await until(lambda: sum(line["event"] == "child died" for line in logs) == 6)
            stopped_at = asyncio.get_running_loop().time()  # the next start is 3.2 s away
        assert run.done() and asyncio.get_running_loop().time() - stopped_at < 2.0


async def test_a_child_deaf_to_term_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("synclass.cli.supervisor.GRACE", 0.2)
    supervisor = Supervisor({"media": ["sh", "-c", STUBBORN]})
    async with running(supervisor, 1):
        await until((tmp_path / "ready").exists)
        pids = [supervisor.pids["media"], int((tmp_path / "grandchild").read_text())]
        assert all(alive(pid) for pid in pids)
    await until(lambda: not any(alive(pid) for pid in pids))


async def test_a_supervisor_that_is_cancelled_leaves_nobody_behind() -> None:
    supervisor = Supervisor({"media": SLEEPER})
    run = asyncio.create_task(supervisor.run())
    await until(lambda: supervisor.pids)
    pid = supervisor.pids["media"]
    run.cancel()
    await asyncio.wait([run])
    assert run.cancelled() and not alive(pid)


@pytest.mark.parametrize("signal", [SIGTERM, SIGINT, SIGKILL])
def test_however_the_supervisor_ends_no_child_outlives_it(tmp_path: Path, signal: int) -> None:
    (tmp_path / "supervised.py").write_text(SUPERVISED)
    (tmp_path / "child.py").write_text(CHILD)
    argv = [sys.executable, "supervised.py"]
    with subprocess.Popen(argv, cwd=tmp_path, start_new_session=True) as supervisor:
        try:
            asyncio.run(until(lambda: len(list(tmp_path.glob("pid.*"))) == 2))
            pids = [int(path.suffix[1:]) for path in tmp_path.glob("pid.*")]
            assert all(alive(pid) for pid in pids)
            supervisor.send_signal(signal)
            code = supervisor.wait(10)
            asyncio.run(until(lambda: not any(alive(pid) for pid in pids)))
            assert code == (-SIGKILL if signal == SIGKILL else 0)
        finally:
            supervisor.kill()


def test_a_child_whose_supervisor_is_already_gone_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "child.py").write_text(CHILD)
    env = {**os.environ, "SYNCLASS_PARENT": "1999999"}
    argv = [sys.executable, "child.py"]
    ended = subprocess.run(argv, cwd=tmp_path, env=env, timeout=20, check=False)
    assert ended.returncode == 1
    assert not list(tmp_path.glob("pid.*"))


def test_patience_doubles_to_its_limit_and_begins_anew_after_a_healthy_life() -> None:
    backoff = Backoff()
    delays = [backoff.delay(0.0) for _ in range(8)]
    assert delays == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, LONGEST_DELAY, LONGEST_DELAY]
    assert backoff.delay(HEALTHY) == 0.1
    assert backoff.delay(0.0) == 0.2
