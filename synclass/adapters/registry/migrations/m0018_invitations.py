"""Invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    texts = "secret", "shown", "role", "school", "by", "account"
    op.create_table(
        "invitation",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("made_at", "expires_at")),
    )


def downgrade() -> None:
    op.drop_table("invitation")
