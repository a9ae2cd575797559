"""A shared lesson is found by its school, by its alliance, or by the whole region."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from signaling.sharing import circle
from synclass.ports import Account
from synclass.school.places import BELLS, School
from synclass.school.resources import Reach, Resource
from synclass.words import LessonId, Role

from ..adapters.registry.villages import TOWN, VILLAGE, settle
from .server import HASH, school

SHARED = Resource("m1", LessonId("m1"), TOWN.name, Reach.SCHOOL, "wang", "", [], "", 1.0)


@pytest.mark.parametrize(
    ("of", "finds"),
    [
        (TOWN.name, {Reach.SCHOOL, Reach.ALLIANCE, Reach.REGION}),
        (TOWN.id, {Reach.SCHOOL, Reach.ALLIANCE, Reach.REGION}),
        (VILLAGE.name, {Reach.ALLIANCE, Reach.REGION}),
        ("别处小学", {Reach.REGION}),
        ("县外小学", {Reach.REGION}),
        ("", {Reach.REGION}),
    ],
)
async def test_who_finds_a_lesson(tmp_path: Path, of: str, finds: set[Reach]) -> None:
    async with school(tmp_path) as town:
        await settle(town.registry)
        await town.registry.put(School("s9", "别处小学", "", BELLS))
        account = Account("sun", "孙老师", Role.TEACHER, of, HASH)
        around = await circle(town.registry, account)
        assert {r for r in Reach if around.finds(replace(SHARED, reach=r))} == finds
        everywhere = await circle(town.registry, replace(account, school=""), everywhere=True)
        assert all(everywhere.finds(replace(SHARED, reach=r)) for r in Reach)
