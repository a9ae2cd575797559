"""What is kept: holds on lessons, rules of how long, notices of what falls, and consent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = ("consent", "falling", "keeping_rule", "hold")


def upgrade() -> None:
    op.create_table("hold", *_keys("lesson"), *_texts("who", "why"), _time("at"))
    months = sa.Column("months", sa.Integer, nullable=False)
    op.create_table("keeping_rule", *_keys("subject", "teacher"), months)
    op.create_table("falling", *_keys("lesson"), _time("noticed_at"))
    texts = _texts("picture", "voice", "who")
    op.create_table("consent", *_keys("kind", "id"), *texts, _time("at"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=False)
