"""Webhooks in the registry, and what they are told: each message, until it has arrived."""

from collections.abc import Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import (
    JSON,
    Column,
    Double,
    Index,
    Integer,
    Table,
    Text,
    delete,
    select,
    update,
)

from ...webhooks import Delivery, News, Webhook
from .database import METADATA
from .news import NEWS
from .part import Part
from .things import made

WEBHOOK = Table(
    "webhook",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("events", JSON, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("school", "secret", "by")),
    Column("made_at", Double, nullable=False),
)
DELIVERY = Table(
    "delivery",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("hook", "event", "lesson", "body")),
    Column("tries", Integer, nullable=False),
    *(Column(f"{name}_at", Double, nullable=False) for name in ("made", "next", "tried", "done")),
    Column("answer", Text, nullable=False),
)
_C = DELIVERY.c
Index("deliveries_of_hook", _C.hook, _C.made_at)
Index("deliveries_due", _C.next_at)


class SqlWebhooks(Part):
    async def webhook(self, id_: str) -> Webhook | None:
        rows = await self._db.rows(select(WEBHOOK).where(WEBHOOK.c.id == id_))
        return made(Webhook, rows[0]) if rows else None

    async def webhooks(self) -> list[Webhook]:
        """The oldest first."""
        order = select(WEBHOOK).order_by(WEBHOOK.c.made_at, WEBHOOK.c.id)
        return [made(Webhook, row) for row in await self._db.rows(order)]

    async def save_webhook(self, hook: Webhook) -> None:
        await self._db.write(self._db.upsert(WEBHOOK, structs.asdict(hook)))

    async def seal_webhook(self, id_: str, *, lies: str, sealed: str) -> None:
        seen = WEBHOOK.c.id == id_, WEBHOOK.c.secret == lies
        await self._db.write(update(WEBHOOK).where(*seen).values(secret=sealed))

    async def remove_webhook(self, id_: str) -> None:
        """And all of its messages."""
        messages = delete(DELIVERY).where(_C.hook == id_)
        await self._db.write(messages, delete(WEBHOOK).where(WEBHOOK.c.id == id_))

    async def news(self, *, limit: int) -> list[News]:
        """The oldest first."""
        found = select(NEWS).order_by(NEWS.c.at, NEWS.c.id).limit(limit)
        return [made(News, row) for row in await self._db.rows(found)]

    async def pass_on(self, news: str, deliveries: Sequence[Delivery]) -> None:
        """A message that is there already stays as it is."""
        added = [self._db.adding(DELIVERY).values(_values(one)) for one in deliveries]
        await self._db.write(*added, delete(NEWS).where(NEWS.c.id == news))

    async def due_webhooks(self, now: float) -> list[str]:
        """Those that have a message due."""
        found = select(_C.hook).where(_C.next_at > 0, _C.next_at <= now).distinct()
        return [row.hook for row in await self._db.rows(found)]

    async def due(self, hook: str, now: float, *, limit: int) -> list[Delivery]:
        """The longest due first."""
        found = select(DELIVERY).where(_C.hook == hook, _C.next_at > 0, _C.next_at <= now)
        rows = await self._db.rows(found.order_by(_C.next_at, _C.id).limit(limit))
        return [made(Delivery, row) for row in rows]

    async def claim_delivery(self, delivery: Delivery, until: float) -> bool:
        """The time it was due at tells whether another node was faster."""
        mine = _C.id == delivery.id, _C.next_at == delivery.next_at
        return await self._db.write(update(DELIVERY).where(*mine).values(next_at=until)) == 1

    async def save_delivery(self, delivery: Delivery) -> None:
        change = update(DELIVERY).where(_C.id == delivery.id).values(_values(delivery))
        await self._db.write(change)

    async def delivery(self, id_: str) -> Delivery | None:
        rows = await self._db.rows(select(DELIVERY).where(_C.id == id_))
        return made(Delivery, rows[0]) if rows else None

    async def deliveries(self, hook: str, *, limit: int) -> list[Delivery]:
        """The newest first."""
        found = select(DELIVERY).where(_C.hook == hook).order_by(_C.made_at.desc(), _C.id)
        return [made(Delivery, row) for row in await self._db.rows(found.limit(limit))]

    async def forget_deliveries(self, before: float) -> None:
        """Those that are not tried any more."""
        await self._db.write(delete(DELIVERY).where(_C.made_at < before, _C.next_at == 0))


def _values(delivery: Delivery) -> dict[str, Any]:
    return structs.asdict(delivery)
