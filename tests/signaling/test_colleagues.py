"""Colleagues are found by name and by school; pupils, rooms and administrators are not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .server import School
from .unions import told, unions


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        yield town


async def test_a_colleague_is_found_by_words_of_name_and_school(town: School) -> None:
    found = (await told(town, "wang", "/api/colleagues?text=草兴 李"))["found"]
    assert found == [
        {"account": "li", "shown": "李老师", "role": "co-teacher", "school": "草兴小学"}
    ]
    assert (await told(town, "wang", "/api/colleagues"))["found"] == []
    assert (await told(town, "admin", "/api/colleagues?text=校长"))["found"] == []
    assert (await told(town, "li", "/api/colleagues?text=王"))["code"] == "not-allowed"
