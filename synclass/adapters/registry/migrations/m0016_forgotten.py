"""Pupils who were erased, and since when: by ids, so that no log of before says their names."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("forgotten_after", "forgotten", ["at"])


def downgrade() -> None:
    op.drop_table("forgotten")
