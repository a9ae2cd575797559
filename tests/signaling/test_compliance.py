"""The district's admin takes a school year out as one file that proves itself."""

import io
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from signaling.compliance import export
from synclass.ports import Account, Hold, LessonCard
from synclass.words import LessonId, Role
from synclass.yearbook import faults

from .server import HASH, KEY, school

YEAR = datetime(2026, 10, 1).timestamp()
LESSON = LessonId("m1")


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


async def test_an_admin_of_the_district_takes_a_year_and_it_proves_itself(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town, town.browser("admin") as admin:
        await town.registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "", 1.0))
        await town.registry.put_hold(Hold(LESSON, "admin", "案件", YEAR))
        await town.registry.note(YEAR - 1e8, "admin", "lesson.erase", "long ago")
        await town.registry.note(YEAR, "admin", "lesson.erase", "<b>m0</b>")
        async with admin.get("/api/compliance/2026") as answer:
            assert answer.status == 200 and answer.content_type == "application/zip"
            told = members(await answer.read())
        assert list(faults(told)) == []
        assert b"m0" in told["erased.json"] and b"long ago" not in told["audit.json"]
        assert "案件".encode() in told["holds.json"]
        assert b"argon2" not in b"".join(told.values()), "no password, not even its hash"
        assert b"&lt;b&gt;m0" in told["index.html"]
        for year in ("x", "26", "1999", "２０２６"):
            async with admin.get(f"/api/compliance/{year}") as answer:
                assert (await answer.json())["code"] == "bad-number"


async def test_who_looks_after_one_school_has_no_year_of_the_district(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        liang = Account("liang", "梁校长", Role.ADMIN, "草兴小学", HASH)
        await town.registry.save_account(liang)
        for name in ("liang", "wang"):
            async with town.browser(name) as other, other.get("/api/compliance/2026") as answer:
                assert (answer.status, (await answer.json())["code"]) == (403, "not-allowed")


async def test_a_year_without_a_line_is_whole(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        assert list(faults(members(await export(town.registry, 2001, by="", seal=KEY)))) == []
