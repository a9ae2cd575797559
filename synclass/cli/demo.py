"""The district of `make run`: a town school that teaches, three villages that listen."""

from datetime import date, timedelta

from ..ports import Registry
from ..school.consent import Answer, Consent, Of
from ..school.people import Part, Person
from ..school.places import BELLS, Alliance, Bell, Classroom, School
from ..school.timetable import Kind, Slot, Term

EAST = Alliance("qingshan", "青山教育联盟")
LATER = [Bell(bell.starts + 5, bell.ends + 5) for bell in BELLS]
SCHOOLS = (
    School("town", "中心小学", EAST.id, BELLS),
    School("caoxing", "草兴小学", EAST.id, BELLS),
    School("shuangmiao", "双庙中心校", EAST.id, LATER),
    School("yifu", "逸夫小学", EAST.id, [*BELLS[:3], Bell(675, 715), *BELLS[4:]]),
)
"""The last rings its fourth lesson so late that one of the town falls between: it is shown."""
GRADES = ("三年级", "五年级")
TEACHERS = (("wang", "王老师", "数学"), ("zheng", "郑老师", "音乐"), ("he", "何老师", "英语"))
SURNAMES, GIVEN = (
    "杨罗木和李赵段高",
    ["晓梅", "春燕", "志强", "小军", "丽娟", "阿依", "文斌", "建华", "秀英"],
)
TOWN_PUPILS, VILLAGE_PUPILS = 42, 16
WEEKS = 20


async def settle(district: Registry, today: date) -> bool:
    """Once: a district that has schools is somebody's.  Whether it is new."""
    if await district.schools():
        return False
    await district.take_in([EAST])
    await district.take_in(SCHOOLS)
    await district.take_in(classrooms())
    await district.take_in(people())
    await district.take_in([term(today)])
    await district.take_in(slots())
    await district.set_consents(consents())
    return True


def classrooms() -> list[Classroom]:
    rooms = []
    for school in SCHOOLS:
        size = (6, 7) if school.id == "town" else (4, 4)
        rooms += [Classroom(f"{school.id}-{n}", school.id, grade, *size) for n, grade in _grades()]
    return rooms


def consents() -> list[Consent]:
    """Every classroom's guardians agreed; a school of one's own begins with none on file."""
    return [Consent(Of.CLASSROOM, room.id, Answer.GRANTED) for room in classrooms()]


def people() -> list[Person]:
    staff = [
        Person(f"t-{id_}", "town", name, Part.TEACHER, f"T{n}", "wang" if id_ == "wang" else "")
        for n, (id_, name, _) in enumerate(TEACHERS, 1)
    ]
    staff.append(Person("t-li", "caoxing", "李老师", Part.TEACHER, "T4", "li"))
    return staff + [pupil for room in classrooms() for pupil in _pupils(room)]


def term(today: date) -> Term:
    """Today is somewhere in its middle, whenever that is."""
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS // 2)
    return Term("term", "本学期", monday, monday + timedelta(weeks=WEEKS, days=-3))


def slots() -> list[Slot]:
    """Each day two of the town's lessons; the villages take turns in who listens."""
    made = []
    for weekday in range(1, 6):
        for n, (id_, _, subject) in enumerate(TEACHERS[: 2 + weekday % 2]):
            grade = (weekday + n) % 2
            listeners = [f"{school.id}-{grade}" for school in SCHOOLS[1 : 3 + weekday % 2]]
            made.append(
                Slot(
                    *(f"{id_}-{weekday}", "term", "town", f"{GRADES[grade]}{subject}", subject),
                    *(f"t-{id_}", f"town-{grade}", weekday, 2 + n, listeners),
                )
            )
    art = "t-zheng", "town-0", 3, 8, ["caoxing-0"], Kind.AFTER_SCHOOL
    return [*made, Slot("choir", "term", "town", "课后合唱", "音乐", *art)]


def _grades() -> enumerate[str]:
    return enumerate(GRADES)


def _pupils(room: Classroom) -> list[Person]:
    count = TOWN_PUPILS if room.school == "town" else VILLAGE_PUPILS
    salt = sum(map(ord, room.id))
    return [
        Person(
            *(f"p-{room.id}-{n}", room.school, _name(salt + 5 * n), Part.PUPIL),
            *(f"{room.id}-{n + 1:02}", "", room.id),
            *(n // room.columns + 1, n % room.columns + 1),
        )
        for n in range(count - 1)  # one seat of each room stays free
    ]


def _name(n: int) -> str:
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // 2 % len(GIVEN)]
