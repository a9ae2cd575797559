"""Accounts in the registry: who may log in."""

from collections.abc import Collection
from typing import Any

from msgspec import structs
from sqlalchemy import Boolean, Column, Row, Table, Text, false, select

from ...ports import Account
from ...words import Role
from .database import METADATA
from .part import Part

ACCOUNT = Table(
    "account",
    METADATA,
    Column("name", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("shown", "role", "school", "password")),
    Column("given", Boolean, nullable=False, server_default=false()),
)


class SqlAccounts(Part):
    async def account(self, name: str) -> Account | None:
        rows = await self._db.rows(select(ACCOUNT).where(ACCOUNT.c.name == name))
        return _account(rows[0]) if rows else None

    async def save_account(self, account: Account) -> None:
        await self._db.write(self._db.upsert(ACCOUNT, values_of(account)))

    async def accounts(self) -> list[Account]:
        """All of them, by name."""
        rows = await self._db.rows(select(ACCOUNT).order_by(ACCOUNT.c.name))
        return [_account(row) for row in rows]

    async def accounts_named(self, names: Collection[str]) -> dict[str, Account]:
        if not names:
            return {}
        rows = await self._db.rows(select(ACCOUNT).where(ACCOUNT.c.name.in_(names)))
        return {row.name: _account(row) for row in rows}


def values_of(account: Account) -> dict[str, Any]:
    """As its row has them."""
    return structs.asdict(account) | {"role": account.role.value}


def _account(row: Row[Any]) -> Account:
    role, given = Role(row.role), bool(row.given)
    return Account(row.name, row.shown, role, row.school, row.password, given)
