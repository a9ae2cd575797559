"""A newcomer finds a studio at work: somebody is in it, and a lesson was talked of."""

import pytest

from synclass.cli.exhibit import tomorrow
from synclass.cli.exhibit.stage import TAUGHT
from synclass.cli.exhibit.studio import APPRENTICE
from synclass.school.studio import Standing, check_studio

from .conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_famous_teacher_has_a_studio_that_a_village_is_in(house: House) -> None:
    [studio] = await house.registry.studios()
    check_studio(studio)
    assert studio.master == "wang"
    [apprentice] = await house.registry.apprentices(studio=studio.id)
    assert (apprentice.account, apprentice.standing) == (APPRENTICE, Standing.IN)


async def test_it_opens_the_lesson_that_ended_and_that_of_tomorrow(house: House) -> None:
    [studio] = await house.registry.studios()
    opened = await house.registry.open_lessons(studio.id)
    assert {one.card.id for one in opened} == {TAUGHT, tomorrow.LESSON}
    asked, answered = await house.registry.said_in_studio(studio.id)
    assert (asked.lesson, answered.parent) == (TAUGHT, asked.id)
