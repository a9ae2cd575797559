"""Each bad line of a sheet is named, with what is wrong with it; the good ones are as they say."""

from datetime import date

import pytest
from msgspec.structs import replace

from synclass.errors import Malformed, Refused
from synclass.school.csvtext import decoded, written
from synclass.school.people import Part, Person
from synclass.school.places import BELLS, Bell, Classroom, School
from synclass.school.sheets import COLUMNS, Fault, Known, Made, Sheet, read, table
from synclass.school.timetable import Kind, Slot, Term

TOWN = School("s1", "中心小学", "a1", BELLS)
VILLAGE = School("s2", "草兴小学", "a1", [Bell(500, 540), Bell(545, 585)])
TERM = Term("t1", "2026 秋", date(2026, 9, 1), date(2027, 1, 15))
KNOWN = Known(
    {"s1": TOWN, "s2": VILLAGE}, {"c1": "s1", "c2": "s2"}, {"p1": "s1"}, frozenset({"t1"})
)
MING = Person("p2", "s2", "小明", Part.PUPIL, "20260001", "", "c2", 1, 2)
MATHS = Slot(
    "l1",
    "t1",
    "s1",
    "分数",
    "数学",
    "p1",
    "c1",
    1,
    2,
    ["c2"],
    Kind.MASTER,
    "odd",
    0,
    [date(2026, 9, 7)],
)
THINGS: dict[Sheet, list[Made]] = {
    "schools": [
        replace(TOWN, latitude=25.05, longitude=-102.7),
        replace(VILLAGE, name="=1+1"),
    ],
    "classrooms": [Classroom("c1", "s1", "一班", 6, 8), Classroom("c2", "s2", "<b>二班</b>")],
    "people": [MING, Person("p3", "s1", 'O\'Neill, "张"', Part.TEACHER, "T1", "zhang")],
    "timetable": [MATHS, replace(MATHS, id="l2", weekday=2, listeners=[], cancelled=[])],
}
HEAD = "sourcedId,orgSourcedIds,role,name,identifier,classSourcedId,row,seat\n"


@pytest.mark.parametrize("sheet", COLUMNS)
def test_what_is_exported_comes_in_again_as_it_was(sheet: Sheet) -> None:
    text = decoded(written(table(THINGS[sheet], sheet)))
    assert list(read(text, sheet, KNOWN)) == THINGS[sheet]


@pytest.mark.parametrize("place", ["91,0", "25,", "x,0", "nan,0", "25,181"])
def test_a_place_where_no_school_can_be_is_a_bad_line(place: str) -> None:
    (fault,) = read(f"sourcedId,name,latitude,longitude\ns9,小学,{place}\n", "schools", KNOWN)
    assert isinstance(fault, Fault) and fault.code == "bad-place"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",s2,student,小红", "bad-id"),
        ("p9,s2,student,", "bad-text"),
        ("p9,s9,student,小红", "no-school"),
        ("p9,s2,principal,小红", "bad-role"),
        ("p9,s2,student,小红,,c1", "no-room"),
        ("p9,s2,student,小红,,c2,1", "bad-seats"),
        ("p9,s2,student,小红,,c2,one,2", "bad-number"),
        ("p9,s2,student,小红,,c2,1,2,3", "bad-line"),
        ("p2,s2,student,小红", "twice"),
        ("p9,s2,student,小红,20260001", "twice"),
        ("p9,s2,student," + "红" * 2001, "bad-line"),
        ("p9,s2,student,小\x00红", "bad-text"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, code: str) -> None:
    text = HEAD + "p2,s2,student,小明,20260001,c2,1,2\n" + line + "\np8,s2,student,小刚,8\n"
    good, fault, last = read(text, "people", KNOWN)
    assert good == MING and isinstance(last, Person) and last.name == "小刚"
    assert isinstance(fault, Fault) and (fault.line, fault.code) == (3, code)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("t1", "t9"), "no-term"),
        (("p1", "p9"), "no-teacher"),
        ((",c1,", ",c2,"), "no-room"),
        ((",c2,", ",c7,"), "no-room"),
        ((",1,2,", ",8,2,"), "bad-slot"),
        ((",1,2,", ",1,9,"), "bad-slot"),
        (("master", "other"), "bad-slot"),
        (("odd", "some"), "bad-slot"),
    ],
)
def test_a_lesson_that_cannot_be_is_named(wrong: tuple[str, str], code: str) -> None:
    text = decoded(written(table([MATHS], "timetable")))
    (fault,) = read(text.replace(*wrong), "timetable", KNOWN)
    assert isinstance(fault, Fault) and fault.code == code


def test_a_school_changes_what_is_its_own_alone() -> None:
    text = decoded(written(table(THINGS["people"], "people")))
    first, second = read(text, "people", replace(KNOWN, own="s1"))
    assert isinstance(first, Fault) and first.code == "not-yours"
    assert isinstance(second, Person)


def test_a_sheet_of_oneroster_and_one_with_chinese_heads_are_read() -> None:
    theirs = (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
        "givenName,familyName,identifier\np2,active,2026-09-01,true,s2,student,,明,小,20260001\n"
    )
    ours = "编号,学校,角色,姓名,学号\np2,s2,学生,小明,20260001\n"
    person = Person("p2", "s2", "小明", Part.PUPIL, "20260001")
    assert list(read(theirs, "people", KNOWN)) == list(read(ours, "people", KNOWN)) == [person]


def test_bells_are_written_as_people_write_them() -> None:
    text = (
        "sourcedId,name,bells,课后服务作息\ns3,双庙小学,8:00-8:40 8:50-9:30,16:30-17:10\n"
        "s4,河口小学,eight\n"
    )
    good, fault = read(text, "schools", KNOWN)
    assert isinstance(good, School) and good.after_bells == [Bell(990, 1030)]
    assert list(table([good], "schools"))[1][-1] == "16:30-17:10"
    assert isinstance(good, School) and good.bells == [Bell(480, 520), Bell(530, 570)]
    assert isinstance(fault, Fault) and fault.code == "bad-bells"


def test_a_sheet_without_a_head_is_none() -> None:
    with pytest.raises(Malformed):
        list(read("", "people", KNOWN))
    with pytest.raises(Refused, match="orgSourcedIds"):
        list(read("sourcedId,name\n", "people", KNOWN))
