"""An admin finds ended lessons by what was written in them, and the moment of it."""

import json
from pathlib import Path
from typing import Any

from recorder.shelf import FileShelf
from signaling.reader import Reader
from synclass import wire
from synclass.channel import Fact
from synclass.conduct import Began, Ended, Opened
from synclass.inclass.chat import Said
from synclass.inclass.pages import PageAdded, PageTurned, Paper
from synclass.lesson import Entry
from synclass.ports import LessonCard
from synclass.preclass.handout import HandoutAdded, Sheet
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import School, school

ID, NAME = LessonId("fractions"), "b" * 64
SHEET = Sheet("a" * 64 + ".svg", 100, 100, 9)
FACTS: list[tuple[float, Fact]] = [
    (0.0, Opened(1, 1.0, "", "第三课", "数学")),
    (1.0, Began()),
    (2.0, HandoutAdded(1, "课件", [SHEET], NAME)),
    (3.0, PageAdded(2, Paper(sheet=SHEET.name), 1)),
    (4.0, PageTurned(2)),
    (5.5, Said(1, TEACHER.id, "先通分，再相加")),
    (9.0, Ended()),
]


async def kept(town: School, data: Path) -> Reader:
    shelf = FileShelf(data)
    shelf.keep_page(ID, f"{NAME}.json", json.dumps(["分数的意义"]).encode())
    journal = shelf.journal(ID)
    for n, (at, fact) in enumerate(FACTS, 1):
        journal.append(wire.record([Entry(n, round(1000 * at), TEACHER.id, 0, fact)]))
    journal.close()
    await town.registry.save_lesson(LessonCard(ID, "第三课", "数学", "wang", "", 1.0, 2.0, 11.0))
    return Reader(town.registry, shelf)


async def search(town: School, who: str, text: str) -> list[Any]:
    async with (
        town.browser(who) as browser,
        browser.get("/api/lessons", params={"text": text}) as response,
    ):
        return [one["found"] for one in (await response.json())["lessons"]]


async def test_an_ended_lesson_is_found_by_its_words_at_their_moment(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        reader = await kept(town, tmp_path)
        assert await search(town, "admin", "通分") == []
        assert (await reader.look(), await reader.look()) == (1, 0)
        assert await search(town, "admin", "通分") == [[5.5, "先通分，再相加"]]
        assert await search(town, "admin", "意义") == [[4.0, "分数的意义"]], "of its courseware"
        assert await search(town, "admin", "第三课") == [None], "found by its title"


async def test_who_may_not_watch_a_lesson_does_not_find_it_by_its_words(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        await (await kept(town, tmp_path)).look()
        found = {who: len(await search(town, who, "通分")) for who in ("wang", "sun", "li", "zhao")}
    assert found == {"wang": 1, "sun": 0, "li": 0, "zhao": 1}


async def test_a_log_that_cannot_be_read_holds_up_no_other(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        reader = await kept(town, tmp_path)
        await town.registry.save_lesson(LessonCard(LessonId("lost"), "丢", "", "", "", 1, 2, 99))
        assert await reader.look() == 2
        assert await search(town, "admin", "通分") == [[5.5, "先通分，再相加"]]
