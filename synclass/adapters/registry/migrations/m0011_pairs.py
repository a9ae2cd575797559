"""Pairs of characters by which lessons and people are found, of all that are there already."""

import sqlalchemy as sa
from alembic import op

from synclass.adapters.registry.pairs import BYTES, pairs_of

revision = "0011"
down_revision = "0010"

TABLES = ("lesson_pair", "person_pair")
AT_ONCE = 5000
"""Rows that are read and written at once."""


def upgrade() -> None:
    for name in TABLES:
        pair = sa.Column("pair", BYTES, primary_key=True)
        id_ = sa.Column("id", sa.Text, primary_key=True)
        op.create_table(name, pair, id_, sqlite_with_rowid=False)
    op.create_index("lessons_of_teacher", "lesson", ["teacher", "made_at"])
    _fill("lesson", ("title", "subject"), numbered=False)
    _fill("person", ("name", "number"), numbered=True)


def downgrade() -> None:
    op.drop_index("lessons_of_teacher", "lesson")
    for name in TABLES:
        op.drop_table(name)


def _fill(name: str, texts: tuple[str, str], *, numbered: bool) -> None:
    """``numbered`` where the second text is a number."""
    table = sa.table(name, sa.column("id"), *map(sa.column, texts))
    pairs = sa.table(f"{name}_pair", sa.column("pair"), sa.column("id"))
    connection, last = op.get_bind(), ""
    while True:
        some = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        rows = connection.execute(some).all()
        if not rows:
            return
        found = []
        for id_, first, second in rows:
            one = pairs_of(first, number=second) if numbered else pairs_of(first, second)
            found += [{"pair": pair, "id": id_} for pair in one]
        if found:
            connection.execute(sa.insert(pairs), found)
        last = rows[-1].id
