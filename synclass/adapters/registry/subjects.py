"""Subjects of other logins in the registry: each is one account's."""

from msgspec import structs
from sqlalchemy import Column, Double, Index, Table, Text, delete, insert, select

from ...errors import Refused, Unavailable
from ...ports import Subject
from .database import METADATA, contradicts
from .part import Part
from .things import made

SUBJECT = Table(
    "subject",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("since", Double, nullable=False, server_default="0"),
)
_C = SUBJECT.c
Index("subjects_of_account", _C.account)


class SqlSubjects(Part):
    async def subject(self, issuer: str, subject: str) -> Subject | None:
        mine = select(SUBJECT).where(_C.issuer == issuer, _C.subject == subject)
        rows = await self._db.rows(mine)
        return made(Subject, rows[0]) if rows else None

    async def subjects(self, account: str) -> list[Subject]:
        found = select(SUBJECT).where(_C.account == account).order_by(_C.issuer, _C.subject)
        return [made(Subject, row) for row in await self._db.rows(found)]

    async def link_subject(self, subject: Subject) -> None:
        """Raises Refused("taken"); linked twice it is linked since the first time."""
        try:
            await self._db.write(insert(SUBJECT).values(structs.asdict(subject)))
        except Unavailable as error:
            if not contradicts(error):
                raise
            there = await self.subject(subject.issuer, subject.subject)
            if there is None or there.account != subject.account:
                raise Refused("taken", "this is another account's") from error

    async def unlink_subjects(self, account: str) -> None:
        await self._db.write(delete(SUBJECT).where(_C.account == account))
