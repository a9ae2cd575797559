"""Courses, what was taken of them, and of which course and kind each lesson is."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KINDS = """
UPDATE lesson SET kind = coalesce((SELECT slot.kind FROM opening JOIN slot
ON slot.id = opening.slot WHERE opening.lesson = lesson.id), '')
"""
"""Lessons of before are of the kind of the timetable's lesson they were opened for."""


def upgrade() -> None:
    texts = ("title", "subject", "grade", "teacher", "kind", "term")
    op.create_table(
        "course",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("school", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("lessons", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["school"], ["school.id"], name="fk_course_school"),
        sa.ForeignKeyConstraint(["teacher"], ["person.id"], name="fk_course_teacher"),
    )
    op.create_index("courses_of_school", "course", ["school"])
    keys = ("course", "learner", "lesson")
    op.create_table(
        "course_step",
        *(sa.Column(name, sa.Text, primary_key=True) for name in keys),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("school", "by")),
        sa.Column("at", sa.Double, nullable=False),
    )
    for table, name in (("slot", "course"), ("lesson", "kind"), ("lesson", "course")):
        op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_index("slots_of_course", "slot", ["course"])
    op.execute(KINDS)


def downgrade() -> None:
    op.drop_index("slots_of_course", "slot")
    for table, name in (("lesson", "course"), ("lesson", "kind"), ("slot", "course")):
        op.drop_column(table, name)
    op.drop_table("course_step")
    op.drop_table("course")
