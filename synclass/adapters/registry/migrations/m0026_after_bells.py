"""The service after school may have bells of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    bells = sa.Column("after_bells", sa.JSON, nullable=False, server_default="[]")
    op.add_column("school", bells)


def downgrade() -> None:
    op.drop_column("school", "after_bells")
