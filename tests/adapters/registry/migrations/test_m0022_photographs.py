"""Photographs of before are still there, and no step back loses one that lies in a file."""

import pytest

from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.errors import Unavailable

from ..test_photographs import LATER, inside, name_of, photograph


async def test_one_inside_goes_down_and_up_and_one_outside_stays(database: Database) -> None:
    registry = await inside(database)
    async with database.writing() as connection:
        await connection.run_sync(to, "0021")
        await connection.run_sync(to)
    assert await registry.inside_of("w2") == b"webp"
    await registry.expect(name_of("w2"), LATER)
    await registry.moved_out(photograph("w2"))
    with pytest.raises(Unavailable, match="photographs back"):
        async with database.writing() as connection:
            await connection.run_sync(to, "0021")
    assert await registry.photograph("w2") == photograph("w2")
    await registry.moved_back("w2", name_of("w2"), b"webp")
    async with database.writing() as connection:
        await connection.run_sync(to, "0021")
        await connection.run_sync(to)
    assert await registry.inside_of("w2") == b"webp"
