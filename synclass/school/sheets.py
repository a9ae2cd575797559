"""Sheets of a district: lines become schools, classrooms, people and lessons, or faults by line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from ..errors import Malformed, Refused
from .csvtext import LONGEST_CELL, MOST_COLUMNS, rows
from .people import Part, Person, check_person
from .places import BELLS, Bell, Classroom, School, check_classroom, check_school
from .timetable import Kind, Slot, check_slot

Sheet: TypeAlias = Literal["schools", "classrooms", "people", "timetable"]
Line: TypeAlias = Mapping[str, str]
Made: TypeAlias = School | Classroom | Person | Slot

COLUMNS: Mapping[Sheet, tuple[str, ...]] = {
    "schools": (
        *("sourcedId", "name", "parentSourcedId", "bells", "latitude", "longitude"),
        "afterBells",
    ),
    "classrooms": ("sourcedId", "schoolSourcedId", "title", "rows", "columns"),
    "people": (
        *("sourcedId", "orgSourcedIds", "role", "name", "identifier", "username"),
        *("classSourcedId", "row", "seat"),
    ),
    "timetable": (
        *("sourcedId", "termSourcedId", "schoolSourcedId", "title", "subjects", "teacherSourcedId"),
        *("classSourcedId", "weekday", "period", "listeners", "kind", "weeks"),
        *("cancelled", "courseSourcedId"),
    ),
}
"""In this order they are written.  Names are those of OneRoster where it has one."""
ALSO: Mapping[str, str] = {
    **{"编号": "sourcedId", "学校": "orgSourcedIds", "角色": "role", "姓名": "name"},
    **{"学号": "identifier", "工号": "identifier", "账号": "username", "班级": "classSourcedId"},
    **{"纬度": "latitude", "经度": "longitude", "课后服务作息": "afterBells"},
    **{"行": "row", "列": "seat", "status": "", "dateLastModified": "", "enabledUser": ""},
}
"""Columns by other names; those of OneRoster that say nothing to us are not minded."""
NEEDED: Mapping[Sheet, tuple[str, ...]] = {
    "schools": ("sourcedId", "name"),
    "classrooms": ("sourcedId", "schoolSourcedId", "title"),
    "people": ("sourcedId", "orgSourcedIds", "role"),
    "timetable": COLUMNS["timetable"][:9],
}
PARTS = {"student": Part.PUPIL, "学生": Part.PUPIL, "teacher": Part.TEACHER, "教师": Part.TEACHER}


class Fault(Struct, frozen=True):
    """What is wrong with a line; lines are counted as an editor counts them."""

    line: int
    code: str
    message: str


class Known(Struct, frozen=True):
    """What the district has already, and who asks."""

    schools: Mapping[str, School] = {}
    rooms: Mapping[str, str] = {}
    """The school of each classroom."""
    teachers: Mapping[str, str] = {}
    terms: frozenset[str] = frozenset()
    own: str = ""
    """The only school that may be changed, or ""."""


def read(text: str, sheet: Sheet, known: Known) -> Iterator[Made | Fault]:
    """Each line as what it says or what is wrong with it.

    Raises Malformed where there is no table, and Refused("no-column") where one is missing.
    """
    lines = rows(text)
    head = _head(next(lines, (0, []))[1], sheet)
    make, seen, numbers = MAKERS[sheet], dict[str, int](), dict[tuple[str, str], int]()
    for number, row in lines:
        try:
            made = make(_line(head, row), known)
            _only_own(made, known)
            _only_once(made, number, seen, numbers)
        except Refused as refused:
            yield Fault(number, refused.code, str(refused))
        else:
            yield made


def table(things: Iterable[Made], sheet: Sheet) -> Iterator[list[str]]:
    """The lines of a sheet, its head first; what was read of them is the same again."""
    yield list(COLUMNS[sheet])
    for thing in things:
        yield _cells(thing)


def _head(row: list[str], sheet: Sheet) -> list[str]:
    if not row:
        raise Malformed("there is no line in it")
    names = [ALSO.get(name, name) for name in row]
    missing = [name for name in NEEDED[sheet] if name not in names]
    if missing:
        raise Refused("no-column", f"the first line lacks {', '.join(missing)}")
    return names


def _line(head: list[str], row: list[str]) -> Line:
    if len(row) > len(head) or len(row) > MOST_COLUMNS:
        raise Refused("bad-line", "it has more cells than the first line")
    if max(map(len, row)) > LONGEST_CELL:
        raise Refused("bad-line", f"a cell has at most {LONGEST_CELL} characters")
    return dict(zip(head, row, strict=False))


def _only_own(made: Made, known: Known) -> None:
    school = made.id if isinstance(made, School) else made.school
    if known.own and school != known.own:
        raise Refused("not-yours", "this belongs to another school")


def _only_once(
    made: Made, line: int, seen: dict[str, int], numbers: dict[tuple[str, str], int]
) -> None:
    if (before := seen.setdefault(made.id, line)) != line:
        raise Refused("twice", f"line {before} has the id {made.id} too")
    if isinstance(made, Person) and made.number:
        before = numbers.setdefault((made.school, made.number), line)
        if before != line:
            raise Refused("twice", f"line {before} has the number {made.number} too")


def _school(line: Line, known: Known) -> School:
    times = line.get("bells", "").split()
    bells = [_bell(text) for text in times] if times else BELLS
    school = School(
        *(line["sourcedId"], line.get("name", ""), line.get("parentSourcedId", ""), bells),
        latitude=_degrees(line, "latitude"),
        longitude=_degrees(line, "longitude"),
        after_bells=[_bell(text) for text in line.get("afterBells", "").split()],
    )
    check_school(school)
    return school


def _classroom(line: Line, known: Known) -> Classroom:
    school = _known_school(line.get("schoolSourcedId", ""), known)
    seats = _number(line, "rows"), _number(line, "columns")
    room = Classroom(line["sourcedId"], school.id, line.get("title", ""), *seats)
    check_classroom(room)
    return room


def _person(line: Line, known: Known) -> Person:
    school = _known_school(line.get("orgSourcedIds", ""), known)
    part = PARTS.get(line.get("role", ""))
    if part is None:
        raise Refused("bad-role", f"the role {line.get('role', '')!r} is not student or teacher")
    name = line.get("name") or line.get("familyName", "") + line.get("givenName", "")
    room = line.get("classSourcedId", "")
    if room and known.rooms.get(room) != school.id:
        raise Refused("no-room", f"{school.name} has no classroom {room}")
    person = Person(
        *(line["sourcedId"], school.id, name, part),
        *(line.get("identifier", ""), line.get("username", ""), room),
        *(_number(line, "row"), _number(line, "seat")),
    )
    check_person(person)
    return person


def _slot(line: Line, known: Known) -> Slot:
    school = _known_school(line.get("schoolSourcedId", ""), known)
    room, teacher = line.get("classSourcedId", ""), line.get("teacherSourcedId", "")
    listeners = line.get("listeners", "").split()
    if line.get("termSourcedId", "") not in known.terms:
        raise Refused("no-term", f"there is no term {line.get('termSourcedId', '')}")
    if teacher not in known.teachers:
        raise Refused("no-teacher", f"there is no teacher {teacher}")
    if known.rooms.get(room) != school.id:
        raise Refused("no-room", f"{school.name} has no classroom {room}")
    if lost := [name for name in listeners if name not in known.rooms]:
        raise Refused("no-room", f"there is no classroom {lost[0]}")
    slot = Slot(
        *(line["sourcedId"], line["termSourcedId"], school.id),
        *(line.get("title", ""), line.get("subjects", ""), teacher, room),
        *(_number(line, "weekday"), _number(line, "period"), listeners),
        *(_kind(line.get("kind", "")), _weeks(line.get("weeks", ""))),
        cancelled=_days(line.get("cancelled", "")),
        course=line.get("courseSourcedId", ""),
    )
    check_slot(slot, school)
    return slot


MAKERS: Mapping[Sheet, Callable[[Line, Known], Made]] = {
    "schools": _school,
    "classrooms": _classroom,
    "people": _person,
    "timetable": _slot,
}


def _known_school(id_: str, known: Known) -> School:
    if id_ not in known.schools:
        raise Refused("no-school", f"there is no school {id_}")
    return known.schools[id_]


def _degrees(line: Line, column: str) -> float | None:
    text = line.get(column, "")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise Refused("bad-place", f"{column}: {text!r} is no number of degrees") from error


def _number(line: Line, column: str) -> int:
    text = line.get(column, "") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise Refused("bad-number", f"{column}: {text!r} is no number")
    return int(text)


def _kind(text: str) -> Kind:
    if text not in {"", *Kind}:
        raise Refused("bad-slot", f"{text!r} is no kind of lesson")
    return Kind(text or Kind.DEDICATED)


def _weeks(text: str) -> Literal["all", "odd", "even"]:
    weeks: dict[str, Literal["all", "odd", "even"]] = {"": "all", "all": "all"}
    weeks |= {"odd": "odd", "even": "even"}
    if text not in weeks:
        raise Refused("bad-slot", f"weeks: {text!r} is not all, odd or even")
    return weeks[text]


def _days(text: str) -> list[date]:
    """``2026-10-01 2026-10-08``"""
    try:
        return sorted({date.fromisoformat(day) for day in text.split()})
    except ValueError as error:
        raise Refused("bad-slot", f"{text!r} are no days like 2026-10-01") from error


def _bell(text: str) -> Bell:
    """``8:20-9:00``"""
    try:
        minutes = [int(h) * 60 + int(m) for h, m in (t.split(":") for t in text.split("-"))]
        return Bell(*minutes)
    except (ValueError, TypeError) as error:
        raise Refused("bad-bells", f"{text!r} is not like 8:20-9:00") from error


def _cells(thing: Made) -> list[str]:
    """What stands in the columns of its sheet, in their order."""
    match thing:
        case School():
            return _cells_of_school(thing)
        case Classroom():
            return [thing.id, thing.school, thing.name, str(thing.rows), str(thing.columns)]
        case Person():
            seat = [str(thing.row or ""), str(thing.column or "")]
            about = [thing.name, thing.number, thing.account, thing.classroom]
            return [thing.id, thing.school, thing.part, *about, *seat]
        case Slot():
            return _cells_of_slot(thing)


def _cells_of_school(school: School) -> list[str]:
    bells, after = (" ".join(map(_times, of)) for of in (school.bells, school.after_bells))
    place = ["" if at is None else str(at) for at in (school.latitude, school.longitude)]
    return [school.id, school.name, school.alliance, bells, *place, after]


def _cells_of_slot(slot: Slot) -> list[str]:
    days = " ".join(day.isoformat() for day in slot.cancelled)
    who = [slot.title, slot.subject, slot.teacher, slot.room]
    when = [str(slot.weekday), str(slot.period), " ".join(slot.listeners)]
    how = [slot.kind, slot.weeks, days, slot.course]
    return [slot.id, slot.term, slot.school, *who, *when, *how]


def _times(bell: Bell) -> str:
    return "-".join(f"{at // 60}:{at % 60:02}" for at in (bell.starts, bell.ends))
