"""The teacher's studio: a village's co-teacher is in it, and both have talked of a lesson."""

from ...ports import Registry
from ...school.alliance import Word
from ...school.studio import Apprentice, OpenLesson, Standing, Studio, id_of
from ...words import LessonId

STUDIO = Studio(
    "demo-studio",
    "王老师数学工作室",
    "小学数学",
    "wang",
    "一起听课、一起说课：看得见想法的数学课。",
)
APPRENTICE = "li"
WEEK = 7 * 86400.0
ASKED = "让学生先折纸再写式子，这一步在我们班能用。折纸的时间您留了几分钟？"
ANSWERED = "三分钟。村小人少，两分钟就够，多出来的时间请一个孩子上台讲。"


async def keep(registry: Registry, lessons: list[LessonId], now: float) -> None:
    """The lessons are open to its people; the first is the one they have talked of."""
    await registry.put(STUDIO)
    who = id_of(STUDIO.id, APPRENTICE)
    await registry.put(Apprentice(who, STUDIO.id, APPRENTICE, Standing.IN, now - WEEK))
    for lesson in lessons:
        await registry.put(OpenLesson(lesson, STUDIO.id, lesson, now - 500))
    hers = APPRENTICE, "李老师", "草兴小学"
    asked = Word(0, STUDIO.id, lessons[0], 0, *hers, now - 400, ASKED)
    word = await registry.say_in_studio(asked)
    his = "wang", "王老师", "中心小学"
    await registry.say_in_studio(Word(0, STUDIO.id, lessons[0], word.id, *his, now - 200, ANSWERED))
