"""The class books: who was there, and what each said."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    here, picked = sa.Column("here", sa.Boolean, nullable=False), _number("picked")
    op.create_table("attended", *_keys(), _text("classroom"), here, picked)
    op.create_index("lessons_of_pupil", "attended", ["pupil"])
    op.create_index("lessons_of_class", "attended", ["classroom"])
    quiz = sa.Column("quiz", sa.Integer, primary_key=True)
    right = sa.Column("right", sa.Boolean, nullable=True)
    op.create_table("answered", *_keys(), quiz, _text("classroom"), _text("said"), right)
    op.create_index("answers_of_pupil", "answered", ["pupil"])
    op.create_index("answers_of_class", "answered", ["classroom"])


def downgrade() -> None:
    op.drop_table("answered")
    op.drop_table("attended")


def _keys() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("lesson", "pupil")]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)
