"""The registry as a whole: what was saved is there, whoever else has it open."""

import asyncio
from pathlib import Path

from synclass.adapters.registry import SqlRegistry
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")
MATHS = LessonCard(LessonId("m1"), "分数的加法", "数学", "wang", "123456", 1000.5)


async def test_what_was_saved_is_there_after_a_restart(where: Path | str) -> None:
    for _ in range(2):
        registry = await SqlRegistry.open(where)
        await registry.save_lesson(MATHS)
        assert await registry.lessons() == [MATHS]
        await registry.close()


async def test_processes_may_open_a_new_registry_at_once(where: Path | str) -> None:
    one, *others = await asyncio.gather(*[SqlRegistry.open(where) for _ in range(4)])
    await one.save_account(WANG)
    for other in others:
        assert await other.account("wang") == WANG
        await other.close()
    await one.close()


async def test_two_processes_that_write_at_once_both_have_their_lines(where: Path | str) -> None:
    one, other = await SqlRegistry.open(where), await SqlRegistry.open(where)
    await asyncio.gather(
        *(one.note(n, "admin", "save", "") for n in range(30)),
        *(other.note(n, "wang", "login", "") for n in range(30)),
    )
    assert len(await one.notes()) == 60
    await one.close()
    await other.close()
