"""Getting ready: rooms as they were found at their door, plans of lessons, and remarks to them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "door_check", *_keys("room", "lesson"), _at(), _json("finding"), _json("grades")
    )
    op.create_index("checks_of_room", "door_check", ["room", "at"])
    number = sa.Column("number", sa.Integer, primary_key=True)
    sections = _texts("aims", "points", "steps", "homework")
    op.create_table("plan", *_keys("lesson"), number, *_texts("who"), _at(), *sections)
    op.create_table(
        "plan_remark",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *_texts("lesson"),
        sa.Column("parent", sa.Integer, nullable=False),
        *_texts("section", "who"),
        _at(),
        *_texts("text"),
        sqlite_autoincrement=True,
    )
    op.create_index("remarks_of_lesson", "plan_remark", ["lesson"])


def downgrade() -> None:
    for table in ("plan_remark", "plan", "door_check"):
        op.drop_table(table)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _at() -> sa.Column[float]:
    return sa.Column("at", sa.Double, nullable=False)
