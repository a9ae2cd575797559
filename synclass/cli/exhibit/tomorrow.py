"""The lesson of tomorrow: planned together, with a warm-up, a reading task and courseware."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from msgspec import json

from signaling.courseware.workshop import Page

from ...conduct import Join, Leave, Open
from ...ports import LessonCard, PlanVersion, Registry, Remark, Shelf
from ...preclass.coprep import Plan
from ...preclass.handout import AddHandout
from ...preclass.reading import AssignReading
from ...preclass.warmup import SetWarmup
from ...school.timetable import Kind, Slot
from ...words import SYSTEM, LessonId
from .keep import journal
from .people import GRADE, ROOMS, TEACHER, classroom_of
from .slides import pages
from .taught import Asked

LESSON = LessonId("demo-tomorrow")
TITLE, SUBJECT = "分数的加减法", "数学"
PERIOD = 6
"""No other lesson of the demo is then."""
HOUR = 3600.0
FIRST = Plan(
    "会做同分母分数加减法，能说出道理。",
    "重点：分母不变，分子相加减。\n难点：为什么分母不变。",
    "1. 复习：3/6 和 1/2 一样大吗？\n2. 涂色纸条：1/4 + 2/4\n3. 每校一组上台讲\n4. 小测",
    "课本第 45 页 1–4 题。",
)
SECOND = Plan(
    FIRST.aims,
    FIRST.points,
    FIRST.steps.replace("2. 涂色纸条", "2. 每人折一张纸条，再涂色"),
    FIRST.homework,
)


async def keep(registry: Registry, shelf: Shelf, now: float) -> None:
    slides = list(pages(TITLE))
    words = json.encode([page.words for page in slides])
    named = sha256(words).hexdigest()
    for page in slides:
        shelf.keep_page(LESSON, f"{page.sheet.name}.gz", page.data)
    shelf.keep_page(LESSON, f"{named}.json", words)
    journal(shelf, LESSON, _asked(slides, named, now))
    code = await _free_code(registry)
    await registry.save_lesson(LessonCard(LESSON, TITLE, SUBJECT, "wang", code, now - HOUR))
    await _timetable(registry, date.fromtimestamp(now) + timedelta(days=1))
    await _plan(registry, now)


def _asked(slides: list[Page], words: str, now: float) -> Iterator[Asked]:
    yield 0.0, SYSTEM, Open(1, now - HOUR, "", TITLE, SUBJECT, TEACHER.name)
    yield 5.0, TEACHER, Join()
    yield 60.0, SYSTEM, AddHandout(TITLE, [page.sheet for page in slides], words)
    yield 200.0, TEACHER, SetWarmup("2/6 加 3/6 等于几？", ["5/12", "5/6", "6/6", "不知道"])
    task = "读课本第 44 页，想一想：为什么分母不加？"
    yield 260.0, TEACHER, AssignReading("预习：同分母分数相加", task, [])
    yield 300.0, TEACHER, Leave()


async def _timetable(registry: Registry, day: date) -> None:
    """An open lesson of a famous teacher: it may be on any day, also on Sunday."""
    [term, *_] = await registry.terms()
    rooms = f"town-{GRADE}", day.isoweekday(), PERIOD, [classroom_of(room) for room in ROOMS]
    slot = Slot(
        *("open-lesson", term.id, "town", TITLE, SUBJECT, "t-wang"), *rooms, kind=Kind.MASTER
    )
    await registry.put(slot)
    await registry.note_opening(slot, day, LESSON)


async def _plan(registry: Registry, now: float) -> None:
    await registry.save_plan(LESSON, 0, PlanVersion(0, "wang", now - 3 * HOUR, FIRST))
    said = "我们村小没有彩笔，能不能改成折纸条？"
    asked = await registry.remark(LESSON, Remark(0, 0, "steps", "li", now - 2 * HOUR, said))
    await registry.save_plan(LESSON, 1, PlanVersion(0, "wang", now - HOUR, SECOND))
    answer = Remark(0, asked.id, "steps", "wang", now - HOUR, "好，改成折纸条了，请看第 2 步。")
    await registry.remark(LESSON, answer)


async def _free_code(registry: Registry) -> str:
    """Always the same where nobody has it."""
    codes = (f"{n}" for n in range(246_810, 1_000_000, 1111))
    for code in codes:
        if await registry.lesson_by_code(code) is None:
            return code
    raise AssertionError("a million lessons are open")
