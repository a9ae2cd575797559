"""The load generator that lies beside the project: built in a folder of its own, and driven.

Only its driver (load.py) is imported, from where it was said to be; it knows ICE, DTLS and RTP, and
asks an Sfu for everything that servers do differently.
"""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from ...errors import Unavailable

PARTS = ("load.py", "rtcload.c")
BUILD = "gcc -O2 -w rtcload.c -o rtcload -lssl -lcrypto -lsrtp2 -lm"
PACKAGES = "gcc libc6-dev libssl-dev libsrtp2-dev"  # of Debian
SSRCS = 1111, 2222  # picture, voice
GCM = "-gcm"  # the same cipher for every server
Row = dict[str, Any]


class Peer(Protocol):
    """One client of the generator."""

    id: int
    t0: float
    """When it asked to come in."""

    def offer(self, picture: int, voice: int) -> str: ...
    def answer(self, offer: str) -> str: ...
    def connect(self, *words: object) -> None:
        """Its role in DTLS, whether controlling, ufrag, pwd, address, port, whether a probe."""


class Load(Protocol):
    """The generator."""

    async def open(self) -> Peer: ...
    def cmd(self, *words: object) -> None: ...
    async def event(self, id: int, kind: str) -> float: ...


class Sfu(Protocol):
    async def start(self) -> list[int]:
        """-> its processes."""

    async def publish(self, load: Load, kbps: float, fps: float) -> None: ...
    async def subscribe(self, load: Load, probe: bool) -> Peer: ...
    async def stop(self) -> None: ...


class Driver:
    """Raises Unavailable with what is missing."""

    def __init__(self, rtcload: Path, folder: Path) -> None:
        missing = [name for name in PARTS if not (rtcload / name).is_file()]
        if missing:
            raise Unavailable("rtcload", f"{rtcload} has no {' and no '.join(missing)}")
        for name in PARTS:
            shutil.copy(rtcload / name, folder)
        _build(folder)
        self._module = _module(folder / "load.py")

    def connect(
        self, peer: Peer, sdp: str, *, probe: bool = False, controlling: bool = True
    ) -> None:
        """To the server that said so; as the client of DTLS where it leaves the choice."""
        said = self._module.remote(sdp)
        if said["port"] is None:
            raise Unavailable("rtcload", "an SDP without a candidate")
        ice = said["ufrag"], said["pwd"], said["ip"], said["port"]
        role = "server" if said["setup"] == "active" else "client"
        peer.connect(role, controlling or said["lite"], *ice, int(probe))

    async def bench(
        self, name: str, sfu: Sfu, sizes: Sequence[int], *, seconds: float
    ) -> list[Row]:
        """A row for each number of subscribers; what it says meanwhile goes to standard error."""
        with redirect_stdout(sys.stderr):
            rows: list[Row] = await self._module.bench(
                name, sfu, tuple(sizes), window=seconds, args=(GCM,)
            )
        return rows


def _build(folder: Path) -> None:
    try:
        subprocess.run(BUILD.split(), cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise Unavailable("rtcload", f"no gcc: install {PACKAGES}") from error
    except subprocess.CalledProcessError as error:
        first = error.stderr.strip().splitlines()[0] if error.stderr else "gcc failed"
        raise Unavailable("rtcload", f"{first}: install {PACKAGES}") from error


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("rtcload_driver", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
