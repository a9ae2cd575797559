"""Keys of programs in the registry, hashed."""

from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import JSON, Column, Double, Index, Row, Table, Text, delete, select, update

from ...ports import Token
from .database import METADATA
from .part import Part

TOKEN = Table(
    "token",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("account", "name", "secret")),
    Column("scopes", JSON, nullable=False),
    *(Column(name, Double, nullable=False) for name in ("made_at", "expires_at", "used_at")),
)
Index("tokens_of_account", TOKEN.c.account)


class SqlTokens(Part):
    async def token(self, id_: str) -> Token | None:
        rows = await self._db.rows(select(TOKEN).where(TOKEN.c.id == id_))
        return _token(rows[0]) if rows else None

    async def tokens(self, account: str) -> list[Token]:
        """Of an account, the newest first."""
        c = TOKEN.c
        found = select(TOKEN).where(c.account == account).order_by(c.made_at.desc(), c.id)
        return [_token(row) for row in await self._db.rows(found)]

    async def save_token(self, token: Token) -> None:
        await self._db.write(self._db.upsert(TOKEN, structs.asdict(token)))

    async def use_token(self, id_: str, at: float) -> None:
        await self._db.write(update(TOKEN).where(TOKEN.c.id == id_).values(used_at=at))

    async def remove_token(self, id_: str) -> None:
        await self._db.write(delete(TOKEN).where(TOKEN.c.id == id_))


def _token(row: Row[Any]) -> Token:
    return msgspec.convert({str(name): value for name, value in row._mapping.items()}, Token)
