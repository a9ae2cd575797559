"""What came of the lesson that has ended: homework with marks, an evaluation, a shared lesson."""

from msgspec import structs

from ...ports import Registry
from ...postclass.evaluation import DEFAULT, Evaluation, Remark
from ...postclass.homework import Homework, Kind, Stroke, Work
from ...school.resources import Reach, Resource, bars
from ...words import LessonId, Participant
from ..demo import people
from ..robot.glyphs import Line, ellipse, fraction, ribbon, text
from ..robot.pen import batches, points
from .people import CO_TEACHER, PATROL, ROOMS, TEACHER, classroom_of
from .taught import BELL

TASK = "课本第 42 页第 1、2 题：比较 3/4 和 6/8 的大小，画图说明理由。"
CODE = "20260042"
WIDTH, HEIGHT = 1200, 800  # of a sheet of paper, in board pixels
DAY = 86400.0
INK, RED = 0, 2
TAGS = ["分数", "五年级", "同分母", "练习"]


async def keep(registry: Registry, lesson: LessonId, now: float) -> None:
    homework = Homework("demo-homework", lesson, TASK, now + 2 * DAY, CODE, now - 500)
    await registry.put(homework)
    for work in _works(homework.id, now):
        await registry.put(work)
    for evaluation in _evaluations(lesson, now):
        await registry.put(evaluation)
    about = "三所村小同上一课：比较分数的大小，含两道小测和练习。"
    of = lesson, TEACHER.school, Reach.ALLIANCE, "wang", about
    await registry.put(Resource(lesson, *of, TAGS, bars(TAGS), now - 200))


def _works(homework: str, now: float) -> list[Work]:
    """One given back with marks on top, one marked, one that nobody has looked at."""
    caoxing, shuangmiao, yifu = (_handed(homework, room, now) for room in ROOMS)
    drawn = [*_drawing(6, 8), *_ink(text("=", 940, 180, 110), INK)]
    marks = [*_ink([_tick(950, 420)], RED), *_ink([ellipse(640, 605, 90, 66)], RED)]
    reason = "6/8 的分子分母同时除以 2 就是 3/4，所以一样大。"
    by = CO_TEACHER.id.removeprefix("u-")
    caoxing = structs.replace(
        structs.replace(caoxing, ink=drawn, by=by, marks=marks, mark="优"),
        **{
            "remark": "画得清楚。圈出的这一格要画满。",
            "marked_at": now - 120,
            "returned_at": now - 110,
        },
    )
    shuangmiao = structs.replace(
        structs.replace(shuangmiao, kind=Kind.TYPED, text=reason, ink=[], mark="良"),
        **{"remark": "理由对，再画一张图。", "marked_at": now - 100},
    )
    return [caoxing, shuangmiao, yifu]


def _handed(homework: str, room: Participant, now: float) -> Work:
    classroom = classroom_of(room)
    return Work(
        id=f"demo-work-{classroom}",
        homework=homework,
        pupil=[one.name for one in people() if one.classroom == classroom][2],
        school=room.school,
        kind=Kind.INKED,
        text="",
        ink=_drawing(3, 4),
        width=WIDTH,
        height=HEIGHT,
        handed_at=now - 300,
        by="",
        receipt=f"demo-receipt-{classroom}",
    )


def _drawing(marked: int, parts: int) -> list[Stroke]:
    return [
        *_ink(fraction(3, 4, 780, 120, 260), INK),
        *_ink(fraction(6, 8, 1080, 120, 260), INK),
        *_ink(ribbon(90, 430, 900, parts=4, marked=3), INK),
        *_ink(ribbon(90, 560, 900, parts=parts, marked=marked), INK),
    ]


def _ink(lines: list[Line], colour: int) -> list[Stroke]:
    return [Stroke(colour, 14, b"".join(batches(points(line)))) for line in lines]


def _tick(x: float, y: float) -> Line:
    return (x, y), (x + 40, y + 60), (x + 150, y - 90)


def _evaluations(lesson: LessonId, now: float) -> list[Evaluation]:
    patrol = _evaluation(lesson, PATROL, [14, 18, 17, 18, 13, 9], now - 300)
    own = _evaluation(lesson, TEACHER, [13, 18, 15, 16, 12, 9], now - 250)
    seen = [Remark(BELL + 130, "从图到算式，过渡自然")]
    seen.append(Remark(BELL + 420, "等村小学生抄完再往下讲，很好"))
    said = "目标清楚，三所村小都有人上台。第二道小测可以再难一点。"
    hers = [Remark(BELL + 246, "这里讲得太快，下次多留一分钟")]
    return [
        structs.replace(patrol, remarks=seen, summary=said),
        structs.replace(own, remarks=hers, summary="练习时间不够。下次先做题再讲。"),
    ]


def _evaluation(lesson: LessonId, by: Participant, points: list[int], at: float) -> Evaluation:
    account = by.id.removeprefix("u-")
    of = f"{lesson} {account}", lesson, account, by.name, by.role.value
    return Evaluation(*of, DEFAULT.title, DEFAULT.criteria, points, [], "", at)
