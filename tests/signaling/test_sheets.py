"""A sheet with three bad lines is refused as a whole, names them, and comes in when mended."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from signaling.sheets import BATCH, MOST_FAULTS, Report
from synclass.ports import Account
from synclass.words import Role

from ..adapters.registry.villages import VILLAGE, settle
from .server import HASH, School, school

HEAD = "sourcedId,orgSourcedIds,role,name,identifier,classSourcedId,row,seat\n"
GOOD = "p10,s2,student,小红,10,c2,2,2\np11,s2,student,<b>小刚</b>,11,,,\n"
BAD = "p12,s9,student,小丽,12,,,\np10,s2,student,小强,13,,,\np14,s2,student,,14,,,\n"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        local = Account("liang", "梁校长", Role.ADMIN, VILLAGE.name, HASH)
        await town.registry.save_account(local)
        yield town


async def bring(
    town: School, text: str | bytes, sheet: str = "people", dry: bool = False, who: str = "admin"
) -> list[Report]:
    data = text.encode() if isinstance(text, str) else text
    path, headers = f"/api/sheets/{sheet}{'?dry=1' if dry else ''}", {"Content-Type": "text/csv"}
    sent: dict[str, Any] = {"data": data, "headers": headers}
    async with town.browser(who) as browser, browser.post(path, **sent) as answer:
        assert answer.status == 200, await answer.text()
        return [msgspec.json.decode(line, type=Report) async for line in answer.content]


async def refused(town: School, text: str, sheet: str = "people") -> Any:
    path, data = f"/api/sheets/{sheet}", text.encode()
    async with town.browser("admin") as browser, browser.post(path, data=data) as answer:
        return (await answer.json())["code"]


async def names(town: School) -> list[str]:
    return [person.name for person in await town.registry.people(school="s2")]


async def test_a_dry_run_names_every_bad_line_and_keeps_nothing(town: School) -> None:
    report = (await bring(town, HEAD + GOOD + BAD, dry=True))[-1]
    assert [(f.line, f.code) for f in report.faults] == [
        *((4, "no-school"), (5, "twice"), (6, "bad-text"))
    ]
    assert not report.taken and (await bring(town, HEAD + GOOD, dry=True))[-1].faults == []
    assert await names(town) == ["小明"]


async def test_a_sheet_with_one_bad_line_is_not_half_taken_in(town: School) -> None:
    assert not (await bring(town, HEAD + GOOD + BAD))[-1].taken
    assert await names(town) == ["小明"]
    assert (await bring(town, HEAD + GOOD))[-1].taken
    assert await names(town) == ["小红", "<b>小刚</b>", "小明"]
    assert (await town.registry.notes())[0][1:] == ("admin", "sheets.bring", "people 2")


async def test_a_sheet_in_the_encoding_of_an_office_is_read(town: School) -> None:
    assert (await bring(town, (HEAD + GOOD).encode("gb18030")))[-1].taken
    assert "小红" in await names(town)


async def test_progress_is_told_while_lines_come_in(town: School) -> None:
    many = "".join(f"q{n},s2,student,学生{n},{n}x,,,\n" for n in range(3 * BATCH))
    reports = await bring(town, HEAD + many)
    assert [r.done for r in reports] == [2000, 4000, 6000, 0, 5000, 6000]
    assert reports[-1].of == 6000 and (await town.registry.tally("s2")).people == 6001


async def test_of_many_bad_lines_the_first_are_named_and_the_rest_are_counted(
    town: School,
) -> None:
    many = "".join(f"q{n},s9,student,学生,,,,\n" for n in range(MOST_FAULTS + 30))
    report = (await bring(town, HEAD + many))[-1]
    assert (len(report.faults), report.more) == (MOST_FAULTS, 30)


async def test_a_number_that_another_pupil_has_is_told(town: School) -> None:
    report = (await bring(town, HEAD + "p10,s2,student,小红,20260001,,,\n"))[-1]
    assert [fault.code for fault in report.faults] == ["taken"] and not report.taken


async def test_what_is_no_sheet_is_refused(town: School) -> None:
    assert await refused(town, "") == "malformed"
    assert await refused(town, "sourcedId,name\n") == "no-column"
    assert await refused(town, HEAD, "dogs") == "no-sheet"
    broken = (await bring(town, HEAD + GOOD + '"p13'))[-1]
    assert [fault.code for fault in broken.faults] == ["malformed"]


async def test_a_timetable_with_a_clash_is_not_taken_in(town: School) -> None:
    head = "sourcedId,termSourcedId,schoolSourcedId,title,subjects,teacherSourcedId,"
    head += "classSourcedId,weekday,period\n"
    twice = "l2,t1,s1,语文,语文,p1,c1,1,2\nl3,t1,s1,英语,英语,p1,c1,2,2\n"
    report = (await bring(town, head + twice, "timetable"))[-1]
    assert {fault.code for fault in report.faults} == {"clash"}
    assert "l1" in report.faults[0].message
    assert (await bring(town, head + twice.split("\n")[1], "timetable"))[-1].taken


async def test_what_goes_out_comes_in_again_and_runs_in_no_spreadsheet(town: School) -> None:
    await bring(town, HEAD + 'p10,s2,student,"=HYPERLINK(""x"")",10,,,\n')
    async with town.browser("admin") as browser, browser.get("/api/sheets/people") as answer:
        data = await answer.read()
    assert b",=" not in data and b"'=HYPERLINK" in data
    assert (await bring(town, data))[-1].taken
    assert '=HYPERLINK("x")' in await names(town)


async def test_a_schools_admin_brings_and_takes_her_own_school_alone(town: School) -> None:
    report = (await bring(town, HEAD + "p1,s1,teacher,王,1,,,\n", who="liang"))[-1]
    assert [fault.code for fault in report.faults] == ["not-yours"]
    path = "/api/sheets/people?school=s1"
    async with town.browser("liang") as browser, browser.get(path) as answer:
        text = await answer.text()
    assert "小明" in text and "王老师" not in text
