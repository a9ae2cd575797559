"""Lessons that were taken out of the timetable, for the calendars that have them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "removed_slot",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("slot", sa.JSON, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("removed_slot")
