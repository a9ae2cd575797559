"""A registry in SQLite and the same in a real PostgreSQL: each test is of both."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from tests.founded import tables
from tests.postgres import Postgres

KINDS = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="pg") as folder:  # a socket's path must be short
        server = Postgres(Path(folder))
        yield server
        server.kill()


@pytest.fixture(params=KINDS)
async def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A file that is not there yet, or the URL of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "data" / "synclass.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return await server.database()


@pytest.fixture(params=KINDS)
async def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """The same with all tables in it, and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "data" / "synclass.sqlite"
        path.parent.mkdir()
        path.write_bytes(await tables())
        return path
    server: Postgres = request.getfixturevalue("postgres")
    return await server.founded()


@pytest.fixture
async def registry(made: Path | str) -> AsyncIterator[SqlRegistry]:
    registry = await SqlRegistry.open(made)
    yield registry
    await registry.close()


@pytest.fixture
async def database(made: Path | str) -> AsyncIterator[Database]:
    database = await Database.open(made)
    yield database
    await database.close()
