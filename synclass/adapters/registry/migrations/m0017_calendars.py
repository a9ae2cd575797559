"""Calendars that are subscribed to, days without a lesson, and people by their account."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("account", "whose", "of")),
        sa.Column("secret", sa.Text, nullable=False),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("made_at", "used_at")),
    )
    op.create_index("calendars_of_account", "calendar", ["account"])
    op.add_column("slot", sa.Column("cancelled", sa.JSON, nullable=False, server_default="[]"))
    op.create_index("people_of_account", "person", ["account"])


def downgrade() -> None:
    op.drop_index("people_of_account", "person")
    op.drop_column("slot", "cancelled")
    op.drop_table("calendar")
