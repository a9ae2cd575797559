"""An ended lesson is taken home as one file, by its teacher or an admin."""

import io
import zipfile
from pathlib import Path

from synclass.conduct import End

from ..conftest import TEACHER
from ..waiting import until
from .server import School, school
from .test_replays import taught
from .test_rooms import LESSON

FILE = f"/api/lessons/{LESSON}/lesson.html"


async def ended(town: School) -> None:
    await taught(town)
    town.app.rooms.live[LESSON].ask(TEACHER, End())

    async def noted() -> bool:
        card = await town.registry.lesson(LESSON)
        return card is not None and card.ended_at > 0

    await until(noted)


async def test_an_ended_lesson_is_taken_home_as_one_file(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("wang") as wang:
        await ended(town)
        async with wang.get(FILE) as answer:
            data = await answer.read()
            assert answer.status == 200 and answer.content_length == len(data)
            assert ".lesson.html" in answer.headers["Content-Disposition"]
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        assert "recording.take" in {line[2] for line in await town.registry.notes()}


async def test_only_its_teacher_and_an_admin_may_take_it_out_of_the_house(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await ended(town)
        for name, status in (("", 401), ("li", 403), ("sun", 403), ("zhao", 403), ("admin", 200)):
            async with town.browser(name) as browser, browser.get(FILE) as answer:
                assert answer.status == status, name


async def test_before_the_bell_it_is_refused(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        async with admin.get(FILE) as answer:
            assert (await answer.json())["code"] == "not-ended"
