"""Devices of classrooms, and keys of programs."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("secret", "code"),
        *_times("asked_at"),
        *_texts("classroom"),
        *_times("paired_at"),
        *_texts("by"),
        *_times("seen_at"),
    )
    waiting = sa.text("code <> ''")
    op.create_index(
        *("waiting_devices", "device", ["code"]),
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "token",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("account", "name", "secret"),
        sa.Column("scopes", sa.JSON, nullable=False),
        *_times("made_at", "expires_at", "used_at"),
    )
    op.create_index("tokens_of_account", "token", ["account"])


def downgrade() -> None:
    op.drop_table("token")
    op.drop_table("device")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double, nullable=False) for name in names]
