"""What an alliance writes down in common, and which of its schools leads it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TABLES = ("alliance_word", "exchange", "attendee", "training", "policy_reading", "policy")


def upgrade() -> None:
    op.add_column("alliance", sa.Column("lead", sa.Text, nullable=False, server_default=""))
    _policies()
    _trainings()
    op.create_table(
        "exchange",
        *_keys("id"),
        *_texts("alliance", "title", "about", "day", "lesson"),
        sa.Column("rooms", sa.JSON, nullable=False),
        *_numbers("version"),
        _of_alliance("exchange"),
    )
    op.create_index("exchanges_of_alliance", "exchange", ["alliance"])
    op.create_table(
        "alliance_word",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *_numbers("parent"),
        *_texts("alliance", "lesson", "account", "shown", "school", "text"),
        sa.Column("at", sa.Double, nullable=False),
        _of_alliance("alliance_word"),
        sqlite_autoincrement=True,
    )
    op.create_index("words_of_alliance", "alliance_word", ["alliance"])
    op.create_index("words_on_lesson", "alliance_word", ["lesson"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("alliance", "lead")


def _policies() -> None:
    number = sa.Column("number", sa.Integer, primary_key=True)
    op.create_table(
        "policy",
        *_keys("id"),
        number,
        *_texts("alliance", "title", "text", "by"),
        sa.Column("at", sa.Double, nullable=False),
        _of_alliance("policy"),
    )
    op.create_index("policies_of_alliance", "policy", ["alliance"])
    op.create_table(
        "policy_reading",
        *_keys("policy"),
        sa.Column("number", sa.Integer, primary_key=True),
        *_keys("account"),
        *_texts("shown", "school"),
        sa.Column("at", sa.Double, nullable=False),
    )


def _trainings() -> None:
    op.create_table(
        "training",
        *_keys("id"),
        *_texts("alliance", "title", "about", "place"),
        sa.Column("starts_at", sa.Double, nullable=False),
        *_numbers("seats", "version"),
        _of_alliance("training"),
    )
    op.create_index("trainings_of_alliance", "training", ["alliance"])
    op.create_table(
        "attendee",
        *_keys("training", "account"),
        *_texts("shown", "school"),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("came", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["training"], ["training.id"], name="fk_attendee_training"),
    )


def _of_alliance(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["alliance"], ["alliance.id"], name=f"fk_{table}_alliance")


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]
