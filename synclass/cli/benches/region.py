"""A region for a bench: schools, classrooms, pupils, a timetable and a year of lessons."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from ...ports import LessonCard
from ...school.csvtext import written
from ...school.people import Part, Person
from ...school.places import BELLS, Alliance, Classroom, School
from ...school.sheets import table
from ...school.timetable import Slot, Term
from ...words import LessonId

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧巧美红玉萍鑫雪梅文辉建国志丹"
SUBJECTS = ("数学", "语文", "英语", "音乐", "美术", "科学", "道德与法治", "体育")
TODAY = date.today()
TERM = Term("t1", "本学期", TODAY - timedelta(60), TODAY + timedelta(78))
"""Of now: a calendar has what is near."""
YEAR = date(2025, 9, 1)
DAYS = 200
"""School days of a year."""
SLOTS = 10
"""Lessons a week that a school shares with others."""
TAUGHT = 3
"""Lessons a day of each school, over the year."""
TEACHERS = 6
SEED = 7


class Size(Struct, frozen=True):
    alliances: int = 22
    schools: int = 400
    classrooms: int = 6000
    pupils: int = 200_000


def alliances(size: Size) -> list[Alliance]:
    return [Alliance(f"a{n}", f"第{n + 1}教育联盟") for n in range(size.alliances)]


def schools(size: Size) -> list[School]:
    made = range(size.schools)
    return [School(f"s{n}", f"第{n + 1}小学", f"a{n % size.alliances}", BELLS) for n in made]


def classrooms(size: Size) -> list[Classroom]:
    made = range(size.classrooms)
    return [Classroom(f"c{n}", f"s{n % size.schools}", f"{n % 6 + 1}年级", 7, 7) for n in made]


def teachers(size: Size) -> list[Person]:
    chance = random.Random(SEED)
    made = range(size.schools * TEACHERS)
    return [
        Person(f"w{n}", f"s{n % size.schools}", _name(chance), Part.TEACHER, f"T{n}", f"w{n}")
        for n in made
    ]


def pupils(size: Size) -> bytes:
    """As a sheet that comes in."""
    return written(table(_pupils(size), "people"))


def _pupils(size: Size) -> Iterator[Person]:
    chance = random.Random(SEED + 1)
    for n in range(size.pupils):
        room = n % size.classrooms
        seat = n // size.classrooms
        yield Person(
            *(f"p{n}", f"s{room % size.schools}", _name(chance), Part.PUPIL, f"2026{n:06}", ""),
            *(f"c{room}", seat // 7 % 7 + 1, seat % 7 + 1),
        )


def slots(size: Size) -> Iterator[Slot]:
    """Each school teaches some, and rooms of the next two listen."""
    for n in range(size.schools * SLOTS):
        school, turn = n % size.schools, n // size.schools
        listeners = [f"c{(school + near) % size.schools}" for near in (1, 2)]
        yield Slot(
            id=f"l{n}",
            term=TERM.id,
            school=f"s{school}",
            title=f"{SUBJECTS[turn % 8]} {turn}",
            subject=SUBJECTS[turn % 8],
            teacher=f"w{school + size.schools * (turn % TEACHERS)}",
            room=f"c{school}",
            weekday=turn % 5 + 1,
            period=turn // 5 * 3 + school % 3 + 1,
            listeners=listeners,
        )


def lessons(size: Size) -> Iterator[tuple[LessonCard, dict[str, str | int]]]:
    """Every card of the year, and the row that says whose timetable opened it."""
    chance = random.Random(SEED + 2)
    for n in range(size.schools * DAYS * TAUGHT):
        school, turn = n % size.schools, n // size.schools
        day = YEAR + timedelta(days=turn // TAUGHT * 7 // 5)
        began = (day - date(1970, 1, 1)).days * 86400.0 + 3600 * (turn % TAUGHT)
        subject = SUBJECTS[chance.randrange(8)]
        title = f"{subject} 第{chance.randrange(900)}课"
        teacher = f"w{school + size.schools * chance.randrange(TEACHERS)}"
        card = LessonCard(
            *(LessonId(f"m{n}"), title, subject, teacher, "", began - 60, began, began + 2400)
        )
        opening: dict[str, str | int] = {"slot": f"l{n}", "day": day.isoformat()}
        yield card, opening | {"lesson": card.id, "school": f"s{school}", "rooms": 3}


def _name(chance: random.Random) -> str:
    given = chance.choices(GIVEN, k=chance.randint(1, 2))
    return chance.choice(SURNAMES) + "".join(given)
