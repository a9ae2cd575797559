"""Schools, classrooms and people are found by where they are and what they are called."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import Tally
from synclass.school.people import Part

from .villages import EAST, LECTURING, MING, TERM, TOWN, VILLAGE, WANG, settle


async def test_everything_comes_back_as_it_was_kept(registry: SqlRegistry) -> None:
    await settle(registry)
    assert await registry.alliances() == [replace(EAST, version=1)]
    assert await registry.schools() == [replace(TOWN, version=1), replace(VILLAGE, version=1)]
    assert await registry.schools(alliance="a2") == []
    assert await registry.classrooms(school="s1") == [replace(LECTURING, version=1)]
    assert await registry.person("p2") == replace(MING, version=1)
    assert await registry.terms() == [replace(TERM, version=1)]
    assert await registry.names({"p1", "p2", "p9"}) == {"p1": "王老师", "p2": "小明"}
    assert await registry.person("nobody") is None
    with pytest.raises(Refused, match="no such school"):
        await registry.school("nowhere")


@pytest.mark.parametrize(
    ("text", "found"),
    [("小", ["p2"]), ("2026", ["p2"]), ("0001", []), ("王 T01", ["p1"]), ("%", []), ("_", [])],
)
async def test_somebody_is_found_by_name_and_number(
    registry: SqlRegistry, text: str, found: list[str]
) -> None:
    await settle(registry)
    assert [person.id for person in await registry.people(text=text)] == found


async def test_a_roster_has_the_pupils_of_a_room_by_their_numbers(registry: SqlRegistry) -> None:
    await settle(registry)
    others = [replace(MING, id=f"q{n}", number=f"2026{9 - n}") for n in range(3)]
    await registry.take_in(others)
    roster = await registry.people(classroom="c2")
    assert [person.number for person in roster] == ["20260001", "20267", "20268", "20269"]
    assert [p.id for p in await registry.people(school="s1", part=Part.TEACHER)] == [WANG.id]
    assert await registry.people(limit=-1) == []


async def test_how_many_there_are_is_told_of_all_and_of_one_school(registry: SqlRegistry) -> None:
    assert await registry.tally() == Tally(0, 0, 0)
    await settle(registry)
    assert await registry.tally() == Tally(2, 2, 2)
    assert await registry.tally("s2") == Tally(1, 1, 1)
