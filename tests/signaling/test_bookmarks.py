"""Staff who watch a recording mark its moments; what a patrol marks no classroom sees."""

from pathlib import Path

import pytest
from aiohttp import ClientSession

from synclass.conduct import End

from ..conftest import TEACHER
from .server import School, school
from .test_replays import tags, taught
from .test_rooms import LESSON

PATH = f"/api/lessons/{LESSON}/bookmarks"


async def over(town: School) -> None:
    await taught(town)
    (await town.app.rooms.open(LESSON)).ask(TEACHER, End())


async def marks(browser: ClientSession, at: object, **said: object) -> tuple[int, str]:
    async with browser.post(PATH, json={"at": at, **said}) as response:
        return response.status, (await response.json()).get("code", "")


async def unmarks(browser: ClientSession, n: str) -> tuple[int, str]:
    async with browser.delete(f"{PATH}/{n}") as response:
        return response.status, (await response.json()).get("code", "")


async def log(browser: ClientSession, eyes: str = "") -> list[str]:
    async with browser.get(f"/api/lessons/{LESSON}/log", params={"as": eyes}) as response:
        return tags(await response.read())


async def test_a_mark_is_kept_in_the_name_of_who_is_logged_in_and_taken_away_by_them(
    tmp_path: Path,
) -> None:
    async with (
        school(tmp_path) as town,
        town.browser("zhao") as zhao,
        town.browser("wang") as her,
    ):
        await over(town)
        assert await marks(her, 0, kind="hard", text="通分") == (200, "")
        assert await marks(zhao, 0, text="板书清楚") == (200, "")
        assert (await log(her))[-2:] == ["bookmark.added"] * 2
        assert await unmarks(zhao, "2") == (403, "no-bookmark")
        assert await unmarks(zhao, "1") == (200, "")
        assert (await log(her))[-1] == "bookmark.removed"
        assert await unmarks(zhao, "1") == (403, "no-bookmark")
        room = "caoxing"
        assert (await log(her, room)).count("bookmark.added") == 1, "the teacher's, no patrol's"


async def test_only_who_may_watch_may_mark(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await over(town)
        for name, status in (("", 401), ("li", 403), ("sun", 403), ("wang", 200)):
            async with town.browser(name) as browser:
                assert (await marks(browser, 0))[0] == status, name
                assert (await unmarks(browser, "1"))[0] == status, name


async def test_a_mark_has_a_kind_a_short_line_and_a_moment_that_has_passed(
    tmp_path: Path,
) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        assert await marks(admin, 0) == (200, ""), "from a wall of lessons that run"
        (await town.app.rooms.open(LESSON)).ask(TEACHER, End())
        assert await marks(admin, 0, text="x" * 99) == (403, "bad-text")
        assert await marks(admin, -1) == (403, "bad-moment")
        assert await marks(admin, 1e9) == (403, "bad-moment")
        assert await marks(admin, 0, kind="star") == (400, "malformed")
        assert await marks(admin, "soon") == (400, "malformed")
        for n in ("x", "0", "9" * 30):
            assert (await unmarks(admin, n))[1] == "no-bookmark"


@pytest.mark.usefixtures("no_refill")
async def test_nobody_fills_the_bar_with_marks(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await over(town)
        said = [(await marks(admin, 0, text=f"{n}"))[0] for n in range(22)]
        assert said[:20] == [200] * 20 and said[-1] == 429
