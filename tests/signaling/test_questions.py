"""Who watches a recording may ask about a moment of it, and the next who watches sees it."""

from pathlib import Path

import pytest
from aiohttp import ClientSession

from synclass.conduct import End

from ..conftest import TEACHER
from .server import School, school
from .test_replays import tags, taught
from .test_rooms import LESSON


async def over(town: School) -> None:
    await taught(town)
    (await town.app.rooms.open(LESSON)).ask(TEACHER, End())


async def asks(browser: ClientSession, at: object, text: str) -> tuple[int, str]:
    asked = {"at": at, "text": text}
    async with browser.post(f"/api/lessons/{LESSON}/question", json=asked) as response:
        return response.status, (await response.json()).get("code", "")


async def test_a_question_is_pinned_and_seen_by_the_next(tmp_path: Path) -> None:
    async with (
        school(tmp_path) as town,
        town.browser("zhao") as zhao,
        town.browser("wang") as her,
    ):
        await over(town)
        assert await asks(zhao, 12.5, "为什么要通分？") == (200, "")
        async with her.get(f"/api/lessons/{LESSON}/log") as response:
            assert tags(await response.read())[-1] == "question.asked"


async def test_only_who_may_watch_may_ask(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await over(town)
        for name, status in (("", 401), ("li", 403), ("sun", 403), ("wang", 200)):
            async with town.browser(name) as browser:
                assert (await asks(browser, 1, "为什么？"))[0] == status, name


async def test_a_question_has_words_and_a_moment_and_the_lesson_is_over(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        assert await asks(admin, 1, "为什么？") == (403, "not-now")
        (await town.app.rooms.open(LESSON)).ask(TEACHER, End())
        assert await asks(admin, 1, " ") == (403, "bad-text")
        assert await asks(admin, -1, "为什么？") == (403, "bad-question")
        assert await asks(admin, "soon", "为什么？") == (400, "malformed")


@pytest.mark.usefixtures("no_refill")
async def test_nobody_fills_the_board_with_questions(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await over(town)
        said = [(await asks(admin, 1, "为什么？"))[0] for _ in range(12)]
        assert said[:10] == [200] * 10 and said[-1] == 429
