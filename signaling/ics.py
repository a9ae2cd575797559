"""Lessons as iCalendar (RFC 5545), in UTC: bells ring by this machine's local time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import icalendar
from msgspec import Struct, json

from synclass.school.calendar import Entry
from synclass.school.places import Classroom, School
from synclass.school.timetable import Slot

HEAD = {"prodid": "-//synclass//timetable//ZH", "version": "2.0", "calscale": "GREGORIAN"}
BEGIN, END, LAST = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"END:VCALENDAR\r\n"
UTC_TIME = "%Y%m%dT%H%M%SZ"  # RFC 5545 §3.3.5, form 2
AGAIN = 3600.0  # seconds: how soon a calendar looks again (RFC 7986 §5.7)
WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        **{"teacher": "老师", "subject": "学科", "rooms": "听课教室", "colon": "："},
        **{"dedicated": "专递课堂", "master": "名师课堂", "library": "名校网络课堂"},
        **{"after-school": "课后服务", "and": "、"},
    },
    "en": {
        **{"teacher": "Teacher", "subject": "Subject", "rooms": "Rooms that listen", "colon": ": "},
        **{"dedicated": "dedicated lesson", "master": "master's lesson", "library": "library"},
        **{"after-school": "after-school service", "and": ", "},
    },
}


class Book(Struct):
    """What a calendar has, and how those in it are called."""

    name: str
    lang: str
    entries: list[Entry]
    schools: dict[str, School]
    rooms: dict[str, Classroom]
    teachers: dict[str, str]

    def etag(self) -> str:
        """A weak one (RFC 9110 §8.8.1): the same lessons are written at another time."""
        return f'W/"{sha256(json.encode(self)).hexdigest()[:24]}"'


def written(book: Book, now: datetime) -> bytes:
    """The whole calendar, its lines folded at 75 octets."""
    calendar = icalendar.Calendar()
    for name, value in HEAD.items():
        calendar.add(name, value)
    for name in ("name", "x-wr-calname"):
        calendar.add(name, book.name)
    calendar.add("refresh-interval", timedelta(seconds=AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    lasting: dict[str, bytes] = {}
    events = []
    for entry in book.entries:
        if entry.slot.id not in lasting:
            lasting[entry.slot.id] = _lasting(entry.slot, book, now)
        events += [BEGIN, _of_day(entry), lasting[entry.slot.id], END]
    head: bytes = calendar.to_ical()
    return b"".join([head.removesuffix(LAST), *events, LAST])


def _of_day(entry: Entry) -> bytes:
    """What differs from one day's lesson to the next's."""
    named = icalendar.Event()
    named.add("uid", entry.uid)
    begins, ends = (_moment(entry.day, at) for at in (entry.bell.starts, entry.bell.ends))
    status = "CANCELLED" if entry.cancelled else "CONFIRMED"
    lines = f"DTSTART:{begins:{UTC_TIME}}\r\nDTEND:{ends:{UTC_TIME}}\r\nSTATUS:{status}\r\n"
    return _inside(named) + lines.encode()


def _lasting(slot: Slot, book: Book, now: datetime) -> bytes:
    """What is the same on all its days, and so written once: 50 ms of a term, where it was 200."""
    event, words = icalendar.Event(), WORDS[book.lang]
    event.add("dtstamp", now)
    event.add("sequence", slot.version)
    event.add("summary", slot.title)
    event.add("location", _place(slot.room, book))
    event.add("categories", [words[slot.kind]])
    event.add("description", "\n".join(_lines(slot, book)))
    return _inside(event)


def _inside(event: icalendar.Event) -> bytes:
    text: bytes = event.to_ical()
    return text.removeprefix(BEGIN).removesuffix(END)


def _lines(slot: Slot, book: Book) -> Iterable[str]:
    words = WORDS[book.lang]
    listening = words["and"].join(_place(room, book) for room in slot.listeners)
    teacher = book.teachers.get(slot.teacher, slot.teacher)
    for label, value in (("teacher", teacher), ("subject", slot.subject), ("rooms", listening)):
        if value:
            yield f"{words[label]}{words['colon']}{value}"


def _place(id_: str, book: Book) -> str:
    room = book.rooms.get(id_)
    if room is None:
        return id_
    school = book.schools.get(room.school)
    return f"{school.name if school else room.school} {room.name}"


def _moment(day: date, minute: int) -> datetime:
    return (datetime.combine(day, time()) + timedelta(minutes=minute)).astimezone(UTC)
