"""A word is found by its pairs, whatever was changed since, and a common one by looking on."""

import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from synclass.adapters.registry import SqlRegistry, pairs
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.pairs import (
    LESSON_PAIR,
    PERSON_PAIR,
    keep,
    narrowed,
    numbered,
    pairs_of,
)
from synclass.ports import LessonCard
from synclass.school.people import Person
from synclass.words import LessonId

from .villages import MING, settle

SUMS = LessonCard(LessonId("m1"), "分数的加法 2", "数学", "wang", "", 1000.0)


def test_a_word_has_its_pairs_and_its_last_character() -> None:
    assert pairs_of("王建国", number="T01") == {"王建", "建国", "国", "#t01"}
    assert pairs_of("Mary Ann") == {"ma", "ar", "ry", "y", "an", "nn", "n"}
    assert pairs_of("", number="") == set()


async def test_what_things_had_goes_and_what_they_have_comes(database: Database) -> None:
    async with database.writing() as connection:
        await keep(database, connection, PERSON_PAIR, before={}, now={"p1": {"王建", "国"}})
        await keep(database, connection, PERSON_PAIR, before={"p1": {"国"}}, now={"p1": {"明"}})
    rows = await database.rows(select(PERSON_PAIR.c.pair))
    assert {row.pair for row in rows} == {"王建", "明"}


@pytest.mark.parametrize(
    ("word", "found"),
    [("小明", ["p2"]), ("明", ["p2"]), ("2026", ["p2"]), ("小红", []), ("王", ["p1"])],
)
async def test_few_are_told_of_whom_a_word_may_be(
    database: Database, word: str, found: list[str]
) -> None:
    await settle(SqlRegistry(database))
    few = await narrowed(database, PERSON_PAIR, [word], numbered)
    assert few is not None and sorted(row.id for row in await database.rows(few)) == found


async def test_of_a_word_that_too_many_have_nothing_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "FEW", 2)
    registry = SqlRegistry(database)
    await settle(registry)
    await registry.take_in([replace(MING, id=f"q{n}", number=f"9{n}") for n in range(5)])
    assert await narrowed(database, PERSON_PAIR, ["小明"], numbered) is None
    assert await narrowed(database, LESSON_PAIR, [], numbered) is None
    assert len(await registry.people(text="小明")) == 6, "who looks on finds all the same"
    assert [one.id for one in await registry.people(text="小明 2026")] == ["p2"]


async def test_somebody_is_found_by_a_new_name_and_no_more_by_the_old(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    await registry.put(replace(MING, name="小红", version=1))
    assert await registry.people(text="小明") == []
    await registry.take_in([replace(MING, name="小刚", number="7")])
    assert [one.name for one in await registry.people(text="小刚")] == ["小刚"]
    assert await registry.people(text="2026") == []
    await registry.remove(Person, "p2", 3)
    assert await registry.people(text="小刚") == []


async def test_of_somebody_who_is_gone_no_pair_is_left(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    await registry.remove(Person, MING.id, 1)
    rows = await database.rows(text("SELECT pair FROM person_pair WHERE id = 'p2'"))
    assert rows == []


async def test_a_lesson_is_found_by_title_subject_and_teacher_until_it_is_gone(
    registry: SqlRegistry,
) -> None:
    await registry.save_lesson(SUMS)
    for word in ("加法", "数学", "2", "法 数"):
        assert await registry.lessons(text=word) == [SUMS], word
    assert await registry.lessons(text="减法") == []
    await registry.save_lesson(replace(SUMS, title="分数的减法"))
    assert await registry.lessons(text="加法") == []
    await registry.remove_lesson(SUMS.id)
    assert await registry.lessons(text="减法") == []
