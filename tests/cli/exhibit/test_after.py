"""The lesson has homework with marks on top, two evaluations, and is shared."""

import pytest

from synclass.cli.exhibit.stage import TAUGHT
from synclass.cli.exhibit.taught import END
from synclass.postclass.evaluation import check_evaluation
from synclass.postclass.homework import check_ink, check_task

from .conftest import NOW, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_work_is_given_back_one_is_marked_and_one_waits(house: House) -> None:
    [homework] = await house.registry.homework_of(TAUGHT)
    assert check_task(homework.text, homework.due, NOW) == homework.text
    works = await house.registry.works(homework.id)
    assert sorted((bool(w.marked_at), bool(w.returned_at)) for w in works) == [
        (False, False),
        (True, False),
        (True, True),
    ]
    for work in works:
        check_ink(work.ink, empty=work.text != "")
        check_ink(work.marks, empty=True)
    assert any(work.marks for work in works)


async def test_who_handed_in_are_pupils_of_their_classes(house: House) -> None:
    [homework] = await house.registry.homework_of(TAUGHT)
    for work in await house.registry.works(homework.id):
        school = {"草兴小学": "caoxing", "双庙中心校": "shuangmiao", "逸夫小学": "yifu"}
        pupils = await house.registry.people(classroom=f"{school[work.school]}-1", limit=100)
        assert work.pupil in {one.name for one in pupils}


async def test_the_teacher_stands_beside_the_patrol(house: House) -> None:
    said = await house.registry.evaluations(TAUGHT)
    assert {one.account for one in said} == {"wang", "zhao"}
    for one in said:
        check_evaluation(one, END)


async def test_an_alliance_finds_it_in_its_library(house: House) -> None:
    found = await house.registry.resources(tag="分数", schools=["中心小学"])
    assert [(one.lesson, title) for one, title, *_ in found] == [(TAUGHT, "分数的大小")]
