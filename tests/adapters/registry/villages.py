"""A small district for the tests: a town school that teaches, and a village that listens."""

from datetime import date

from synclass.adapters.registry import SqlRegistry
from synclass.school.people import Part, Person
from synclass.school.places import BELLS, Alliance, Classroom, School
from synclass.school.timetable import Slot, Term

EAST = Alliance("a1", "城东教育联盟")
TOWN = School("s1", "中心小学", "a1", BELLS)
VILLAGE = School("s2", "草兴小学", "a1", BELLS)
LECTURING = Classroom("c1", "s1", "三年级一班", 6, 8)
LISTENING = Classroom("c2", "s2", "三年级", 4, 4)
WANG = Person("p1", "s1", "王老师", Part.TEACHER, "T01", "wang")
MING = Person("p2", "s2", "小明", Part.PUPIL, "20260001", "", "c2", 1, 2)
TERM = Term("t1", "2026 秋", date(2026, 9, 1), date(2027, 1, 15))
MATHS = Slot("l1", "t1", "s1", "分数", "数学", "p1", "c1", 1, 2, ["c2"])
ALL = (EAST, TOWN, VILLAGE, LECTURING, LISTENING, WANG, MING, TERM, MATHS)


async def settle(registry: SqlRegistry) -> None:
    """Everything is there, as version 1."""
    for thing in ALL:
        await registry.take_in([thing])
