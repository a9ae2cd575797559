"""`synclass admin`: what the owner of the machine may do without logging in."""

import asyncio
from pathlib import Path

import click

from signaling.passwords import checked_name, hashed

from ..adapters.sqlite import SqliteRegistry
from ..ports import Account
from ..words import Role
from . import first

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
def add(name: str, *, data: str, password: str, role: str, **about: str) -> None:
    """Add an account, or replace the one of this name."""
    account = Account(checked_name(name), role=Role(role), password=hashed(password), **about)
    asyncio.run(_add(Path(data), account))


async def _set_password(data: Path, name: str, password: str) -> None:
    registry = await SqliteRegistry.open(data / "synclass.sqlite")
    try:
        await first.set_password(registry, data, name, password)
    except LookupError as error:
        raise click.ClickException(f"there is no account {name!r}") from error
    finally:
        await registry.close()


async def _add(data: Path, account: Account) -> None:
    registry = await SqliteRegistry.open(data / "synclass.sqlite")
    try:
        await registry.save_account(account)
    finally:
        await registry.close()
