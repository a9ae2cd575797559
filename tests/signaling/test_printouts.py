"""The board as a file, for those who may watch the recording."""

from pathlib import Path
from urllib.parse import quote

from synclass.inclass.pages import AddPages, Paper

from ..conftest import TEACHER
from .server import school
from .test_replays import taught
from .test_rooms import LESSON

BOARD = f"/api/lessons/{LESSON}/board"


async def test_the_teacher_takes_her_board_home_also_while_the_lesson_runs(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("wang") as wang:
        await taught(town)
        room = town.app.rooms.live[LESSON]
        room.ask(TEACHER, AddPages([Paper("tian")]))
        async with wang.get(f"{BOARD}.pdf") as answer:
            assert answer.status == 200 and answer.content_type == "application/pdf"
            assert (await answer.read()).startswith(b"%PDF-")
            name = answer.headers["Content-Disposition"]
            assert name.endswith(quote(f"{room.lesson.conduct.title}.pdf"))
        async with wang.get(f"{BOARD}/2.png?width=320") as answer:
            assert answer.content_type == "image/png"
        async with wang.get(f"{BOARD}/2.svg") as answer:
            assert answer.content_type == "image/svg+xml" and b"<svg" in await answer.read()
        async with wang.get(f"{BOARD}.inkml") as answer:
            assert b"InkML" in await answer.read()
        assert "board.print" in {line[2] for line in await town.registry.notes()}


async def test_only_who_may_watch_the_recording_may_print_it(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await taught(town)
        for name, status in (("", 401), ("li", 403), ("sun", 403), ("zhao", 200)):
            async with town.browser(name) as browser, browser.get(f"{BOARD}/1.svg") as answer:
                assert answer.status == status, name


async def test_a_page_or_a_size_that_is_not_there_is_refused(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        for path, status, code in (
            (f"{BOARD}/9.svg", 404, "no-page"),
            (f"{BOARD}/1.png?width=9", 403, "bad-size"),
            (f"{BOARD}/1.png?width=x", 403, "bad-size"),
            ("/api/lessons/none/board.pdf", 404, "no-lesson"),
        ):
            async with admin.get(path) as answer:
                assert (answer.status, (await answer.json())["code"]) == (status, code)
