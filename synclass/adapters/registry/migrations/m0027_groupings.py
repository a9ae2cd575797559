"""Groupings of classrooms that teachers named."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "grouping",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("groups", sa.JSON, nullable=False),
    )
    op.create_index("groupings_of_course", "grouping", ["course"])


def downgrade() -> None:
    op.drop_table("grouping")
