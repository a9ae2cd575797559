"""What only a SQLite file can be: new to several at once, broken, somebody else's."""

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.migrate import NEWEST_FILE
from synclass.adapters.registry.sqlite import connection
from synclass.errors import Unavailable
from synclass.ports import Account
from synclass.words import Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")
ROUNDS = 25 if os.environ.get("SYNCLASS_PROOF") else 5
"""Without waiting, a tenth of them had failed."""


async def test_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    for n in range(ROUNDS):
        path = tmp_path / f"{n}.sqlite"
        one, *others = await asyncio.gather(*[SqlRegistry.open(path) for _ in range(4)])
        await one.save_account(WANG)
        for other in others:
            assert await other.account("wang") == WANG
            await other.close()
        await one.close()


async def test_a_file_of_a_newer_synclass_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(Unavailable, match="newer synclass"):
        await SqlRegistry.open(path)


async def test_an_older_synclass_leaves_our_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    await (await SqlRegistry.open(path)).close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST_FILE,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


@pytest.mark.parametrize("wrong", ["a folder", "no database", "under a file"])
async def test_a_file_that_cannot_be_used_is_unavailable(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "synclass.sqlite"
    match wrong:
        case "a folder":
            path.mkdir()
        case "no database":
            path.write_bytes(b"these are not tables" * 100)
        case _:
            path.write_text("")
            path = path / "synclass.sqlite"
    with pytest.raises(Unavailable) as unavailable:
        await SqlRegistry.open(path)
    assert unavailable.value.code == "registry"


async def test_a_connection_that_is_stopped_twice_keeps_nobody_waiting(tmp_path: Path) -> None:
    here = await connection(str(tmp_path / "town.sqlite"))
    stops = [here.stop(), here.stop()]
    async with asyncio.timeout(10):
        for stop in stops:
            assert stop is not None
            await stop
