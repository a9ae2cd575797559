"""A village's class comes from its school's books; a supervisor passes by, and then evaluates."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from synclass.adapters.registry import SqlRegistry
from synclass.classbook import Classbook
from synclass.school.people import Part, Person
from synclass.school.places import BELLS, Classroom, School
from synclass.school.timetable import Slot, Term
from synclass.words import LessonId

from ..cli.server import Server
from ..waiting import until
from .classroom import Class, employ, state, write
from .test_evaluation import evaluate

SCHOOL = "草兴小学"
TODAY = date(2026, 11, 26)
ROOM = Classroom("c2", "s2", "五年级2班", 5, 7)
PUPILS = [
    Person(f"p{n}", "s2", name, Part.PUPIL, f"{n:02}", "", "c2", (n - 1) // 7 + 1, (n - 1) % 7 + 1)
    for n, name in enumerate(
        ["李小明", "<b>王芳</b>", *(f"罗春{'一二三四五六七八九'[n % 9]}" for n in range(28))], 1
    )
]
MATHS = Slot("m", "t", "s1", "分数的意义", "数学", "pw", "c1", 4, 2, ["c2"])
THINGS = (
    [School("s1", "中心小学", "", BELLS), School("s2", SCHOOL, "", BELLS)],
    [Classroom("c1", "s1", "五年级1班", 6, 7), ROOM, Classroom("c3", "s2", "一年级", 4, 4)],
    [Person("pw", "s1", "王老师", Part.TEACHER, "T1", "wang"), *PUPILS],
    [Term("t", "本学期", date(2026, 9, 1), date(2027, 1, 15))],
    [MATHS],
)


def district(data: Path, lesson: str) -> None:
    """The district is there, and this lesson stands in its timetable of today."""

    async def settle() -> None:
        registry = await SqlRegistry.open(data / "synclass.sqlite")
        for things in THINGS:
            await registry.take_in(things)
        await registry.note_opening(MATHS, TODAY, LessonId(lesson))
        await registry.close()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, settle()).result()


def book(data: Path, lesson: str) -> Classbook:
    async def ask() -> Classbook:
        registry = await SqlRegistry.open(data / "synclass.sqlite")
        try:
            return await registry.book(LessonId(lesson))
        finally:
            await registry.close()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, ask()).result()


async def test_a_village_takes_part_by_its_books_and_a_supervisor_looks_in_and_evaluates(
    lesson: Class, school: tuple[Server, Browser, Browser]
) -> None:
    data = school[0].data
    await asyncio.to_thread(employ, school[0], [("li", "李老师", "co-teacher")], school=SCHOOL)
    teacher = await lesson.teacher()
    await asyncio.to_thread(district, data, lesson.lesson)
    room, other = await lesson.room(SCHOOL), await lesson.room("双庙中心校")
    helper = await lesson.window("village")
    await lesson.known(helper, "li")
    await helper.goto(f"/watch/{lesson.lesson}")
    await lesson.begin(teacher)
    await call_the_roll(lesson, helper, teacher, other)
    await note_who_said_what(lesson, helper, teacher)
    await be_called(lesson, teacher, room)
    await write(teacher, [(0.2, 0.3), (0.4, 0.6), (0.6, 0.3), (0.8, 0.6)])
    patrol = await pass_by(lesson, room, other)
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await until(lambda: lesson.stage(teacher, "postclass"))
    await kept(data, lesson.lesson)
    await judge(lesson, patrol)
    lesson.check()


async def call_the_roll(lesson: Class, helper: Page, teacher: Page, other: Page) -> None:
    await helper.get_by_role("button", name="辅教").click()
    await helper.get_by_text("课表上这节课").wait_for()
    await lesson.picture(helper, "village-classes")
    await helper.get_by_role("button", name="五年级2班").click()
    await expect(helper.locator(".seat")).to_have_count(30)
    await expect(helper.locator(".seat").nth(1)).to_contain_text("<b>王芳</b>")
    await helper.locator(".seat").nth(29).click()
    await helper.get_by_text("缺 1 人").wait_for()
    await helper.get_by_role("button", name="点名完毕").click()
    await teacher.get_by_text("到 29/30 人").wait_for()
    await lesson.picture(helper, "village-roll")
    assert not (await state(other))["roll"]["rosters"], "another village reads no name"
    await helper.get_by_role("button", name="关闭").click()


async def note_who_said_what(lesson: Class, helper: Page, teacher: Page) -> None:
    await teacher.get_by_role("button", name="小测").click()
    await teacher.get_by_role("button", name="发题", exact=True).click()
    await helper.get_by_role("button", name="记下谁答了什么").click()
    for n in range(3):
        await helper.locator(".quiz-up .seat").nth(n).click()
        await helper.get_by_text(f"共 {n + 1} / 29 人").wait_for()
    await helper.locator(".by-seat button").nth(1).click()
    await helper.locator(".quiz-up .seat").nth(4).click()
    await helper.get_by_text("共 4 / 29 人").wait_for()
    await lesson.picture(helper, "village-by-seat")
    await teacher.get_by_text("作答中，已有 4 人").wait_for()
    await teacher.locator("button.quiz-bar").first.click()
    await teacher.get_by_role("button", name="公布").click()
    await helper.locator(".quiz-bar.right").wait_for()
    await teacher.locator(".drawers").get_by_role("button", name="小测").click()


async def be_called(lesson: Class, teacher: Page, room: Page) -> None:
    await teacher.get_by_role("button", name=f"抽一人 {SCHOOL}").click()
    await room.get_by_text("回答").wait_for()
    assert (await state(room))["roll"]["pick"]["name"] in [one.name for one in PUPILS]
    await teacher.locator(".pick").get_by_role("button", name="请上台").click()
    await room.get_by_text("你们在台上").wait_for()


async def pass_by(lesson: Class, room: Page, other: Page) -> Page:
    """The wall first, then a look inside: no room learns of either."""
    patrol = await lesson.window("teacher", "wall")
    await lesson.known(patrol, "zhao")
    await patrol.goto("/home")
    await patrol.get_by_role("button", name="巡课墙").click()
    await patrol.get_by_text("正在说话").wait_for()
    await expect(patrol.locator(".tile .rooms li")).to_have_count(2)
    await patrol.get_by_label("写一句，记在此刻").fill("学生上台自然，板书清楚")
    await patrol.get_by_role("button", name="记下").click()
    await patrol.locator(".remark li").get_by_text("学生上台自然").wait_for()
    await until(lambda: inked(patrol))
    await lesson.picture(patrol, "patrol-wall")
    await patrol.set_viewport_size({"width": 1366, "height": 768})
    await lesson.picture(patrol, "patrol-wall-1366")
    await patrol.get_by_role("link", name="悄悄进入").click()
    await patrol.wait_for_url("**/watch/*")
    await until(lambda: lesson.stage(patrol, "inclass"))
    await lesson.picture(patrol, "patrol-inside")
    for page in (room, other):
        seen = await state(page)
        assert "u-zhao" not in seen["conduct"]["present"]
        assert seen["bookmarks"]["marks"] == []
    return patrol


async def judge(lesson: Class, patrol: Page) -> None:
    """By the rubric, on the lesson's replay, where what was remarked on the wall stands too."""
    await patrol.goto(f"/replay/{lesson.lesson}")
    await patrol.get_by_text("学生上台自然").first.wait_for()
    await patrol.get_by_role("tab", name="评课").click()
    await evaluate(patrol, (14, 18, 17, 19, 13, 9), "全班都举了手")
    await lesson.picture(patrol, "patrol-evaluates")


async def inked(page: Page) -> bool:
    """Something is written on the small board."""
    return bool(
        await page.evaluate(
            """() => { const c = document.querySelector('.tile canvas');
                 const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                 for (let i = 0; i < d.length; i += 4) if (d[i] < 120) return true;
                 return false; }"""
        )
    )


async def kept(data: Path, lesson: str) -> None:
    """What a later report reads: by ids, and without a name."""
    found = Classbook([], [])

    async def written() -> bool:
        nonlocal found
        found = await asyncio.to_thread(book, data, lesson)
        return bool(found.attended)

    await until(written)
    assert {one.pupil: one.here for one in found.attended} == {
        **{f"p{n}": True for n in range(1, 30)},
        "p30": False,
    }
    assert sum(one.picked for one in found.attended) == 1
    assert {one.pupil: (one.said, one.right) for one in found.answered} == {
        **{f"p{n}": ("A", True) for n in (1, 2, 3)},
        "p5": ("B", False),
    }
