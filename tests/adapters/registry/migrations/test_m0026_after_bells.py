"""Schools of before have a service after school that goes by their bells."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.school.places import Bell

from ..villages import TOWN


async def test_a_school_of_before_has_no_other_bells_and_gets_some(database: Database) -> None:
    registry = SqlRegistry(database)
    async with database.writing() as connection:
        await connection.run_sync(to, "0025")
        insert = (
            "INSERT INTO school (id, name, alliance, bells, version) "
            "VALUES ('s1', '中心小学', '', '[[500, 540]]', 1)"
        )
        await connection.exec_driver_sql(insert)
        await connection.run_sync(to)
    school = await registry.school("s1")
    assert (school.bells, school.after_bells) == ([Bell(500, 540)], [])
    await registry.put(
        type(TOWN)("s1", "中心小学", "", school.bells, 1, after_bells=[Bell(990, 1030)])
    )
    assert (await registry.school("s1")).after_bells == [Bell(990, 1030)]
