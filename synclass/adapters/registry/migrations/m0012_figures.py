"""What each lesson adds to the figures of a month, from its bell on."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

COUNTED = ("pupils", "here", "answers", "right")


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("lesson", sa.Text, primary_key=True),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("minutes", sa.Double, nullable=False),
        sa.Column("rooms", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("room_minutes", "fairness")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTED),
        sqlite_with_rowid=False,
    )
    op.create_index("figure_of_lesson", "figure", ["lesson"])
    op.create_index("figures_of_school", "figure", ["school", "day"])


def downgrade() -> None:
    op.drop_table("figure")
