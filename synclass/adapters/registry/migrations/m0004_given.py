"""An account remembers whether its password was given by an admin."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    given = sa.Column("given", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("account", given)


def downgrade() -> None:
    op.drop_column("account", "given")
