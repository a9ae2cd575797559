"""`synclass serve`: checks what it needs, starts every process, and says where the door is."""

import asyncio
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import click

from recorder.offsite import Offsite

from ..adapters.registry import SqlRegistry
from ..errors import Unavailable
from ..webhooks import networks
from . import first
from .announce import announce
from .config import SEAL, VARIABLE, Config, addresses, key, run_folder, ssl
from .supervisor import Supervisor


@click.command("serve", context_settings={"auto_envvar_prefix": "SYNCLASS"})
@click.option("--data", default="data", help="Folder for everything that is kept.")
@click.option("--host", default="0.0.0.0", help="Address to listen on for HTTP.")
@click.option("--port", default=8080, help="TCP port of pages and signaling.")
@click.option("--udp-port", default=7000, help="UDP port of the first media worker.")
@click.option("--media-ip", multiple=True, help="Address that clients send media to; repeatable.")
@click.option("--workers", default=os.cpu_count() or 1, help="Media workers; one per core.")
@click.option("--registry-url", default="", help="postgresql://... instead of a SQLite file.")
@click.option("--redis", default="", help="URL of the directory for more than one node.")
@click.option("--turn-url", multiple=True, help="TURN server for those without UDP; repeatable.")
@click.option("--turn-secret", default="", help="The secret it shares with us.")
@click.option("--tls", type=click.Choice(["off", "auto"]), default="off")
@click.option("--tls-cert", default="", help="Certificate chain, PEM.")
@click.option("--tls-key", default="", help="Its key, PEM.")
@click.option("--behind-proxy", is_flag=True, help="Believe X-Forwarded-For and -Proto.")
@click.option("--webhooks-to", multiple=True, help="Private network they may reach; repeatable.")
@click.option("--least-free", default=2000, help="MB of the disk no new recording may touch.")
@click.option("--offsite", default="", help="s3://bucket/prefix: ended lessons are copied there.")
@click.option("--oidc-issuer", default="", help="https://... of another login (OpenID Connect).")
@click.option("--oidc-client", default="", help="Our client id there.")
@click.option("--oidc-secret", default="", help="Our secret there; rather SYNCLASS_OIDC_SECRET.")
@click.option("--oidc-name", default="", help="What people call it, for the button.")
@click.option("--oidc-claim", default="", help="Claim that is an account's name, if one is.")
@click.option("--demo", is_flag=True, help="Robots hold a lesson to look at.")
def command(**asked: Any) -> None:
    """Start the server: everything from one command."""
    if bool(asked["tls_cert"]) != bool(asked["tls_key"]):
        raise click.UsageError("--tls-cert and --tls-key go together")
    if bool(asked["turn_url"]) != bool(asked["turn_secret"]):
        raise click.UsageError("--turn-url and --turn-secret go together")
    asked["turn_url"] = list(asked["turn_url"])
    if bool(asked["oidc_issuer"]) != bool(asked["oidc_client"] and asked["oidc_secret"]):
        raise click.UsageError("--oidc-issuer, --oidc-client and --oidc-secret go together")
    asked["webhooks_to"] = list(asked["webhooks_to"])
    try:
        networks(asked["webhooks_to"])
    except ValueError as error:
        raise click.UsageError(f"--webhooks-to: {error}") from error
    data = str(Path(asked.pop("data")).resolve())
    media_ips = list(asked.pop("media_ip")) or addresses()
    asyncio.run(serve(Config(data=data, run=run_folder(), media_ips=media_ips, **asked)))


async def serve(config: Config) -> None:
    """Run the server until Ctrl-C.  Raises Unavailable with what is missing, before it starts."""
    data = Path(config.data)
    check(config)
    registry = await SqlRegistry.open(config.registry)
    password = await first.prepare(registry, data, demo=config.demo)
    os.environ[VARIABLE] = config.environment()
    supervisor = Supervisor(children(config))
    work = asyncio.create_task(supervisor.run())
    telling = asyncio.create_task(announce(config, registry, password, died=supervisor.died))
    try:
        await asyncio.wait({work, telling}, return_when=asyncio.FIRST_COMPLETED)
        if telling.done():
            telling.result()
        await work
    finally:
        telling.cancel()
        supervisor.stop()
        await asyncio.gather(work, telling, return_exceptions=True)
        await registry.close()
        shutil.rmtree(config.run, ignore_errors=True)


def children(config: Config) -> dict[str, list[str]]:
    """The processes by name, and how each is started."""
    started = {"recorder": process("recorder"), "signaling": process("signaling")}
    started |= {f"media-{n}": process("media", str(n)) for n in range(config.workers)}
    if config.demo:
        password = str(Path(config.data) / "demo.password")
        robots = ["robots", "--url", config.address(), "--password-file", password]
        if config.secure:
            robots += ["--trust", config.tls_cert or str(Path(config.data) / "tls/ca.crt")]
        started["robots"] = [sys.executable, "-m", "synclass", *robots]
    return started


def process(name: str, *words: str) -> list[str]:
    return [sys.executable, "-m", f"synclass.cli.processes.{name}", *words]


def check(config: Config) -> None:
    """Raise Unavailable for a folder that cannot be written or a port that is taken."""
    data = Path(config.data)
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("not-writable", f"{data}: {error.strerror}") from error
    key(data)
    key(data, SEAL)
    if config.offsite:
        Offsite.at(data, config.offsite)
    ssl(config)
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
