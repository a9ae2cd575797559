"""Brings a registry's tables up to date, step by step; and back, for those who test that."""

from collections.abc import Callable
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from ...errors import Unavailable
from .revision import NEWEST, STEPS, of

NEWEST_FILE = 2
"""PRAGMA user_version.  A file of 1 was made before there were steps, and is adopted by the first;
a synclass of then leaves alone what has more."""
LOCK = 0x73796E63
"""Names our advisory lock among those of a PostgreSQL."""


def to(connection: Connection, target: str = NEWEST) -> None:
    """All steps or none, whoever else is opening the registry; to "" takes all tables away."""
    _lock(connection)
    now = of(connection)
    if now > NEWEST:
        raise Unavailable("registry", f"made by a newer synclass (version {now})")
    steps = _steps(now, target)
    with EnvironmentContext(Config(), _scripts(), fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def _steps(now: str, target: str) -> Callable[[Any, Any], Any]:
    scripts = _scripts()
    move = scripts._downgrade_revs if target < now else scripts._upgrade_revs
    return lambda revision, _: move(target or "base", revision)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        return
    found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if found > NEWEST_FILE:
        raise Unavailable("registry", f"made by a newer synclass (version {found})")
    connection.execute(text(f"PRAGMA user_version = {NEWEST_FILE}"))
