"""Studios of famous teachers: apprentices, open lessons, and what their people say."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

NEW = ("studio_word", "openlesson", "apprentice", "studio")


def upgrade() -> None:
    op.create_table(
        "studio",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("name", "subject", "master", "about"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    _of_studio("apprentice", "account", "standing")
    op.create_index("apprentices_of_studio", "apprentice", ["studio"])
    op.create_index("studios_of_apprentice", "apprentice", ["account"])
    _of_studio("openlesson", "lesson")
    op.create_index("lessons_of_studio", "openlesson", ["studio"])
    op.create_table(
        "studio_word",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *_texts("studio", "lesson", "account", "shown", "school", "text"),
        sa.Column("parent", sa.Integer, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        _key("studio_word"),
        sqlite_autoincrement=True,
    )
    op.create_index("words_of_studio", "studio_word", ["studio"])
    op.create_index("studio_words_on_lesson", "studio_word", ["lesson"])


def downgrade() -> None:
    for name in NEW:
        op.drop_table(name)


def _of_studio(table: str, *texts: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("studio", *texts),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _key(table),
    )


def _key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["studio"], ["studio.id"], name=f"fk_{table}_studio")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
