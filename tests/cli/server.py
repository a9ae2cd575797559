"""A whole server for the tests: `synclass serve` on free ports in a temporary folder."""

import itertools
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

UP_WITHIN = 40.0  # seconds; two cores, and a browser beside it

# Below the ports that connections are given; a row for each process of the tests.
FIRST, EACH, ROWS = 10_000, 700, 32
_row = os.getpid() // 2 * 2 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 2
_ports = itertools.cycle(range(FIRST + _row % ROWS * EACH, FIRST + _row % ROWS * EACH + EACH))


def free_ports(kind: socket.SocketKind, count: int = 1) -> int:
    """The first of ``count`` free ports in a row; nobody takes them before they are listened on."""
    while True:
        row = [next(_ports) for _ in range(count)]
        with suppress(OSError):
            for port in row:
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("0.0.0.0", port))
            if row[-1] - row[0] == count - 1:
                return row[0]


class Server:
    """Started by `with`; every process of it is gone at the end."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.port = free_ports(socket.SOCK_STREAM)
        self.url = f"http{'s' if '--tls' in options else ''}://localhost:{self.port}"
        udp = str(free_ports(socket.SOCK_DGRAM))
        self.options = ["--data", str(data), "--port", str(self.port), "--udp-port", udp]
        self.options += ["--workers", "1", "--least-free", "0", *options]
        self.log = data.parent / f"{data.name}.log"

    def __enter__(self) -> Self:
        self.start()
        try:
            self.until_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self) -> None:
        """It is not up then; ``__exit__`` ends it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "synclass", "serve", *self.options], stdout=log, stderr=log
            )

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=15)

    def pid(self, child: str) -> int:
        """The process id of a child's present life."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text())
        return int(re.findall(rf"child started\s+child={child} pid=(\d+)", text)[-1])

    def kill(self, child: str) -> None:
        """kill -9, as a machine short of memory would."""
        os.kill(self.pid(child), signal.SIGKILL)

    def password(self, of: str = "admin") -> str:
        return (self.data / f"{of}.password").read_text()

    def get(self, path: str) -> Any:
        """A plain request, as a browser that knows the server's own authority."""
        authority = self.data / "tls" / "ca.crt"
        trust = ssl.create_default_context(cafile=authority) if authority.exists() else None
        return urllib.request.urlopen(self.url + path, timeout=1, context=trust)

    def says(self, text: str) -> None:
        """Wait until this was printed."""
        for _ in range(round(UP_WITHIN / 0.05)):
            if text in self.log.read_text():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
                break
        raise AssertionError(self.log.read_text())

    def until_up(self) -> None:
        for _ in range(round(UP_WITHIN / 0.05)):
            if self._is_up():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
                break
        raise AssertionError(self.log.read_text())

    def _is_up(self) -> bool:
        try:
            with self.get("/healthz") as answer:
                return all(json.load(answer)["media"])
        except OSError:
            return False
