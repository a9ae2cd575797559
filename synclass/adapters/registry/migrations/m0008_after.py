"""What comes after class: homework, evaluations, results over time, lessons as resources."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = ("presence", "result", "resource", "evaluation", "rubric", "picture", "work", "homework")


def upgrade() -> None:
    _homework()
    _evaluation()
    _resource()
    _results()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _homework() -> None:
    told = _texts("lesson", "text", "code"), _doubles("due", "made_at")
    op.create_table("homework", _id(), *told[0], *told[1], _version())
    op.create_index("homework_of_lesson", "homework", ["lesson"])
    op.create_index("homework_codes", "homework", ["code"], unique=True)
    op.create_table(
        "work",
        _id(),
        *_texts("homework", "pupil", "school", "kind", "text", "by", "receipt", "mark", "remark"),
        *_jsons("ink", "marks"),
        *_numbers("width", "height"),
        *_doubles("handed_at", "marked_at", "returned_at"),
        _version(),
        sa.ForeignKeyConstraint(["homework"], ["homework.id"], name="fk_work_homework"),
    )
    op.create_index("work_of_pupil", "work", ["homework", "school", "pupil"], unique=True)
    op.create_index("works_of_school", "work", ["school", "pupil"])
    op.create_index("receipts", "work", ["receipt"], unique=True)
    op.create_table(
        "picture",
        sa.Column("work", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["work"], ["work.id"], name="fk_picture_work"),
    )


def _evaluation() -> None:
    op.create_table("rubric", _id(), *_texts("school", "title"), *_jsons("criteria"), _version())
    op.create_table(
        "evaluation",
        _id(),
        *_texts("lesson", "account", "shown", "role", "rubric", "summary"),
        *_jsons("criteria", "points", "remarks"),
        *_doubles("made_at"),
        _version(),
    )
    op.create_index("evaluations_of_lesson", "evaluation", ["lesson"])


def _resource() -> None:
    op.create_table(
        "resource",
        _id(),
        *_texts("lesson", "school", "reach", "shared_by", "about", "tagged"),
        *_jsons("tags"),
        *_doubles("made_at"),
        _version(),
    )
    op.create_index("resource_of_lesson", "resource", ["lesson"], unique=True)


def _results() -> None:
    op.create_table(
        "result",
        *_keys("lesson", "room"),
        *_doubles("began_at", "minutes", "on_stage"),
        *_numbers("pupils", "here", "hands", "words", "answers", "right"),
    )
    op.create_index("results_of_room", "result", ["room", "began_at"])
    op.create_table("presence", *_keys("lesson", "room", "pupil"), *_numbers("here"))
    op.create_index("presence_of_pupil", "presence", ["room", "pupil"])


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Text, primary_key=True)


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer, nullable=False)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _doubles(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _jsons(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.JSON, nullable=False) for name in names]
