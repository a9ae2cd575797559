"""The database: bounded, all or nothing, and honest about what failed."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from synclass.adapters.registry.audit import NOTE
from synclass.adapters.registry.database import LONGEST_QUEUE, Database, contradicts
from synclass.errors import Refused, Unavailable

LINE = {"wall": 1.0, "who": "admin", "act": "login", "what": ""}


async def test_too_many_who_wait_are_refused_and_the_rest_are_served(database: Database) -> None:
    asked = [database.rows(select(NOTE)) for _ in range(LONGEST_QUEUE + 1)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers.count([]) == LONGEST_QUEUE
    assert isinstance(answers[-1], Unavailable)
    assert await database.rows(select(NOTE)) == []


async def test_all_steps_of_a_change_are_kept_or_none(database: Database) -> None:
    with pytest.raises(Refused):
        async with database.writing() as connection:
            await connection.execute(insert(NOTE).values(LINE))
            raise Refused("not-so")
    assert await database.rows(select(NOTE)) == []
    await database.write(insert(NOTE).values(LINE), insert(NOTE).values(LINE))
    assert len(await database.rows(select(NOTE))) == 2


async def test_who_was_cancelled_within_a_change_holds_up_nobody(database: Database) -> None:
    async def change() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(NOTE).values(LINE))
            begun.set()
            await asyncio.Event().wait()

    begun = asyncio.Event()
    task = asyncio.create_task(change())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for _ in range(20):
        await database.write(insert(NOTE).values(LINE))
    assert len(await database.rows(select(NOTE))) == 20


async def test_rows_that_contradict_are_told_from_a_database_that_fails(
    database: Database,
) -> None:
    await database.write(insert(NOTE).values(n=1, **LINE))
    with pytest.raises(Unavailable) as twice:
        await database.write(insert(NOTE).values(n=1, **LINE))
    with pytest.raises(Unavailable) as nothing:
        await database.rows(text("SELECT secret FROM nowhere"))
    assert contradicts(twice.value) and not contradicts(nothing.value)
    assert "SELECT" not in str(nothing.value), "nobody is told our statements"


@pytest.mark.parametrize("url", ["mysql://there", "postgresql://host:port/name", "http://x"])
async def test_a_url_of_something_else_is_unavailable(url: str) -> None:
    with pytest.raises(Unavailable) as unavailable:
        await Database.open(url)
    assert unavailable.value.code == "registry"


async def test_a_name_with_every_kind_of_character_is_kept_as_it_is(database: Database) -> None:
    name = "<b>O'Neill</b> 𠮷野家 \"; DROP TABLE note; -- %_\\ 😀"
    await database.write(insert(NOTE).values(LINE | {"what": name}))
    assert [row.what for row in await database.rows(select(NOTE))] == [name]


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "synclass.sqlite"

    async def open_it() -> None:
        await (await Database.open(path)).close()

    asyncio.run(open_it())
    assert path.exists()
