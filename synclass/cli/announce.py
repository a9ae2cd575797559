"""Says where the door is, as soon as there is one."""

import asyncio
import sys
from collections.abc import Collection
from pathlib import Path

import aiohttp
import segno
from rich.console import Console
from rich.panel import Panel

from ..errors import Unavailable
from ..ports import Registry
from . import tls
from .config import Config, addresses

UP_WITHIN = (
    30.0  # seconds for the processes to answer; an old school PC is told that it takes longer
)
ASIDE = {"robots"}  # processes without which there is a door
DEMO_WITHIN = 20.0  # seconds for the robots to begin their lesson


async def announce(
    config: Config, registry: Registry, password: str, *, died: Collection[str] = ()
) -> None:
    """Say where the door is, as soon as there is one, however long it takes.

    ``died`` names the processes that have died so far: then there may never be one, and after a
    while Unavailable("not-up") is raised.
    """
    console = Console(highlight=False)
    await _answering(config, console, died)
    reach = next((ip for ip in addresses() if config.secure and ip != "127.0.0.1"), "localhost")
    code = await _demo_code(registry) if config.demo else ""
    lines = [f"[bold]{config.address(reach)}[/bold]"]
    if code:
        lines.append(f"课堂号 lesson code    [bold]{code[:3]} {code[3:]}[/bold]")
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
        console.print(tls.how_to_trust(Path(config.data)), soft_wrap=True)


async def _answering(config: Config, console: Console, died: Collection[str]) -> None:
    """Wait until signaling answers and a media worker is there."""
    clock = asyncio.get_running_loop().time
    began = told = clock()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as http:
        while not await _up(config, http):
            if clock() - told >= UP_WITHIN:
                told = clock()
                if gone := ", ".join(sorted(set(died) - ASIDE)):
                    raise Unavailable("not-up", f"{gone} died at the start: see the lines above")
                waited = f"{told - began:.0f}"
                console.print(f"还在启动，请稍候（已 {waited} 秒） still starting ({waited} s)")
            await asyncio.sleep(0.05)


async def _up(config: Config, http: aiohttp.ClientSession) -> bool:
    try:
        async with http.get(config.address() + "/healthz") as response:
            return all((await response.json())["media"])
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _demo_code(registry: Registry) -> str:
    """The code of the lesson the robots hold."""
    for _ in range(round(DEMO_WITHIN / 0.1)):
        running = [card for card in await registry.lessons() if card.began_at and card.code]
        if running:
            return running[0].code
        await asyncio.sleep(0.1)
    return ""
