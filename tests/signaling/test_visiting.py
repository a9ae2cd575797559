"""Who is in a studio is told more of it than who looks at it from outside."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .server import School
from .studio import asked, studio


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with studio(tmp_path) as town:
        yield town


async def test_who_is_not_in_it_sees_people_and_lessons_and_no_words(town: School) -> None:
    await asked(town, "qian", "/words", {"text": "怎样引入分数？"})
    outside = await asked(town, "li")
    assert len(outside["people"]) == len(outside["lessons"]) == 2
    assert (outside["words"], outside["inside"], outside["leads"]) == ([], False, False)
    for who in ("wang", "qian", "zhou", "admin", "zhao"):
        assert [one["text"] for one in (await asked(town, who))["words"]] == ["怎样引入分数？"]
    assert (await asked(town, "feng"))["words"] == []


async def test_only_lessons_of_its_people_are_shown(town: School) -> None:
    shown = (await asked(town, "qian"))["lessons"]
    assert [(one["title"], one["by"], one["stage"]) for one in shown] == [
        ("分数的意义", "王老师", "inclass"),
        ("小数的意义", "王老师", "postclass"),
    ]
    card = await town.registry.lesson(shown[0]["lesson"])
    assert card
    await town.registry.remove_lesson(card.id)
    assert len((await asked(town, "qian"))["lessons"]) == 1
