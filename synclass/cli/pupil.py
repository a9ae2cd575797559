"""`synclass pupil`: all that is kept of one pupil, given out as one file, or erased."""

import asyncio
import os
import time
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click

from recorder import disk
from recorder.eraser import FileEraser
from recorder.offsite import Offsite
from recorder.shelf import FileShelf, lesson_folder
from signaling.dossiers import Dossiers
from signaling.pupils import Ending, write

from ..erasure import Erasure
from ..errors import Refused
from ..postclass.dossier import Dossier, Erased
from .config import OFFSITE
from .registry import opened


@click.group("pupil")
def command() -> None:
    """What is kept of a pupil (by its id in the roster)."""


@command.command("export")
@click.argument("pupil")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--offsite", default="", envvar=OFFSITE, help="Where lessons are copied to.")
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
def export(pupil: str, file: Path, *, offsite: str, data: Path) -> None:
    """Write all that is kept of PUPIL into FILE, a ZIP with a page to read."""
    if file.exists():
        raise Refused("there-already", f"{file} is there already")
    with open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        asyncio.run(_export(data, pupil, out, offsite))
    click.echo(f"{file}: open index.html in it")


@command.command("erase")
@click.argument("pupil")
@click.option("--named", is_flag=True, help="Also what others of the same name may have.")
@click.option("--offsite", default="", envvar=OFFSITE, help="Where lessons are copied to.")
@click.option("--data", default="data", type=click.Path(exists=True, path_type=Path))
@click.confirmation_option(prompt="Of what is erased nothing ever comes back. Erase it?")
def erase(pupil: str, *, named: bool, offsite: str, data: Path) -> None:
    """Take PUPIL out of the registry; the class's figures stay, by no name."""
    done = asyncio.run(_erase(data, pupil, offsite, named=named))
    for left in done.left:
        click.echo(f"not erased: a voice in {left.lesson} [{left.why}]", err=True)
    click.echo(
        f"erased: {done.lessons} lessons, {done.answers} answers, {done.listed} lines of reports, "
        f"{done.works} works, {done.voices} voices"
    )


async def _export(data: Path, pupil: str, out: BinaryIO, offsite: str) -> None:
    shelf = FileShelf(data, offsite=_elsewhere(data, offsite))
    async with opened(data) as registry:
        person = await Dossiers(registry, shelf).pupil(pupil)
        await write(registry, shelf, person, out)
        await registry.note(time.time(), "", "pupil.take", person.id)


async def _erase(data: Path, pupil: str, offsite: str, *, named: bool) -> Erased:
    elsewhere = _elsewhere(data, offsite)
    async with opened(data) as registry:
        dossiers = Dossiers(registry, FileShelf(data, offsite=elsewhere))
        dossier = await dossiers.of(await dossiers.pupil(pupil))
        own = await dossiers.own(dossier.person, dossier.school)
        ending = Ending(registry, FileEraser(data, elsewhere), by="", named=named)
        with ExitStack() as held:
            _hold(data, dossier, held)
            return await ending.erase(dossier, own, _nobody_has_it)


def _hold(data: Path, dossier: Dossier, held: ExitStack) -> None:
    """A server that has one of these lessons open must do it itself: "held-elsewhere"."""
    for lesson in {one.lesson for one in dossier.heard}:
        if (log := lesson_folder(data, lesson) / "log").is_dir():
            held.callback(os.close, disk.hold(log))


def _elsewhere(data: Path, offsite: str) -> Offsite | None:
    return Offsite.at(data, offsite) if offsite else None


async def _nobody_has_it(_: Erasure) -> None:
    """We hold its log."""
