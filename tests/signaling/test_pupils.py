"""An admin of the school sees what is kept of a pupil, takes it out, and erases it for good."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp import ClientSession
from msgspec import json

from recorder import keys
from recorder.shelf import FileShelf, lesson_folder
from signaling.outcome import outcome
from synclass.ports import Account, Hold
from synclass.postclass.dossier import Dossier
from synclass.words import Role

from ..adapters.registry.test_pupils import HONG
from .pupil import OWN, taught
from .server import HASH, School, school
from .test_rooms import LESSON

DOOR = "/api/pupils/p2"
SURE = {"name": "小明", "version": 1}


async def code(browser: ClientSession, path: str, **body: object) -> tuple[int, str]:
    async with browser.post(path, json=body) as answer:
        return answer.status, (await answer.json()).get("code", "")


async def acts(town: School) -> list[tuple[str, str, str]]:
    notes = [(who, act, what) for _, who, act, what in await town.registry.notes()]
    return [note for note in notes if note[1].startswith(("pupil.", "voice."))]


async def test_an_admin_reads_and_takes_what_is_kept_and_it_is_noted(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town, tmp_path)
        async with admin.get(DOOR) as answer:
            read = json.decode(await answer.read(), type=Dossier)
        assert (read.person.name, len(read.handed), len(read.heard)) == ("小明", 1, 1)
        async with admin.get(f"{DOOR}/export.zip") as answer:
            assert answer.content_type == "application/zip"
            assert "%E5%B0%8F%E6%98%8E.zip" in answer.headers["Content-Disposition"]
            zipped = ZipFile(io.BytesIO(await answer.read()))
        assert zipped.read("works/w1.webp") == b"webp"
        assert await acts(town) == [("admin", "pupil.take", "p2"), ("admin", "pupil.read", "p2")]


async def test_an_erased_pupil_is_nowhere_and_the_class_is_counted_as_before(
    tmp_path: Path,
) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town, tmp_path)
        before, _ = outcome(FileShelf(tmp_path), LESSON)
        async with admin.post(f"{DOOR}/erasure", json=SURE) as answer:
            done = await answer.json()
        assert (done["lessons"], done["works"], done["voices"], done["left"]) == (1, 1, 1, [])
        assert await code(admin, f"{DOOR}/erasure", **SURE) == (404, "not-there")
        async with admin.get(f"/api/lessons/{LESSON}/report") as answer:
            said = await answer.text()
            rooms = (await answer.json())["rooms"]
        assert "小明" not in said
        assert sorted(room["here"] for room in rooms) == sorted(room.here for room in before.rooms)
        async with admin.get(f"/api/lessons/{LESSON}/log") as answer:
            log = await answer.read()
        assert "小明".encode() not in log and HONG.name.encode() in log
        assert keys.holders(lesson_folder(tmp_path, LESSON)) == []
        noted = [("admin", "voice.erase", f"{LESSON} {OWN.id}"), ("admin", "pupil.erase", "p2")]
        assert await acts(town) == noted


async def test_it_is_erased_only_when_meant_and_not_while_a_lesson_is_held(
    tmp_path: Path,
) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town, tmp_path)
        door = f"{DOOR}/erasure"
        assert await code(admin, door, name="小红", version=1) == (403, "wrong-name")
        assert await code(admin, door, name="小明", version=7) == (409, "changed-meanwhile")
        await town.registry.put_hold(Hold(LESSON, "admin", "案件", 1.0))
        assert await code(admin, door, **SURE) == (409, "held")
        assert len(keys.holders(lesson_folder(tmp_path, LESSON))) == 1
        assert await town.registry.person("p2") is not None and await acts(town) == []
        await town.registry.lift_hold(LESSON)
        assert await code(admin, door, **SURE) == (200, "")


@pytest.mark.parametrize(("of", "status"), [("中心小学", 403), ("草兴小学", 200)])
async def test_an_admin_of_a_school_has_its_own_pupils_alone(
    tmp_path: Path, of: str, status: int
) -> None:
    async with school(tmp_path) as town:
        await taught(town, tmp_path)
        await town.registry.save_account(Account("liang", "梁校长", Role.ADMIN, of, HASH))
        async with town.browser("liang") as own:
            for path in (DOOR, f"{DOOR}/export.zip"):
                async with own.get(path) as answer:
                    assert answer.status == status
            assert (await code(own, f"{DOOR}/erasure", **SURE))[0] == status
        async with town.browser("wang") as teacher, teacher.get(DOOR) as answer:
            assert answer.status == 403
