"""Courses that are archived, and who watched which recording, found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
WATCHED = sa.text("act = 'recording.watch'")


def upgrade() -> None:
    archived = sa.Column("archived", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("course", archived)
    op.create_index(
        *("watched", "note", ["what", "who"]), sqlite_where=WATCHED, postgresql_where=WATCHED
    )


def downgrade() -> None:
    op.drop_index("watched", "note")
    op.drop_column("course", "archived")
