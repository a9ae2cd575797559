"""Lessons as iCalendar (RFC 5545), in UTC: bells ring by this machine's local time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import icalendar
from msgspec import Struct, json

from synclass.school.calendar import Entry
from synclass.school.places import Classroom, School

HEAD = {"prodid": "-//synclass//timetable//ZH", "version": "2.0", "calscale": "GREGORIAN"}
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
    for entry in book.entries:
        calendar.add_component(_event(entry, book, now))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, book: Book, now: datetime) -> icalendar.Event:
    slot, event, words = entry.slot, icalendar.Event(), WORDS[book.lang]
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", _moment(entry.day, entry.bell.starts))
    event.add("dtend", _moment(entry.day, entry.bell.ends))
    event.add("sequence", slot.version)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("summary", slot.title)
    event.add("location", _place(slot.room, book))
    event.add("categories", [words[slot.kind]])
    event.add("description", "\n".join(_lines(entry, book)))
    return event


def _lines(entry: Entry, book: Book) -> Iterable[str]:
    slot, words = entry.slot, WORDS[book.lang]
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
