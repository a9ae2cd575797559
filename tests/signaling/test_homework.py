"""Homework over HTTP: set by the lesson's teacher, handed in by its school, marked and returned."""

import io
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import to_builtins
from PIL import Image

from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Role

from ..postclass.test_homework import STROKE
from .server import HASH, School, school

LESSON = "m1"
INK = to_builtins([STROKE])
SHEET = {"width": 1440, "height": 1080}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        card = LessonCard(LessonId(LESSON), "分数", "数学", "wang", "", 1.0, 2.0, 3.0)
        await town.registry.save_lesson(card)
        for name, of in (("cao", "草兴小学"), ("shu", "双庙中心校")):
            await town.registry.save_account(Account(name, name, Role.CO_TEACHER, of, HASH))
        yield town


async def ask(browser: ClientSession, path: str, **body: Any) -> Any:
    """The answer, or the code of the refusal."""
    way = browser.post if body else browser.get
    async with way(f"/api/{path}", **body) as answer:
        assert answer.status < 500, await answer.text()
        if answer.status >= 400:
            return (await answer.json())["code"]
        if "x-ndjson" in answer.content_type:
            return (await answer.text()).splitlines()[-1]
        return await answer.json() if "json" in answer.content_type else await answer.read()


async def task(town: School) -> dict[str, Any]:
    async with town.browser("wang") as wang:
        told = {"text": "画出三分之二", "due": time.time() + 86400}
        made: dict[str, Any] = await ask(wang, f"lessons/{LESSON}/homework", json=told)
    return made


def photograph(width: int = 900, height: int = 1600) -> bytes:
    file, picture = io.BytesIO(), Image.new("RGB", (width, height), "white")
    exif = picture.getexif()
    exif[0x8825] = {1: "N"}  # where it was taken
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


async def test_a_teacher_sets_homework_for_her_own_lesson(town: School) -> None:
    made = await task(town)
    assert len(made["code"]) == 8 and made["lesson"] == LESSON
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        path = f"lessons/{LESSON}/homework"
        assert await ask(wang, path, json={"text": " ", "due": time.time() + 9}) == "bad-text"
        assert await ask(wang, path, json={"text": "x", "due": 5.0}) == "bad-moment"
        assert await ask(sun, path) == "not-yours"
        assert [one["homework"] for one in (await ask(wang, path))["tasks"]] == [made]


async def test_an_inked_work_is_marked_on_top_and_read_when_it_is_returned(town: School) -> None:
    made = await task(town)
    async with town.browser("cao") as cao, town.browser("wang") as wang:
        sheet = {"pupil": "小明", "ink": INK, **SHEET}
        work = (await ask(cao, f"homework/{made['id']}/works", json=sheet))["work"]
        marks = {"version": 1, "marks": INK, "mark": "优", "remark": "步骤清楚"}
        assert (await ask(wang, f"works/{work}/marks", json=marks))["version"] == 2
        assert (await ask(cao, f"works/{work}"))["marks"] == [], "not returned yet"
        back = {**marks, "version": 2, "back": True}
        await ask(wang, f"works/{work}/marks", json=back)
        assert await ask(wang, f"works/{work}/marks", json=back) == "changed-meanwhile"
        seen = await ask(cao, f"works/{work}")
        assert (seen["ink"], seen["marks"], seen["mark"]) == (INK, INK, "优")
        assert await ask(cao, f"homework/{made['id']}/works", json=sheet) == "marked"
        assert (await ask(wang, f"works/{work}"))["receipt"] == ""


async def test_a_photograph_is_made_anew_without_where_it_was_taken(town: School) -> None:
    made = await task(town)
    async with town.browser("cao") as cao, town.browser("wang") as wang:
        path = f"homework/{made['id']}/photos?pupil=小明"
        said = await ask(cao, path, data=photograph())
        work = (await ask(wang, f"lessons/{LESSON}/homework"))["tasks"][0]["works"][0]
        assert work["id"] in said and work["kind"] == "photo"
        full = await ask(wang, f"works/{work['id']}")
        assert (full["width"], full["height"]) == (608, 1080), "as high as a board"
        picture = await ask(wang, f"works/{work['id']}/picture")
        with Image.open(io.BytesIO(picture)) as shown:
            assert shown.format == "WEBP" and not shown.getexif()
        for bad, code in ((b"%PDF-1.7 x", "bad-kind"), (b"GIF89a nothing", "broken-file")):
            assert code in str(await ask(cao, path, data=bad))
        assert await ask(cao, path.replace("小明", ""), data=photograph()) == "bad-text"


async def test_a_school_sees_its_own_works_and_no_others(town: School) -> None:
    made = await task(town)
    async with town.browser("cao") as cao, town.browser("shu") as shu, town.browser("li") as li:
        hand = {"pupil": "小明", "school": "双庙中心校", "text": "三分之二"}
        work = (await ask(cao, f"homework/{made['id']}/works", json=hand))["work"]
        assert (await ask(cao, f"works/{work}"))["school"] == "草兴小学", "her account's"
        assert await ask(shu, f"works/{work}") == "not-yours"
        assert await ask(shu, f"works/{work}/picture") == "not-yours"
        assert (await ask(shu, f"lessons/{LESSON}/homework"))["tasks"][0]["works"] == []
        assert (await ask(li, f"lessons/{LESSON}/homework"))["tasks"][0]["works"] == []
        assert await ask(li, f"homework/{made['id']}/works", json=hand) == "not-yours"
    async with town.browser("sun") as sun, town.browser("zhao") as zhao:
        assert await ask(sun, f"works/{work}") == "not-yours"
        assert (await ask(zhao, f"works/{work}"))["text"] == "三分之二"
        assert await ask(zhao, f"works/{work}/marks", json={}) == "not-allowed"


async def test_homework_goes_only_while_nobody_has_handed_in(town: School) -> None:
    made, other = await task(town), await task(town)
    async with town.browser("cao") as cao, town.browser("wang") as wang:
        hand = {"pupil": "小明", "text": "三分之二"}
        await ask(cao, f"homework/{made['id']}/works", json=hand)
        for id_, status in ((made["id"], 409), (other["id"], 200), (other["id"], 404)):
            async with wang.delete(f"/api/homework/{id_}") as answer:
                assert answer.status == status


async def test_bad_ink_and_too_much_of_it_is_refused(town: School) -> None:
    made = await task(town)
    async with town.browser("cao") as cao:
        path = f"homework/{made['id']}/works"
        bad: tuple[tuple[dict[str, Any], str], ...] = (
            ({"ink": [{"colour": 1, "width": 9, "ink": "AAAA"}], **SHEET}, "malformed"),
            ({"ink": INK, "width": 5000, "height": 5}, "bad-size"),
            ({"ink": INK * 1501, **SHEET}, "too-large"),
            ({"text": "x" * 600_000}, "too-large"),
            ({"text": "x" * 3000}, "bad-text"),
            ({}, "bad-text"),
        )
        for said, code in bad:
            assert await ask(cao, path, json={"pupil": "小明", **said}) == code
