"""Two administrators who change one thing: the second is told, and nothing is lost."""

import asyncio

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.school.places import Classroom, School
from synclass.school.timetable import Slot

from .villages import LECTURING, LISTENING, MATHS, MING, TERM, TOWN, VILLAGE, settle


async def code_of(asked: object) -> str:
    with pytest.raises(Refused) as refused:
        await asked  # type: ignore[misc]
    return refused.value.code


async def test_who_changes_what_another_has_changed_meanwhile_is_told(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    seen = await registry.school("s1")
    first = await registry.put(replace(seen, name="中心学校"))
    assert first.version == seen.version + 1
    assert await code_of(registry.put(replace(seen, name="第一小学"))) == "changed-meanwhile"
    assert await registry.school("s1") == first
    assert await code_of(registry.remove(School, "s1", seen.version)) == "changed-meanwhile"


async def test_of_two_at_the_same_moment_one_is_told(registry: SqlRegistry) -> None:
    await settle(registry)
    seen = await registry.school("s1")
    asked = [registry.put(replace(seen, name=f"学校{n}")) for n in range(5)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(isinstance(answer, Refused) for answer in answers) == [
        False,
        True,
        True,
        True,
        True,
    ]


async def test_an_id_and_a_number_are_nobody_elses(registry: SqlRegistry) -> None:
    await settle(registry)
    assert await code_of(registry.put(TOWN)) == "taken"
    assert await code_of(registry.put(replace(MING, id="p3"))) == "taken"
    await registry.put(replace(MING, id="p3", school="s1"))
    await registry.put(replace(MING, id="p4", number=""))
    await registry.put(replace(MING, id="p5", number=""))


async def test_what_a_thing_belongs_to_must_be_there(registry: SqlRegistry) -> None:
    await settle(registry)
    assert await code_of(registry.put(Classroom("c9", "nowhere", "x"))) == "not-there"
    assert await code_of(registry.put(replace(MATHS, id="l9", teacher="nobody"))) == "not-there"
    assert await code_of(registry.put(replace(MATHS, id="l9", listeners=["c9"]))) == "not-there"
    assert await registry.slots("t1") == [replace(MATHS, version=1)]
    assert await code_of(registry.put(replace(TERM, id="t9", version=3))) == "not-there"


async def test_a_school_is_removed_after_what_belongs_to_it(registry: SqlRegistry) -> None:
    await settle(registry)
    assert await code_of(registry.remove(School, "s2", 1)) == "in-use"
    assert await code_of(registry.remove(Classroom, "c2", 1)) == "in-use"
    await registry.remove(Slot, "l1", 1)
    await registry.remove(Classroom, "c2", 1)
    assert await code_of(registry.remove(Classroom, "c2", 1)) == "not-there"
    ming = await registry.person("p2")
    assert ming is not None and (ming.classroom, ming.row) == ("", 0), "who stands is not lost"


async def test_what_comes_in_as_a_whole_is_all_there_or_nothing(registry: SqlRegistry) -> None:
    await settle(registry)
    rooms = [Classroom(f"n{n}", "s1", f"{n}班") for n in range(700)]
    await registry.take_in(rooms)
    assert len(await registry.classrooms(school="s1")) == 701
    wrong = [replace(room, name="new") for room in rooms] + [Classroom("x", "nowhere", "x")]
    assert await code_of(registry.take_in(wrong)) == "not-there"
    assert (await registry.classrooms(ids=["n5"]))[0].name == "5班"
    await registry.take_in([replace(LECTURING, name="again")])
    assert (await registry.classrooms(ids=["c1"]))[0].version == 2
    await registry.take_in([VILLAGE][:0])
    assert LISTENING.id in {room.id for room in await registry.classrooms(school="s2")}
