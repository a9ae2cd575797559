"""A school of before lies nowhere on the map until somebody says where."""

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..villages import TOWN, settle


async def test_schools_of_before_stay_and_may_be_given_a_place(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    async with database.writing() as connection:
        await connection.run_sync(to, "0019")
        await connection.run_sync(to)
    school = await registry.school(TOWN.id)
    assert (school.latitude, school.longitude) == (None, None)
    kept = await registry.put(replace(school, latitude=25.05, longitude=102.7))
    assert await registry.school(TOWN.id) == kept
