"""Consent in the registry: what is on file of schools, classrooms and pupils."""

from typing import Any

import msgspec
from sqlalchemy import Column, Double, Table, Text, select

from ...school.consent import Consent
from .database import METADATA
from .part import Part
from .things import made

CONSENT = Table(
    "consent",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("kind", "id")),
    *(Column(name, Text, nullable=False) for name in ("picture", "voice", "who")),
    Column("at", Double, nullable=False),
)


class SqlConsents(Part):
    async def consents(self, ids: list[str] | None = None) -> list[Consent]:
        c = CONSENT.c
        found = select(CONSENT).order_by(c.kind, c.id)
        found = found if ids is None else found.where(c.id.in_(ids))
        return [made(Consent, row) for row in await self._db.rows(found)]

    async def set_consents(self, consents: list[Consent]) -> None:
        rows: list[dict[str, Any]] = msgspec.to_builtins(consents)
        if rows:
            await self._db.write(*(self._db.upsert(CONSENT, row) for row in rows))
