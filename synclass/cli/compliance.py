"""`synclass compliance`: a school year of the district as one file, for whoever audits it."""

import asyncio
import os
import time
from pathlib import Path

import click

from signaling.compliance import FIRST, LAST, export

from ..errors import Refused
from .config import SEAL, key
from .registry import opened


@click.command("compliance")
@click.argument("year", type=click.IntRange(FIRST, LAST - 1))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
def command(year: int, file: Path, *, data: Path) -> None:
    """Write the school year that begins in September of YEAR into FILE, a ZIP.

    Audit log with its chain, consents, rules, holds, accounts and rights, what was erased and what
    was taken out; signed by the key of lessons.  `synclass check --year FILE` proves it.
    """
    if file.exists():
        raise Refused("there-already", f"{file} is there already")
    made = asyncio.run(_export(data, year))
    with open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.write(made)
    click.echo(f"{file}: open index.html in it")


async def _export(data: Path, year: int) -> bytes:
    async with opened(data) as registry:
        await registry.note(time.time(), "", "year.take", str(year))
        return await export(registry, year, by="", seal=key(data, SEAL))
