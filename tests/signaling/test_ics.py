"""A calendar as an independent reader of RFC 5545 reads it."""

from datetime import UTC, date, datetime, timedelta

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus
from msgspec import structs

from signaling.ics import Book, written
from synclass.school.calendar import entries

from ..adapters.registry.villages import LECTURING, LISTENING, MATHS, TERM, TOWN, VILLAGE

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
SCHOOLS = {school.id: school for school in (TOWN, VILLAGE)}
ROOMS = {room.id: room for room in (LECTURING, LISTENING)}
ODD = structs.replace(
    MATHS,
    title="分数；小数,\\ <b>很长的课名</b>\r\nBEGIN:VEVENT " + "读" * 40,
    cancelled=[date(2026, 9, 14)],
    version=3,
)


def book(lang: str = "zh") -> Book:
    found = entries([ODD], TERM, TERM.first, date(2026, 9, 30), SCHOOLS)
    return Book("王老师", lang, found, SCHOOLS, ROOMS, {"p1": "王老师"})


def read(text: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(text.decode())


def test_another_reader_finds_the_same_lessons() -> None:
    events = read(written(book(), NOW)).events
    bell = datetime(2026, 9, 7, 9, 10).astimezone(UTC)
    assert [event.start.day for event in events] == [7, 14, 21, 28]
    assert (events[0].start, events[0].end) == (bell, bell + timedelta(minutes=40))
    assert [event.status for event in events[:2]] == [EventStatus.CONFIRMED, EventStatus.CANCELLED]
    assert events[0].summary == ODD.title.replace("\r\n", "\n")
    assert events[0].location == "中心小学 三年级一班"
    assert events[0].categories == ["专递课堂"]
    assert events[0].description == "老师：王老师\n学科：数学\n听课教室：草兴小学 三年级"
    assert [event.uid for event in events][:2] == ["20260907-l1@synclass", "20260914-l1@synclass"]
    assert events[0].sequence == 3


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    lines = written(book(), NOW).split(b"\r\n")
    assert max(map(len, lines)) <= 75 and lines[-1] == b""
    assert all(line.decode() for line in lines[:-1])


def test_who_reads_english_reads_english() -> None:
    event = read(written(book("en"), NOW)).events[0]
    assert event.description == "Teacher: 王老师\nSubject: 数学\nRooms that listen: 草兴小学 三年级"


def test_the_same_lessons_have_the_same_tag_whenever_they_are_written() -> None:
    assert book().etag() == book().etag() != book("en").etag()
    assert book().etag().startswith('W/"')
