"""A timetable of before has its lessons, none of them cancelled."""

from datetime import date

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..villages import MATHS, WANG, settle


async def test_no_lesson_of_before_is_cancelled(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    await registry.put(replace(MATHS, version=1, cancelled=[date(2026, 9, 7)]))
    async with database.writing() as connection:
        await connection.run_sync(to, "0016")
        await connection.run_sync(to)
    assert await registry.slots("t1") == [replace(MATHS, version=2)]
    assert await registry.person_of("wang") == replace(WANG, version=1)
    assert await registry.person_of("") is await registry.person_of("li") is None
