"""`synclass admin`: what the owner of the machine may do without logging in."""

import asyncio
import os
import time
from pathlib import Path

import click

from recorder import disk
from recorder.eraser import FileEraser
from recorder.manifest import public
from recorder.offsite import Offsite
from recorder.shelf import lesson_folder
from signaling.erasing import carry_out, check
from signaling.login import proof_of
from signaling.passwords import checked_name, hashed

from ..erasure import Erasure
from ..ports import Account
from ..tickets import LIFETIME, Ticket, sign
from ..words import LessonId, ParticipantId, Role
from . import first
from .config import OFFSITE, SEAL, key
from .registry import opened

ROLES = [str(role) for role in (Role.TEACHER, Role.CO_TEACHER, Role.PATROL, Role.ADMIN)]


@click.group("admin")
def command() -> None:
    """Accounts and passwords."""


@command.command()
@click.argument("name")
@click.option("--data", default="data")
@click.password_option()
def password(name: str, data: str, password: str) -> None:
    """Set a new password; every login with the old one ends."""
    asyncio.run(_set_password(Path(data), name, password))


@command.command("add")
@click.argument("name")
@click.option("--shown", required=True, help="The name people see, e.g. 王老师.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--school", default="")
@click.option("--data", default="data")
@click.password_option()
def add(name: str, *, data: str, password: str, role: str, shown: str, school: str) -> None:
    """Add an account, or replace the one of this name."""
    account = Account(checked_name(name), shown, Role(role), school, hashed(password))
    asyncio.run(_add(Path(data), account))


@command.command("key")
@click.option("--data", default="data")
def seal_key(data: str) -> None:
    """Print the public key by which `synclass check --key` knows lessons signed here."""
    click.echo(public(key(Path(data), SEAL)))


@command.command("erase")
@click.argument("lesson")
@click.option("--who", default="", help="Only the voice and picture of this participant (its id).")
@click.option("--offsite", default="", envvar=OFFSITE, help="Where lessons are copied to.")
@click.option("--data", default="data")
@click.confirmation_option(prompt="Of what is erased nothing ever comes back. Erase it?")
def erase(lesson: str, who: str, offsite: str, data: str) -> None:
    """Erase an ended LESSON (its id): log, media, keys, films, its card; or one voice of it."""
    elsewhere = Offsite.at(Path(data), offsite) if offsite else None
    asyncio.run(_erase(Path(data), LessonId(lesson), ParticipantId(who), elsewhere))
    click.echo("erased")


async def _erase(data: Path, lesson: LessonId, who: ParticipantId, offsite: Offsite | None) -> None:
    """A server that has the lesson open must do it itself: Unavailable("held-elsewhere")."""
    log, erasure, eraser = (
        lesson_folder(data, lesson) / "log",
        Erasure(lesson, who),
        FileEraser(data, offsite),
    )
    async with opened(data) as registry:
        card = await registry.lesson(lesson)
        if card is None:
            raise click.ClickException(f"there is no lesson {lesson!r}")
        await check(card, registry)
        held = disk.hold(log) if log.is_dir() else None
        try:
            eraser.order(erasure)
            await carry_out(erasure, eraser, registry, _nobody_has_it)
        finally:
            if held is not None:
                os.close(held)


async def _nobody_has_it() -> None:
    """We hold its log."""


@command.command("ticket")
@click.argument("name")
@click.argument("lesson")
@click.option("--data", default="data")
def ticket(name: str, lesson: str, data: str) -> None:
    """Print a door ticket of an account for a LESSON (its id or its six digits).

    An encoder (WHIP) or a player (WHEP) sends it as its bearer token; it lasts twelve hours.
    """
    click.echo(asyncio.run(_ticket(Path(data), name, lesson)))


async def _ticket(data: Path, name: str, lesson: str) -> str:
    async with opened(data) as registry:
        account = await registry.account(name)
        card = await registry.lesson(LessonId(lesson)) or await registry.lesson_by_code(lesson)
    if account is None:
        raise click.ClickException(f"there is no account {name!r}")
    if card is None:
        raise click.ClickException(f"there is no lesson {lesson!r}")
    expires = time.time() + LIFETIME
    ticket = Ticket(card.id, account.holder, expires, account.name, proof_of(account))
    return sign(ticket, key(data))


async def _set_password(data: Path, name: str, password: str) -> None:
    async with opened(data) as registry:
        try:
            await first.set_password(registry, data, name, password)
        except LookupError as error:
            raise click.ClickException(f"there is no account {name!r}") from error


async def _add(data: Path, account: Account) -> None:
    async with opened(data) as registry:
        await registry.save_account(account)
