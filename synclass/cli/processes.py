"""The processes of one server, each made of its parts: the one place that joins them."""

import asyncio
import platform
from pathlib import Path
from ssl import SSLContext

import structlog

from recorder import process as recorder_process
from recorder.shelf import FileShelf
from signaling import app as signaling_app
from signaling.sfu import process as media_process

from ..adapters.memory import MemoryDirectory
from ..adapters.redis import RedisDirectory
from ..adapters.sqlite import SqliteRegistry
from ..ports import Directory
from . import tls
from .config import Config, from_environment, key
from .supervisor import die_with_parent

log = structlog.get_logger()


def run(name: str) -> None:
    """Be the process of this name until told to end."""
    die_with_parent()
    config = from_environment()
    kind, _, number = name.partition("-")
    if kind == "signaling":
        work = signaling(config)
    elif kind == "media":
        work = media(config, int(number))
    else:
        work = recorder(config)
    asyncio.run(work)


async def signaling(config: Config) -> None:
    data = Path(config.data)
    registry = await SqliteRegistry.open(data / "synclass.sqlite")
    settings = signaling_app.Settings(
        host=config.host,
        port=config.port,
        node=f"{platform.node()}:{config.port}",
        key=key(data),
        workers=config.workers_at,
    )
    app = signaling_app.App(
        settings,
        shelf=FileShelf(data),
        registry=registry,
        directory=_directory(config),
        secure=config.secure,
    )
    await signaling_app.serve(app, settings, _ssl(config))


async def media(config: Config, number: int) -> None:
    settings = media_process.MediaSettings(
        socket=config.workers_at[number],
        recorder=config.recorder_at,
        host_ips=config.media_ips,
        udp_port=config.udp_port + number,
        name=f"media-{number}",
    )
    await media_process.run(settings)


async def recorder(config: Config) -> None:
    settings = recorder_process.RecorderSettings(socket=config.recorder_at, data=config.data)
    await recorder_process.run(settings)


def _directory(config: Config) -> Directory:
    return RedisDirectory.at(config.redis) if config.redis else MemoryDirectory()


def _ssl(config: Config) -> SSLContext | None:
    if config.tls_cert:
        return tls.load(Path(config.tls_cert), Path(config.tls_key))
    return tls.auto(Path(config.data)) if config.tls == "auto" else None
