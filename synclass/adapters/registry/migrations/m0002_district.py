"""The district: alliances, schools, classrooms, people, terms and the timetable."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("opening", "slot_room", "slot", "term", "person", "classroom", "school", "alliance")


def upgrade() -> None:
    _places()
    _people()
    _timetable()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _places() -> None:
    version = _numbers("version")
    op.create_table("alliance", _id(), *_texts("name"), *version)
    version = _numbers("version")
    op.create_table("school", _id(), *_texts("name", "alliance"), _json("bells"), *version)
    room = _texts("school", "name"), _numbers("rows", "columns", "version")
    op.create_table("classroom", _id(), *room[0], *room[1], _names("classroom", "school"))
    op.create_index("rooms_of_school", "classroom", ["school"])


def _people() -> None:
    texts = _texts("school", "name", "part", "number", "account", "classroom")
    seat = _numbers("row", "column", "version")
    op.create_table("person", _id(), *texts, *seat, _names("person", "school"))
    numbered = sa.text("number <> ''")
    op.create_index(
        "numbers_of_school",
        "person",
        ["school", "number"],
        unique=True,
        sqlite_where=numbered,
        postgresql_where=numbered,
    )
    op.create_index("roster", "person", ["classroom"])
    op.create_index("staff", "person", ["school", "part"])


def _timetable() -> None:
    op.create_table("term", _id(), *_texts("name", "first", "last"), *_numbers("version"))
    named = (("term", "term"), ("school", "school"), ("teacher", "person"), ("room", "classroom"))
    op.create_table(
        "slot",
        _id(),
        *_texts("term", "school", "title", "subject", "teacher", "room"),
        *_numbers("weekday", "period"),
        _json("listeners"),
        *_texts("kind", "weeks"),
        *_numbers("version"),
        *(_names("slot", column, table) for column, table in named),
    )
    op.create_index("slots_of_teacher", "slot", ["teacher"])
    op.create_index("slots_of_weekday", "slot", ["weekday"])
    rooms = _names("slot_room", "slot"), _names("slot_room", "room", "classroom")
    op.create_table("slot_room", *_keys("slot", "room"), *_texts("school"), *rooms)
    op.create_index("slots_of_room", "slot_room", ["room"])
    op.create_index("slots_of_school", "slot_room", ["school"])
    texts = _texts("lesson", "school")
    op.create_table("opening", *_keys("slot", "day"), *texts, *_numbers("rooms"))
    op.create_index("openings_of_day", "opening", ["day"])
    op.create_index("lesson_opened", "opening", ["lesson"])


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Text, primary_key=True)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _of(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [_of(name) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _names(table: str, column: str, other: str = "") -> sa.ForeignKeyConstraint:
    other = other or column
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
