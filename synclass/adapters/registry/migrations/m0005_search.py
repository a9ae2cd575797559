"""Indexes that have all a search looks at, in the order it shows what it found."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.drop_index("newest", "lesson")
    op.create_index("found_lessons", "lesson", ["made_at", "id", "title", "subject", "teacher"])
    op.create_index("found_people", "person", ["number", "id", "name", "school", "classroom"])


def downgrade() -> None:
    op.drop_index("found_people", "person")
    op.drop_index("found_lessons", "lesson")
    op.create_index("newest", "lesson", ["made_at"])
