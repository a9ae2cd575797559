"""A telephone subscribes to a timetable by a secret address, until that is taken back."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from msgspec.structs import replace

from synclass.school.timetable import Term

from ..adapters.registry.villages import MATHS, TERM, settle
from .server import School, school

TODAY = date.today()
MONDAY = TODAY - timedelta(days=TODAY.weekday())


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        now: Term = replace(TERM, first=MONDAY - timedelta(70), last=MONDAY + timedelta(300))
        await town.registry.put(replace(now, version=1))
        yield town


async def said(answer: Any) -> tuple[int, Any]:
    async with answer as response:
        return response.status, await response.json()


async def made(browser: ClientSession, whose: str, of: str = "") -> tuple[int, Any]:
    return await said(browser.post("/api/calendars", json={"whose": whose, "of": of}))


def day_of(event: Event) -> date:
    assert isinstance(event.start, datetime)
    return event.start.date()


async def text(town: School, path: str, **headers: str) -> tuple[int, str, str]:
    """As a telephone reads it: without any login."""
    async with ClientSession(town.url) as phone, phone.get(path, headers=headers) as answer:
        return answer.status, answer.headers.get("ETag", ""), await answer.text()


@pytest.mark.parametrize(
    ("whose", "of", "name"),
    [
        ("teacher", "", "王老师"),
        ("teacher", "p1", "王老师"),
        ("classroom", "c2", "草兴小学 三年级"),
        ("school", "s2", "草兴小学"),
    ],
)
async def test_whoever_is_in_a_lesson_has_it_in_their_calendar(
    town: School, whose: str, of: str, name: str
) -> None:
    async with town.browser("wang") as browser:
        _, answer = await made(browser, whose, of)
    assert answer["shown"]["name"] == name
    status, _, body = await text(town, answer["path"])
    events = IcsCalendarStream.calendar_from_ics(body).events
    assert status == 200 and {event.summary for event in events} == {"分数"}
    days = [day_of(event) for event in events]
    assert days[0] >= TODAY - timedelta(28) and days[-1] <= TODAY + timedelta(201)
    assert MONDAY in days and f"X-WR-CALNAME:{name}" in body


async def test_a_calendar_that_has_not_changed_is_not_sent_again(town: School) -> None:
    async with town.browser("wang") as browser:
        _, answer = await made(browser, "teacher")
    path = answer["path"]
    _, tag, _ = await text(town, path)
    assert (await text(town, path, **{"If-None-Match": tag}))[0] == 304
    next_one = MONDAY + timedelta(days=7)
    await town.registry.put(replace(MATHS, version=1, cancelled=[next_one]))
    status, other, body = await text(town, path, **{"If-None-Match": tag})
    assert status == 200 and other != tag
    events = IcsCalendarStream.calendar_from_ics(body).events
    off = [day_of(e) for e in events if e.status == EventStatus.CANCELLED]
    assert off == [next_one]


async def test_an_address_is_secret_kept_hashed_and_taken_back(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        _, answer = await made(wang, "teacher")
        id_, path = answer["shown"]["id"], answer["path"]
        (kept,) = await town.registry.calendars("wang")
        assert path.removesuffix(".ics").partition("_")[2] not in str(kept)
        wrong = f"/api/calendars/{id_}_wrong.ics"
        assert (await text(town, wrong))[0] == 404
        assert (await said(sun.delete(f"/api/calendars/{id_}")))[1]["code"] == "no-calendar"
        assert (await said(sun.get("/api/calendars")))[1] == {"calendars": []}
        await text(town, path)
        (shown,) = (await said(wang.get("/api/calendars")))[1]["calendars"]
        assert shown["used_at"] > 0
        assert (await said(wang.delete(f"/api/calendars/{id_}")))[0] == 200
        assert (await text(town, path))[0] == 404
        notes = [act for _, _, act, _ in await town.registry.notes()]
        assert "calendar.make" in notes and "calendar.revoke" in notes


async def test_whoever_may_not_log_in_any_more_has_no_calendar(town: School) -> None:
    async with town.browser("wang") as browser:
        _, answer = await made(browser, "school", "s1")
    wang = await town.registry.account("wang")
    assert wang
    await town.registry.save_account(replace(wang, given=True))
    assert (await text(town, answer["path"]))[0] == 404


async def test_a_pupil_and_what_is_not_there_have_no_calendar(town: School) -> None:
    async with town.browser("sun") as browser:
        for whose, of in (("teacher", "p2"), ("teacher", ""), ("school", "x"), ("classroom", "")):
            assert (await made(browser, whose, of))[1]["code"] == "not-there"
        told = [(await made(browser, "school", "s1"))[0] for _ in range(21)]
        assert told == [200] * 20 + [403]


@pytest.mark.usefixtures("no_refill")
async def test_addresses_are_not_guessed(town: School) -> None:
    statuses = [(await text(town, f"/api/calendars/x{n}_y.ics"))[0] for n in range(12)]
    assert statuses[0] == 404 and statuses[-1] == 429


@pytest.mark.parametrize(("whose", "of"), [("teacher", ""), ("classroom", "c2"), ("school", "s2")])
async def test_a_lesson_that_is_taken_out_is_cancelled_for_whoever_has_it(
    town: School, whose: str, of: str
) -> None:
    async with town.browser("wang") as wang, town.browser("admin") as admin:
        _, answer = await made(wang, whose, of)
        _, other = await made(wang, "classroom", "c1")
        before = IcsCalendarStream.calendar_from_ics((await text(town, answer["path"]))[2]).events
        assert (await said(admin.delete("/api/district/slots/l1?version=1")))[0] == 200
        after = IcsCalendarStream.calendar_from_ics((await text(town, answer["path"]))[2]).events
        assert [one.uid for one in after] == [one.uid for one in before]
        assert {one.sequence for one in after} == {2}, "a calendar believes a higher one"
        for one in after:
            assert (one.status == EventStatus.CANCELLED) == (day_of(one) >= TODAY)
        await town.registry.put(replace(MATHS, version=0))
        again = IcsCalendarStream.calendar_from_ics((await text(town, other["path"]))[2]).events
        assert {one.status for one in again} == {EventStatus.CONFIRMED}, "it was put in again"
