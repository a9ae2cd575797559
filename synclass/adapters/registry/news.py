"""The outbox of the registry: what happened, kept in one transaction with what it tells of."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Column, Double, Table, Text
from sqlalchemy.ext.asyncio import AsyncConnection

from ...webhooks import News
from .database import METADATA, Database

NEWS = Table(
    "news",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("event", "lesson", "homework", "work")),
    Column("at", Double, nullable=False),
)


async def tell(database: Database, connection: AsyncConnection, news: Sequence[News]) -> None:
    """Within writing(): with what they tell of, or not at all; what is said twice is said once."""
    for one in news:
        await connection.execute(database.adding(NEWS).values(msgspec.to_builtins(one)))
