"""Every file is known: as the photograph of a work, or as one that is to go."""

from hashlib import sha256

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.photographs import PICTURE
from synclass.errors import Unavailable
from synclass.ports import LessonCard, Photograph
from synclass.postclass.homework import Homework, Kind, Work
from synclass.words import LessonId

from ...postclass.test_homework import WORK

TASK = Homework("h1", LessonId("m1"), "第三题", 200.0, "12345678", 100.0)
PHOTO = replace(WORK, id="w2", pupil="小红", kind=Kind.PHOTO, ink=[], receipt="s", version=0)
LATER = 1e12


def name_of(work: str, other: str = "a") -> str:
    return f"{sha256((work + other).encode()).hexdigest()[:32]}.webp"


def photograph(work: str, other: str = "a") -> Photograph:
    return Photograph(work, name_of(work, other), 4, sha256(b"webp").hexdigest())


async def photographed(registry: SqlRegistry, work: Work, other: str = "a") -> Work:
    """As signaling/album.py does it, without a file."""
    await registry.expect(name_of(work.id, other), LATER)
    return await registry.put_photographed(work, photograph(work.id, other))


async def inside(database: Database, work: Work = PHOTO) -> SqlRegistry:
    """A registry of before: the photograph is in it."""
    registry = SqlRegistry(database)
    await registry.save_lesson(
        LessonCard(LessonId("m1"), "分数", "数学", "wang", "", 1.0, 2.0, 3.0)
    )
    await registry.put(TASK)
    await registry.put(work)
    await database.write(database.upsert(PICTURE, {"work": work.id, "data": b"webp"}))
    return registry


async def test_a_file_that_is_not_taken_in_time_is_to_go(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    await registry.expect(name_of("w2"), 50.0)
    assert await registry.to_go(49.0, limit=9) == []
    assert await registry.to_go(51.0, limit=9) == [name_of("w2")]
    with pytest.raises(Unavailable) as late:
        await registry.put_photographed(PHOTO, photograph("w2"))
    assert late.value.code == "too-slow" and await registry.work("w2") is None
    assert await registry.to_go(51.0, limit=9) == [name_of("w2")], "until it is gone"
    await registry.gone([name_of("w2")])
    assert await registry.to_go(51.0, limit=9) == []


async def test_one_inside_is_moved_out_and_back(database: Database) -> None:
    registry = await inside(database)
    assert await registry.inside(limit=9) == ["w2"] and await registry.inside_of("w2") == b"webp"
    await registry.expect(name_of("w2"), LATER)
    await registry.moved_out(photograph("w2"))
    assert await registry.inside(limit=9) == [] and await registry.inside_of("w2") is None
    assert await registry.photographs(after="", limit=9) == [photograph("w2")]
    assert await registry.photographs(after="w2", limit=9) == []
    await registry.moved_back("w2", name_of("w2"), b"webp")
    assert await registry.inside_of("w2") == b"webp" and await registry.photograph("w2") is None
    assert await registry.to_go(1.0, limit=9) == [name_of("w2")]


async def test_of_two_that_move_one_out_the_second_finds_it_moved(database: Database) -> None:
    registry = await inside(database)
    for other in ("a", "b"):
        await registry.expect(name_of("w2", other), 50.0)
        await registry.moved_out(photograph("w2", other))
    assert await registry.photograph("w2") == photograph("w2")
    assert await registry.to_go(51.0, limit=9) == [name_of("w2", "b")]


async def test_one_that_was_replaced_meanwhile_is_not_moved_back(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    first = await photographed(registry, PHOTO)
    await photographed(registry, first, "b")
    await registry.moved_back("w2", name_of("w2"), b"webp")
    assert await registry.inside(limit=9) == []
    assert await registry.photograph("w2") == photograph("w2", "b")


async def test_one_inside_goes_with_its_lesson(database: Database) -> None:
    registry = await inside(database)
    await registry.remove_lesson(LessonId("m1"))
    assert await registry.inside(limit=9) == []
