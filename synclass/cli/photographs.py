"""`synclass photographs`: those of homework, moved out of the registry into files, or back."""

import asyncio
from pathlib import Path

import click

from recorder.eraser import FileEraser
from recorder.offsite import Offsite
from recorder.shelf import FileShelf
from signaling.album import Album, clear

from .config import OFFSITE
from .registry import opened


@click.command("photographs")
@click.argument("way", type=click.Choice(["out", "back"]))
@click.option("--offsite", default="", envvar=OFFSITE, help="Where lessons are copied to.")
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
def command(way: str, *, offsite: str, data: Path) -> None:
    """Move homework's photographs OUT of the registry into files, or BACK.

    A server moves out what lies inside, by itself.  Back is for whoever returns to a synclass that
    kept them in the registry: stop the server first.  What is broken off is gone on with.
    """
    click.echo(f"{asyncio.run(_move(data, way, offsite))} photographs")


async def _move(data: Path, way: str, offsite: str) -> int:
    elsewhere = Offsite.at(data, offsite) if offsite else None
    async with opened(data) as registry:
        album = Album(registry, FileShelf(data, offsite=elsewhere))
        moved = await (album.move_out() if way == "out" else album.move_back())
        await clear(registry, FileEraser(data, elsewhere))
        return moved
