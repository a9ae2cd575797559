"""What a converter cannot do any more, tried from inside."""

import subprocess
import sys
from pathlib import Path

import pytest

TRIES = {
    "read": "open({secret!r}).read()",
    "list": "os.listdir({home!r})",
    "write": "open({home!r} + '/new', 'w')",
    "connect": "socket.create_connection(('127.0.0.1', {port}), timeout=2)",
    "memory": "bytearray(3 * 1024**3)",
    "large": "[open('large', 'wb').truncate(600 * 1024**2)]",
}
MAY = {"own": "open('mine', 'w').write('x')", "tools": "open('/etc/fonts/fonts.conf').read(9)"}
PROGRAM = """
import os, signal, socket, sys
from pathlib import Path
from signaling.courseware import jail
os.chdir(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
print(jail.enter(Path(sys.argv[1])))
try:
    {does}
except (OSError, MemoryError) as error:
    print(type(error).__name__)
else:
    print("done")
"""


def inside(folder: Path, does: str) -> list[str]:
    command = [sys.executable, "-c", PROGRAM.format(does=does), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


@pytest.fixture
def place(tmp_path: Path) -> dict[str, object]:
    (tmp_path / "job").mkdir()
    (tmp_path / "data").mkdir()
    secret = tmp_path / "data" / "secret.key"
    secret.write_text("secret")
    return {"secret": str(secret), "home": str(tmp_path / "data"), "port": 1}


@pytest.mark.parametrize("what", TRIES)
def test_our_files_the_network_and_more_memory_are_out_of_reach(
    tmp_path: Path, place: dict[str, object], what: str
) -> None:
    lacks, came, *_ = inside(tmp_path / "job", TRIES[what].format(**place))
    if what in ("read", "list", "write") and "files" in lacks:
        pytest.skip("this kernel has no Landlock")
    if what == "connect" and "network" in lacks:
        pytest.skip("this machine lends no network of one's own")
    assert came in ("PermissionError", "OSError", "MemoryError", "ConnectionRefusedError")


@pytest.mark.parametrize("what", MAY)
def test_it_can_write_where_it_works_and_read_what_programs_need(tmp_path: Path, what: str) -> None:
    assert inside(tmp_path, MAY[what])[1] == "done"
