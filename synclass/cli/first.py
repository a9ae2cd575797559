"""The first accounts of a new server, and the passwords it prints for them."""

import os
import secrets
import time
from datetime import date
from pathlib import Path

from msgspec import structs

from signaling.passwords import hashed

from ..ports import Account, Registry
from ..words import Role
from . import demo as demo_district
from .exhibit import stage

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
DEMO = (
    Account("wang", "王老师", Role.TEACHER, "中心小学", ""),
    Account("li", "李老师", Role.CO_TEACHER, "草兴小学", ""),
    Account("zhao", "赵督导", Role.PATROL, "", ""),
)
ADMIN = Account("admin", "管理员", Role.ADMIN, "", "")


async def prepare(registry: Registry, data: Path, *, demo: bool) -> str:
    """Make the accounts that are missing; returns the admin's first password, or "" if changed."""
    password = await _ensure(registry, data / "admin.password", (ADMIN,))
    if demo:
        await _ensure(registry, data / "demo.password", DEMO)
        if await demo_district.settle(registry, date.today()):
            await stage.show(registry, data, time.time())
    return password


async def set_password(registry: Registry, data: Path, name: str, password: str) -> None:
    """A new password for an account; the first admin's is printed no more."""
    account = await registry.account(name) or (ADMIN if name == ADMIN.name else None)
    if account is None:
        raise LookupError(name)
    await _save(registry, account, password)
    if name == ADMIN.name:
        _forget(data / "admin.password")


def new_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


async def _ensure(registry: Registry, path: Path, accounts: tuple[Account, ...]) -> str:
    """One first password for these, in a file only the owner reads, until somebody changes it."""
    missing = [a for a in accounts if await registry.account(a.name) is None]
    if not missing:
        return _read(path)
    password = _read(path) or new_password()
    _write(path, password)
    for account in missing:
        await _save(registry, account, password)
    return password


async def _save(registry: Registry, account: Account, password: str) -> None:
    await registry.save_account(structs.replace(account, password=hashed(password)))


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _write(path: Path, password: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
