"""A registry in SQLite and the same in a real PostgreSQL: each test is of both."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from tests.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="pg") as folder:  # a socket's path must be short
        server = Postgres(Path(folder))
        yield server
        server.kill()


@pytest.fixture(params=["sqlite", "postgres"])
async def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A file that is not there yet, or the URL of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "data" / "synclass.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return await server.database()


@pytest.fixture
async def registry(where: Path | str) -> AsyncIterator[SqlRegistry]:
    registry = await SqlRegistry.open(where)
    yield registry
    await registry.close()


@pytest.fixture
async def database(where: Path | str) -> AsyncIterator[Database]:
    database = await Database.open(where)
    yield database
    await database.close()
