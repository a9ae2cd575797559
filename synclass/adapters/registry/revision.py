"""Which revision a registry's tables have, and which is the newest; cheap, for every start."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

STEPS = Path(__file__).parent / "migrations"


def numbers() -> list[str]:
    """Of all steps: a step's number is its revision and the beginning of its file's name."""
    return sorted(path.stem[1:5] for path in STEPS.glob("m????_*.py"))


NEWEST = numbers()[-1]


def of(connection: Connection) -> str:
    """The revision of these tables, "" where there are none, or ones of before there were steps."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return str(found or "")
