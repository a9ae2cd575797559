"""What is in a registry comes back in another, of SQLite or PostgreSQL, row for row."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, insert, select, text

from synclass.adapters.registry import SqlRegistry, revision
from synclass.adapters.registry.audit import NOTE
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.dump import PIECE, dump, load
from synclass.adapters.registry.migrate import to
from synclass.adapters.registry.photographs import PICTURE
from synclass.errors import Malformed, Refused, Unavailable

from ...postgres import Postgres
from .test_photographs import PHOTO, inside
from .test_pupils import taught

LINE = {"wall": 1.0, "who": "", "act": "login", "what": "x" * 1000, "link": ""}
Pieces = list[tuple[str, bytes]]


@pytest.fixture(params=["sqlite", "postgres"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "sqlite":
        return tmp_path / "other" / "synclass.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return await server.database()


async def pieces_of(where: Path | str) -> Pieces:
    found: Pieces = []
    assert await dump(where, lambda name, data: found.append((name, data))) == revision.NEWEST
    return found


async def full(database: Database) -> SqlRegistry:
    """With something in many tables, a photograph inside among them."""
    registry = SqlRegistry(database)
    await taught(registry)
    for n in range(3):
        await registry.note(1.5 + n, "admin", "login", "新\n\t'\"<行>")
    await database.write(database.upsert(PICTURE, {"work": "w1", "data": bytes(range(256))}))
    return registry


async def test_all_comes_back_in_either_database(
    database: Database, made: Path | str, empty: Path | str
) -> None:
    registry = await full(database)
    pieces = await pieces_of(made)
    assert len(pieces) > 10
    await load(empty, revision.NEWEST, pieces)
    assert await pieces_of(empty) == pieces
    other = await SqlRegistry.open(empty)
    assert await other.inside_of("w1") == bytes(range(256))
    assert await other.work("w1") == await registry.work("w1")
    assert await other.audit() == await registry.audit()
    assert [one.name for one in await other.people(text="小明")] == ["小明"]
    await other.note(9.0, "admin", "login", "")
    assert (await other.audit())[0] == (await registry.audit())[0] + 1
    assert (await other.audit())[1] == 0, "the chain goes on"
    await other.close()


async def test_it_is_of_one_moment_whoever_writes(database: Database, made: Path | str) -> None:
    await database.write(*(insert(NOTE).values(n=n, **LINE) for n in range(1, 3001)))
    other, seen = await Database.open(made), 0

    def add(name: str, data: bytes) -> None:
        nonlocal seen
        assert len(data) < PIECE + 2000
        seen += data.count(b"login")

    async with other.snapshot() as connection:
        assert len((await connection.execute(select(NOTE.c.n))).all()) == 3000
        await database.write(insert(NOTE).values(n=9000, **LINE))
        assert len((await connection.execute(select(NOTE.c.n))).all()) == 3000
    await other.close()
    await dump(made, add)
    assert seen == 3001


async def test_one_of_an_older_step_is_brought_up_to_date(
    database: Database, made: Path | str, empty: Path | str
) -> None:
    await inside(database)
    async with database.writing() as connection:
        await connection.run_sync(to, "0021")
    pieces: Pieces = []
    found = await dump(made, lambda name, data: pieces.append((name, data)))
    assert found == "0021"
    await load(empty, found, pieces)
    registry = await SqlRegistry.open(empty)
    assert await registry.inside_of(PHOTO.id) == b"webp"
    await registry.close()


def count(connection: Connection) -> int:
    found = MetaData()
    found.reflect(connection)
    return len(found.tables)


DAMAGED = (
    ("nowhere.000000.jsonl", b'["a"]\n[1]'),
    ("../note.000000.jsonl", b'["a"]\n[1]'),
    ("note.000000.jsonl", b'["wall"]\n[1, 2]'),
    ("note.000000.jsonl", b'["no such column"]\n[1]'),
    ("note.000000.jsonl", b'["wall"]\n[1'),
    ("picture.000000.jsonl", b'["work","data"]\n["w1","?"]'),
)


async def test_what_is_damaged_makes_no_registry(
    database: Database, made: Path | str, empty: Path | str
) -> None:
    await full(database)
    pieces = await pieces_of(made)
    for damaged in DAMAGED:
        with pytest.raises(Malformed):
            await load(empty, revision.NEWEST, [*pieces, damaged])
    nothing = Database.as_it_is(empty)
    async with nothing.writing() as connection:
        assert await connection.run_sync(count) == 0
    await nothing.close()


async def test_a_registry_that_is_there_is_left_alone(database: Database, made: Path | str) -> None:
    await full(database)
    pieces = await pieces_of(made)
    with pytest.raises(Refused) as refusal:
        await load(made, revision.NEWEST, pieces)
    assert refusal.value.code == "not-empty" and await pieces_of(made) == pieces
    with pytest.raises(Malformed, match="newer"):
        await load(made, "9999", pieces)


async def test_where_there_is_no_registry_there_is_nothing_to_hand_over(
    empty: Path | str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refusal:
        await dump(empty, lambda name, data: None)
    assert refusal.value.code == "empty"
    with pytest.raises(Unavailable):
        await dump(f"postgresql://synclass@/x?host={tmp_path}", lambda name, data: None)


async def test_what_contradicts_itself_makes_no_registry(empty: Path | str) -> None:
    lost = ("picture.000000.jsonl", b'["work","data"]\n["nobody","AAAA"]')
    with pytest.raises(Unavailable):
        await load(empty, revision.NEWEST, [lost])
    nothing = Database.as_it_is(empty)
    assert not await nothing.rows(text("SELECT 1 WHERE 1 = 0"))
    await nothing.close()
