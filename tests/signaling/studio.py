"""A town with a studio: Wang is its master, Li and Qian teach in villages; one lesson is live."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from synclass.ports import LessonCard
from synclass.school.studio import Apprentice, OpenLesson, Standing, Studio, id_of
from synclass.words import LessonId

from .server import School
from .unions import told, unions

STUDIO = Studio("st1", "王老师数学工作室", "数学", "wang")
NOW = time.time()
LIVE = LessonCard(LessonId("live"), "分数的意义", "数学", "wang", "111111", NOW, NOW)
OVER = LessonCard(LessonId("over"), "小数的意义", "数学", "wang", "", NOW - 9, NOW - 9, NOW - 1)


@asynccontextmanager
async def studio(folder: Path) -> AsyncIterator[School]:
    """Qian is in it, and both lessons are open to it."""
    async with unions(folder) as town:
        for card in (LIVE, OVER):
            await town.registry.save_lesson(card)
        await town.registry.put(STUDIO)
        in_ = Standing.IN
        await town.registry.put(Apprentice(id_of("st1", "qian"), "st1", "qian", in_, NOW))
        for card in (LIVE, OVER):
            await town.registry.put(OpenLesson(card.id, "st1", card.id, NOW))
        yield town


async def asked(town: School, who: str, section: str = "", body: object = None) -> Any:
    """What an account is told by the studio's page."""
    return await told(town, who, f"/api/studios/st1{section}", body)


async def gone(town: School, who: str, section: str) -> Any:
    """What an account is told that removes something."""
    async with (
        town.browser(who) as browser,
        browser.delete(f"/api/studios/st1{section}") as answer,
    ):
        return await answer.json()
