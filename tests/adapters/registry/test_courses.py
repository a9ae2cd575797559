"""Courses are found by kind and words; what a class took of one is kept as it was."""

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.school.course import Course, Step
from synclass.school.timetable import Kind
from synclass.words import LessonId

from .villages import MATHS, settle

ONE = LessonId("m1")
RECORDED = Course("k1", "s1", "分数十讲", "数学", "三年级", "p1", Kind.LIBRARY, lessons=[ONE])
WEEKLY = replace(RECORDED, id="k2", title="数学", kind=Kind.DEDICATED, lessons=[], term="t1")


async def test_a_course_is_found_by_its_kind_its_school_and_words(registry: SqlRegistry) -> None:
    await settle(registry)
    recorded, weekly = [await registry.put(one) for one in (RECORDED, WEEKLY)]
    assert recorded == replace(RECORDED, version=1)
    assert await registry.courses() == [recorded, weekly]
    assert await registry.courses(kind=Kind.LIBRARY) == [recorded]
    assert await registry.courses(school="s2") == await registry.courses(text="语文") == []
    assert await registry.courses(text="王老师 三年级 十讲") == [recorded]
    assert await registry.course("k2") == weekly
    assert await registry.course("k9") is None
    laid_by = await registry.put(replace(recorded, archived=True))
    assert await registry.courses() == [weekly]
    assert await registry.courses(archived=True) == [laid_by] == [await registry.course("k1")]


async def test_lessons_of_the_timetable_belong_to_their_course(registry: SqlRegistry) -> None:
    await settle(registry)
    await registry.put(WEEKLY)
    maths = await registry.put(replace(MATHS, course="k2", version=1))
    assert await registry.slots_of("k2") == [maths]
    assert await registry.slots_of("k1") == []


async def test_what_was_taken_is_kept_as_it_was(registry: SqlRegistry) -> None:
    step = Step("k1", "c2", ONE, "s2", 1000.0, "li")
    await registry.note_step(step)
    await registry.note_step(replace(step, at=2000.0))
    other = replace(step, learner="c1", school="s1", at=1500.0)
    await registry.note_step(other)
    assert await registry.steps("k1") == [step, other]
    assert await registry.steps("k1", school="s2") == [step]
    assert await registry.steps("k2") == []
