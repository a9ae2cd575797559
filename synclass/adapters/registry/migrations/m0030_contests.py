"""Contests of lessons: entries, and what judges gave."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "contest",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("title", "about", "rubric", "until"),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("criteria", "judges")),
        sa.Column("closed_at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "entered",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("contest", "lesson", "title", "teacher", "shown", "school"),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["contest"], ["contest.id"], name="fk_entered_contest"),
    )
    op.create_index("entered_in_contest", "entered", ["contest"])
    op.create_index("contests_with_lesson", "entered", ["lesson"])
    op.create_table(
        "verdict",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("contest", "lesson", "account", "shown", "summary"),
        sa.Column("points", sa.JSON, nullable=False),
        sa.Column("made_at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["contest"], ["contest.id"], name="fk_verdict_contest"),
    )
    op.create_index("verdicts_of_contest", "verdict", ["contest"])


def downgrade() -> None:
    for name in ("verdict", "entered", "contest"):
        op.drop_table(name)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
