"""One server for each file of faults; it is killed in parts, so no two files share one."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ..cli.server import Server
from .school import School, school, serve


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serve(Path(tmp_path_factory.mktemp("server")) / "data")


@pytest.fixture
async def lesson(server: Server) -> AsyncIterator[School]:
    async with school(server) as here:
        yield here
