"""The steps of the tables: up and down in both databases, and nothing of before is lost."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from synclass.adapters.registry import SqlRegistry, revision
from synclass.adapters.registry.database import METADATA, Database
from synclass.adapters.registry.migrate import to
from synclass.errors import Unavailable
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Role

BEFORE = """
CREATE TABLE account (name TEXT PRIMARY KEY, shown TEXT NOT NULL, role TEXT NOT NULL,
    school TEXT NOT NULL, password TEXT NOT NULL);
CREATE TABLE lesson (id TEXT PRIMARY KEY, title TEXT NOT NULL, subject TEXT NOT NULL,
    teacher TEXT NOT NULL, code TEXT NOT NULL, made_at REAL NOT NULL,
    began_at REAL NOT NULL, ended_at REAL NOT NULL);
CREATE UNIQUE INDEX door ON lesson (code) WHERE code <> '' AND ended_at = 0;
CREATE INDEX newest ON lesson (made_at);
CREATE TABLE note (n INTEGER PRIMARY KEY AUTOINCREMENT, wall REAL NOT NULL,
    who TEXT NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL);
INSERT INTO account VALUES ('wang', '王老师', 'teacher', '县一中', '$argon2id$1');
INSERT INTO lesson VALUES ('m1', '分数', '数学', 'wang', '123456', 1000.5, 1001.0, 0.0);
INSERT INTO note (wall, who, act, what) VALUES (10.5, 'admin', 'login', '');
PRAGMA user_version = 1;
"""
"""What a data folder of the first synclass has."""


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def difference(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = compare_metadata(context, METADATA)
    return found


async def test_every_step_goes_up_and_down_and_up_again(database: Database) -> None:
    numbers = revision.numbers()
    for target in (*reversed(numbers[:-1]), "", *numbers):
        async with database.writing() as connection:
            await connection.run_sync(to, target)
            assert await connection.run_sync(revision.of) == target
            assert bool(await connection.run_sync(tables)) == bool(target)


async def test_the_steps_make_the_tables_that_the_code_asks_for(database: Database) -> None:
    async with database.writing() as connection:
        assert await connection.run_sync(difference) == []


async def test_a_step_that_fails_leaves_the_tables_as_they_were(database: Database) -> None:
    with pytest.raises(Unavailable):
        async with database.writing() as connection:
            await connection.run_sync(to, "")
            raise OSError("the disk is full")
    async with database.writing() as connection:
        assert await connection.run_sync(difference) == []


async def test_a_registry_of_a_newer_synclass_is_left_alone(
    database: Database, made: Path | str
) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match="newer synclass"):
        await Database.open(made)


async def test_a_data_folder_of_before_is_taken_over_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(BEFORE)
    db.close()
    registry = await SqlRegistry.open(path)
    card = LessonCard(LessonId("m1"), "分数", "数学", "wang", "123456", 1000.5, 1001.0)
    assert await registry.lessons() == [card]
    assert await registry.account("wang") == Account(
        "wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1"
    )
    assert await registry.notes() == [(10.5, "admin", "login", "")]
    await registry.close()
    database = await Database.open(path)
    async with database.writing() as connection:
        assert await connection.run_sync(difference) == []
    await database.close()
