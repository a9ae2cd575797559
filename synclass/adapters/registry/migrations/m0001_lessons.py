"""The first tables: accounts, lessons and the audit log, as files of before have them already."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


TABLES = ("note", "lesson", "account")


def upgrade() -> None:
    """A file of a synclass that knew no steps has its rows in tables that are nearly the same."""
    before = sa.inspect(op.get_bind()).has_table("account")
    if before:
        _put_aside()
    _create()
    if before:
        _take_over()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _put_aside() -> None:
    for index in ("door", "newest"):
        op.execute(f"DROP INDEX {index}")
    for table in TABLES:
        op.rename_table(table, f"{table}_before")


def _take_over() -> None:
    for table in TABLES:
        op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")
        op.drop_table(f"{table}_before")


def _create() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text, primary_key=True),
        *(_text(name) for name in ("shown", "role", "school", "password")),
    )
    op.create_table(
        "lesson",
        sa.Column("id", sa.Text, primary_key=True),
        *(_text(name) for name in ("title", "subject", "teacher", "code")),
        *(_time(name) for name in ("made_at", "began_at", "ended_at")),
    )
    open_door = sa.text("code <> '' AND ended_at = 0")
    op.create_index(
        *("door", "lesson", ["code"]),
        unique=True,
        sqlite_where=open_door,
        postgresql_where=open_door,
    )
    op.create_index("newest", "lesson", ["made_at"])
    op.create_table(
        "note",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        _time("wall"),
        *(_text(name) for name in ("who", "act", "what")),
        sqlite_autoincrement=True,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _time(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=False)
