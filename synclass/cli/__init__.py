"""The `synclass` command: each part of it is a file beside this one."""

import asyncio
import os
from pathlib import Path
from typing import Any

import click

from ..errors import Malformed, Refused, Unavailable
from . import admin, check, config, generate, processes
from . import serve as serving

ONE_FOR_EACH_CORE = max(1, (os.cpu_count() or 1))


class Commands(click.Group):
    """Says our errors in one line, with their code."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (Refused, Malformed, Unavailable) as error:
            raise click.ClickException(f"{error} [{error.code}]") from error


@click.group(cls=Commands)
@click.version_option(package_name="synclass")
def main() -> None:
    """One teacher's lesson, shared by many village classrooms."""


@main.command(context_settings={"auto_envvar_prefix": "SYNCLASS"})
@click.option("--data", default="data", help="Folder for everything that is kept.")
@click.option("--host", default="0.0.0.0", help="Address to listen on for HTTP.")
@click.option("--port", default=8080, help="TCP port of pages and signaling.")
@click.option("--udp-port", default=7000, help="UDP port of the first media worker.")
@click.option("--media-ip", multiple=True, help="Address that clients send media to; repeatable.")
@click.option("--workers", default=ONE_FOR_EACH_CORE, help="Media workers; one per core.")
@click.option("--redis", default="", help="URL of the directory for more than one node.")
@click.option("--tls", type=click.Choice(["off", "auto"]), default="off")
@click.option("--tls-cert", default="", help="Certificate chain, PEM.")
@click.option("--tls-key", default="", help="Its key, PEM.")
@click.option("--demo", is_flag=True, help="Robots hold a lesson to look at.")
def serve(**asked: Any) -> None:
    """Start the server: everything from one command."""
    if bool(asked["tls_cert"]) != bool(asked["tls_key"]):
        raise click.UsageError("--tls-cert and --tls-key go together")
    data = str(Path(asked.pop("data")).resolve())
    media_ips = list(asked.pop("media_ip")) or config.addresses()
    wanted = config.Config(data=data, run=config.run_folder(), media_ips=media_ips, **asked)
    asyncio.run(serving.serve(wanted))


@main.command(hidden=True)
@click.argument("name")
def process(name: str) -> None:
    """One process of a server; the supervisor starts it."""
    processes.run(name)


@main.command("generate", hidden=True)
def write_generated() -> None:
    """Write web/src/wire.gen.ts and docs/protocol.md from the types."""
    generate.write(Path.cwd())


main.add_command(admin.admin)
main.add_command(check.check)
