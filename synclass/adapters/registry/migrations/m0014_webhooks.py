"""Webhooks, what there is to tell, and what was told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("url"),
        sa.Column("events", sa.JSON, nullable=False),
        *_texts("school", "secret", "by"),
        *_times("made_at"),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("event", "lesson", "homework", "work"),
        *_times("at"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("hook", "event", "lesson", "body"),
        sa.Column("tries", sa.Integer, nullable=False),
        *_times("made_at", "next_at", "tried_at", "done_at"),
        *_texts("answer"),
    )
    op.create_index("deliveries_of_hook", "delivery", ["hook", "made_at"])
    op.create_index("deliveries_due", "delivery", ["next_at"])


def downgrade() -> None:
    for table in ("delivery", "news", "webhook"):
        op.drop_table(table)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double, nullable=False) for name in names]
