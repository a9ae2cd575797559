"""Invitations in the registry: accepted once, whoever else has the link."""

from msgspec import structs
from sqlalchemy import Column, Double, Table, Text, delete, insert, select, update

from ...errors import Refused, Unavailable
from ...ports import Account, Invitation
from .accounts import ACCOUNT, values_of
from .database import METADATA, contradicts
from .part import Part
from .things import made

_TEXTS = ("secret", "shown", "role", "school", "by", "account")
INVITATION = Table(
    "invitation",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in _TEXTS),
    *(Column(name, Double, nullable=False) for name in ("made_at", "expires_at")),
)
_C = INVITATION.c


class SqlInvitations(Part):
    async def invitation(self, id_: str) -> Invitation | None:
        rows = await self._db.rows(select(INVITATION).where(_C.id == id_))
        return made(Invitation, rows[0]) if rows else None

    async def invitations(self) -> list[Invitation]:
        """The newest first."""
        order = select(INVITATION).order_by(_C.made_at.desc(), _C.id)
        return [made(Invitation, row) for row in await self._db.rows(order)]

    async def save_invitation(self, invitation: Invitation) -> None:
        values = structs.asdict(invitation) | {"role": invitation.role.value}
        await self._db.write(self._db.upsert(INVITATION, values))

    async def accept_invitation(self, id_: str, account: Account) -> None:
        """Raises Refused("invitation-used"), ("name-taken")."""
        use = update(INVITATION).where(_C.id == id_, _C.account == "")
        try:
            async with self._db.writing() as connection:
                met = await connection.execute(use.values(account=account.name))
                if met.rowcount != 1:
                    raise Refused("invitation-used", "somebody has used this link already")
                await connection.execute(insert(ACCOUNT).values(values_of(account)))
        except Unavailable as error:
            if contradicts(error):
                raise Refused("name-taken", "there is an account of this name") from error
            raise

    async def remove_invitation(self, id_: str) -> None:
        await self._db.write(delete(INVITATION).where(_C.id == id_))

    async def forget_invitations(self, before: float) -> None:
        """Accepted or not."""
        await self._db.write(delete(INVITATION).where(_C.expires_at < before))
