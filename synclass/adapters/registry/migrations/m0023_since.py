"""Since when a subject of another login is an account."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("subject", sa.Column("since", sa.Double, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("subject", "since")
