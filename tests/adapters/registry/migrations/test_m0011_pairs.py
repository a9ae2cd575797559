"""What was there before there were pairs is found by them."""

from sqlalchemy import Connection, text

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

OLD = (
    "INSERT INTO lesson VALUES ('m1', '分数', '数学', 'wang', '', 1, 2, 3)",
    "INSERT INTO school VALUES ('s1', '中心小学', '', '[]', 1)",
    "INSERT INTO person VALUES ('p1', 's1', '王建国', 'student', 'T01', '', '', 0, 0, 1)",
)


def known(connection: Connection) -> None:
    for row in OLD:
        connection.execute(text(row))


async def test_lessons_and_people_of_before_are_found(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0005")
        await connection.run_sync(known)
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    assert [card.id for card in await registry.lessons(text="分数 数学")] == ["m1"]
    for word in ("建国", "国", "t0"):
        assert [person.id for person in await registry.people(text=word)] == ["p1"], word
