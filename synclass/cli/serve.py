"""`synclass serve`: checks what it needs, starts every process, and says where the door is."""

import asyncio
import os
import shutil
import socket
import sys
from pathlib import Path

import aiohttp
import segno
from rich.console import Console
from rich.panel import Panel

from ..adapters.sqlite import SqliteRegistry
from ..errors import Unavailable
from . import first, tls
from .config import VARIABLE, Config, addresses, key
from .supervisor import Supervisor

UP_WITHIN = 30.0  # seconds for the processes to answer, also on an old school PC


async def serve(config: Config) -> None:
    """Run the server until Ctrl-C.  Raises Unavailable with what is missing, before it starts."""
    data = Path(config.data)
    check(config)
    registry = await SqliteRegistry.open(data / "synclass.sqlite")
    password = await first.prepare(registry, data, demo=config.demo)
    os.environ[VARIABLE] = config.environment()
    supervisor = Supervisor(children(config))
    work = asyncio.create_task(supervisor.run())
    try:
        await _announce(config, registry, password)
        await work
    finally:
        supervisor.stop()
        await asyncio.gather(work, return_exceptions=True)
        await registry.close()
        shutil.rmtree(config.run, ignore_errors=True)


def children(config: Config) -> dict[str, list[str]]:
    """The processes by name, and how each is started."""
    names = ["recorder", *(f"media-{n}" for n in range(config.workers)), "signaling"]
    started = {name: [sys.executable, "-m", "synclass", "process", name] for name in names}
    if config.demo:
        password = str(Path(config.data) / "demo.password")
        robots = ["robots", "--url", config.address(), "--password-file", password]
        started["robots"] = [sys.executable, "-m", "synclass", *robots]
    return started


def check(config: Config) -> None:
    """Raise Unavailable for a folder that cannot be written or a port that is taken."""
    data = Path(config.data)
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("not-writable", f"{data}: {error.strerror}") from error
    key(data)
    _check_port(socket.SOCK_STREAM, config.host, config.port)
    for number in range(config.workers):
        _check_port(socket.SOCK_DGRAM, "0.0.0.0", config.udp_port + number)


def _check_port(kind: socket.SocketKind, host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            name = "TCP" if kind is socket.SOCK_STREAM else "UDP"
            text = f"{name} {host}:{port}: {error.strerror}; another synclass? try another port"
            raise Unavailable("port-in-use", text) from error


async def _announce(config: Config, registry: SqliteRegistry, password: str) -> None:
    """Say where the door is, as soon as there is one."""
    await _answering(config)
    console = Console(highlight=False)
    reach = next((ip for ip in addresses() if config.secure and ip != "127.0.0.1"), "localhost")
    code = await _demo_code(registry) if config.demo else ""
    lines = [f"[bold]{config.address(reach)}[/bold]"]
    if code:
        lines.append(f"课堂口令 lesson code    [bold]{code[:3]} {code[3:]}[/bold]")
    if password:
        lines.append(f"管理员 admin / {password}")
    if config.demo:
        demo = (Path(config.data) / "demo.password").read_text()
        lines.append(f"演示教师 demo teacher: wang / {demo}")
    console.print(Panel("\n".join(lines), title="synclass", expand=False))
    door = config.address(reach) + (f"/?code={code}" if code else "/")
    if sys.stdout.isatty() or config.demo:
        segno.make(door, error="l").terminal(compact=True)
    if config.tls == "auto":
        console.print(tls.how_to_trust(Path(config.data)))


async def _answering(config: Config) -> None:
    """Wait until signaling answers and a media worker is there."""
    deadline = asyncio.get_running_loop().time() + UP_WITHIN
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as http:
        while asyncio.get_running_loop().time() < deadline:
            try:
                async with http.get(config.address() + "/healthz") as response:
                    if all((await response.json())["media"]):
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise Unavailable("not-up", f"no answer within {UP_WITHIN:.0f} s: see the lines above")


async def _demo_code(registry: SqliteRegistry) -> str:
    """The code of the lesson the robots hold."""
    for _ in range(200):
        running = [card for card in await registry.lessons() if card.began_at and card.code]
        if running:
            return running[0].code
        await asyncio.sleep(0.1)
    return ""
