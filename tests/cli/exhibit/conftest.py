"""The demo's data folder as a newcomer's, made once."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec import Struct

from recorder.shelf import FileShelf
from synclass.adapters.registry import SqlRegistry
from synclass.cli import demo
from synclass.cli.exhibit import stage
from synclass.ports import Account
from synclass.words import Role

NOW = 1_795_752_000.0  # a Friday: tomorrow no school has lessons of its own
WANG = Account("wang", "王老师", Role.TEACHER, "中心小学", "")


class House(Struct):
    data: Path
    shelf: FileShelf
    registry: SqlRegistry


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    data = tmp_path_factory.mktemp("house")
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await registry.save_account(WANG)
    await demo.settle(registry, date.fromtimestamp(NOW))
    await stage.show(registry, data, NOW)
    yield House(data, FileShelf(data), registry)
    await registry.close()
