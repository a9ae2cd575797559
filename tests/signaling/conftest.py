"""A school with a lesson in class, for those who ask about all of it."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from synclass.conduct import Begin, Join
from synclass.ports import LessonCard
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import School, school


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    (tmp_path / "index.html").write_text("<!doctype html>")
    async with school(tmp_path) as town:
        card = LessonCard(LessonId("inclass"), "分数", "数学", "wang", "123456", time.time())
        await town.registry.save_lesson(card)
        room = await town.app.rooms.open(card.id)
        for command in (Join(), Begin()):
            room.ask(TEACHER, command)
        yield town
