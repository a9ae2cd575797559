"""The audit log becomes a chain: lines of before are chained as they stand."""

import sqlalchemy as sa
from alembic import op

from synclass.chain import linked

revision = "0003"
down_revision = "0002"

NOTE = sa.table("note", *(sa.column(name) for name in ("n", "wall", "who", "act", "what", "link")))


def upgrade() -> None:
    op.add_column("note", sa.Column("link", sa.Text, nullable=False, server_default=""))
    connection, before = op.get_bind(), ""
    for row in connection.execute(sa.select(NOTE).order_by(NOTE.c.n)).all():
        before = linked(before, (row.wall, row.who, row.act, row.what))
        connection.execute(sa.update(NOTE).where(NOTE.c.n == row.n).values(link=before))


def downgrade() -> None:
    op.drop_column("note", "link")
