"""What only a PostgreSQL can do: be away, and come back."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Unavailable
from tests.postgres import Postgres


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="pg") as folder:
        server = Postgres(Path(folder))
        yield server
        server.kill()


async def test_a_server_that_fell_and_came_back_is_used_again(own_server: Postgres) -> None:
    registry = await SqlRegistry.open(await own_server.database())
    await registry.note(1.0, "admin", "login", "")
    own_server.stop()
    with pytest.raises(Unavailable) as unavailable:
        await registry.note(2.0, "admin", "login", "")
    assert unavailable.value.code == "registry"
    own_server.start()
    await registry.note(3.0, "admin", "login", "")
    assert [wall for wall, *_ in await registry.notes()] == [3.0, 1.0]
    await registry.close()


async def test_a_database_that_is_not_there_is_unavailable(postgres: Postgres) -> None:
    url = (await postgres.database()).replace("district", "nowhere")
    with pytest.raises(Unavailable) as unavailable:
        await SqlRegistry.open(url)
    assert unavailable.value.code == "registry"
