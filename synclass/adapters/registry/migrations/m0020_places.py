"""Where a school lies, for the map; optional."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for name in ("latitude", "longitude"):
        op.add_column("school", sa.Column(name, sa.Double))


def downgrade() -> None:
    for name in ("latitude", "longitude"):
        op.drop_column("school", name)
