"""The registry's contract, kept by SQLite in a real file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from synclass.adapters.sqlite import LONGEST_QUEUE, SqliteRegistry
from synclass.errors import Refused, Unavailable
from synclass.ports import Account, LessonCard, Registry, Within
from synclass.words import LessonId, Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")
MATHS = LessonCard(LessonId("m1"), "分数的加法", "数学", "wang", "123456", 1000.5)
MUSIC = LessonCard(LessonId("m2"), "Sing 100%", "Music", "li", "654321", 2000.0)


@pytest.fixture
async def registry(tmp_path: Path) -> AsyncIterator[Registry]:
    registry = await SqliteRegistry.open(tmp_path / "data" / "synclass.sqlite")
    yield registry
    await registry.close()


async def test_an_account_is_found_by_its_name_and_replaced_by_it(registry: Registry) -> None:
    assert await registry.account("wang") is None
    await registry.save_account(WANG)
    assert await registry.account("wang") == WANG
    moved = Account("wang", "王老师", Role.ADMIN, "县二中", "$argon2id$2")
    await registry.save_account(moved)
    await registry.save_account(Account("li", "李老师", Role.CO_TEACHER, "", ""))
    assert [account.name for account in await registry.accounts()] == ["li", "wang"]
    assert await registry.account("wang") == moved


async def test_a_lesson_is_found_by_its_id_and_by_the_code_at_its_door(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    assert await registry.lesson(MATHS.id) == MATHS
    assert await registry.lesson_by_code("123456") == MATHS
    assert await registry.lesson(MUSIC.id) is None
    assert await registry.lesson_by_code("000000") is None


async def test_two_open_lessons_never_share_a_code(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    with pytest.raises(Refused) as refused:
        await registry.save_lesson(replace(MUSIC, code="123456"))
    assert refused.value.code == "code-taken"
    assert await registry.lesson(MUSIC.id) is None
    await registry.save_lesson(replace(MATHS, title="again, by its own lesson"))


async def test_an_ended_lesson_has_no_door_and_frees_its_code(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    await registry.save_lesson(replace(MATHS, code="", ended_at=3000.0))
    assert await registry.lesson_by_code("123456") is None
    assert await registry.lesson_by_code("") is None
    await registry.save_lesson(replace(MUSIC, code="123456"))
    await registry.save_lesson(replace(MUSIC, id="m3", code="", ended_at=9.0))
    found = await registry.lesson_by_code("123456")
    assert found is not None and found.id == MUSIC.id


async def test_lessons_come_newest_first_and_no_more_than_asked(registry: Registry) -> None:
    for card in (MATHS, MUSIC):
        await registry.save_lesson(card)
    assert await registry.lessons() == [MUSIC, MATHS]
    assert await registry.lessons(limit=1) == [MUSIC]
    assert await registry.lessons(limit=-1) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("分数", ["m1"]),
        ("数学", ["m1"]),
        ("wang", ["m1"]),
        ("MUSIC", ["m2"]),
        ("100%", ["m2"]),
        ("%", ["m2"]),
        ("_", []),
        ("' OR 1=1 --", []),
        ("", ["m2", "m1"]),
        ("王老师", ["m1"]),
        ("王老师  分数", ["m1"]),
        ("王老师 100%", []),
    ],
)
async def test_a_lesson_is_found_by_the_words_on_its_card(
    registry: Registry, text: str, found: list[str]
) -> None:
    await registry.save_account(WANG)
    await registry.save_lesson(MATHS)
    await registry.save_lesson(MUSIC)
    assert [card.id for card in await registry.lessons(text=text)] == found


BEGAN = MUSIC.began_at or MUSIC.made_at


@pytest.mark.parametrize(
    ("within", "found"),
    [
        (Within(subject=MATHS.subject), ["m1"]),
        (Within(teacher=MUSIC.teacher), ["m2"]),
        (Within(teacher=MUSIC.teacher, subject=MATHS.subject), []),
        (Within(since=BEGAN), ["m2"]),
        (Within(until=BEGAN - 0.1), ["m1"]),
        (Within(since=BEGAN + 0.1), []),
    ],
)
async def test_a_lesson_is_found_by_subject_teacher_and_date(
    registry: Registry, within: Within, found: list[str]
) -> None:
    await registry.save_lesson(MATHS)
    await registry.save_lesson(MUSIC)
    assert [card.id for card in await registry.lessons(within=within)] == found


async def test_the_audit_log_keeps_every_line_and_shows_the_newest_first(
    registry: Registry,
) -> None:
    await registry.note(10.0, "admin", "replay", "m1")
    await registry.note(10.0, "admin", "replay", "m1")
    await registry.note(9.0, "wang", "login", "")
    lines = [(9.0, "wang", "login", ""), (10.0, "admin", "replay", "m1")]
    assert await registry.notes(limit=2) == lines
    assert len(await registry.notes()) == 3


async def test_what_was_saved_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    for _ in range(2):
        registry = await SqliteRegistry.open(path)
        await registry.save_lesson(MATHS)
        assert await registry.lessons() == [MATHS]
        await registry.close()


async def test_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    for n in range(25):  # without waiting, a tenth of these rounds had failed
        path = tmp_path / f"{n}.sqlite"
        one, *others = await asyncio.gather(*[SqliteRegistry.open(path) for _ in range(4)])
        await one.save_account(WANG)
        for other in others:
            assert await other.account("wang") == WANG
            await other.close()
        await one.close()


async def test_a_file_of_a_newer_synclass_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(Unavailable, match="newer synclass"):
        await SqliteRegistry.open(path)


@pytest.mark.parametrize("wrong", ["a folder", "no database", "under a file"])
async def test_a_file_that_cannot_be_used_is_unavailable(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "synclass.sqlite"
    match wrong:
        case "a folder":
            path.mkdir()
        case "no database":
            path.write_bytes(b"these are not tables" * 100)
        case _:
            path.write_text("")
            path = path / "synclass.sqlite"
    with pytest.raises(Unavailable) as unavailable:
        await SqliteRegistry.open(path)
    assert unavailable.value.code == "registry"


async def test_too_many_who_wait_for_the_disk_are_refused_and_the_rest_are_served(
    tmp_path: Path,
) -> None:
    registry = await SqliteRegistry.open(tmp_path / "synclass.sqlite")
    asked = [registry.account("wang") for _ in range(LONGEST_QUEUE + 1)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers.count(None) == LONGEST_QUEUE
    assert isinstance(answers[-1], Unavailable)
    assert await registry.account("wang") is None
    await registry.close()
