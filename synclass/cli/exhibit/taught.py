"""The lesson that has just ended: who asked for what, and when."""

import random
from collections.abc import Iterator, Mapping

from ...channel import Command
from ...conduct import Begin, End, Join, Leave, Open
from ...inclass.bookmarks import MarkMoment
from ...inclass.chat import Say
from ...inclass.hands import RaiseHand
from ...inclass.pages import AddPages, LayPaper, Paper
from ...inclass.quiz import AskQuiz, CloseQuiz, EndQuiz, ShowQuiz, TallyQuiz
from ...inclass.roll import EndPick, MarkPupil, PickPupil, SeatClass, TakeRoll
from ...inclass.stage import InviteOnStage, LeaveStage
from ...inclass.tracks import NoteClock, NoteSilence, NoteTaping, NoteTrack
from ...ink import TICK
from ...marks import SEAT, Pen
from ...postclass.questions import AskQuestion
from ...strokes import AddInk, BeginStroke
from ...words import SYSTEM, Participant, ParticipantId
from ..robot import script
from ..robot.glyphs import Line
from ..robot.pen import BATCH, batches, points
from .people import CO_TEACHER, PATROL, ROOMS, TEACHER

Asked = tuple[float, Participant, Command]
"""Lesson second, by whom, what."""

TITLE, SUBJECT = "分数的大小", "数学"
BELL, LASTS = 90.0, 840.0  # lesson seconds; a lesson to look at is no longer than it must be
END = BELL + LASTS
OPENING = 2.0
STAGE = ((150.0, 175.0), (430.0, 455.0), (640.0, 665.0))
"""From when to when each of ROOMS is on stage; it speaks nearly as long."""
CLOCKS = 5.0  # seconds between two facts of a clock
LIFT, BREATH, READ = 0.2, 2.5, 30.0  # seconds between two strokes, two parts, two pages
RATE = 48_000
CAOXING, SHUANGMIAO, YIFU = ROOMS
ABSENT = {CAOXING.id: (4, 11), SHUANGMIAO.id: (7,), YIFU.id: ()}
CHOICES = ["1/2 大", "3/6 大", "一样大"]
WORDS: tuple[Asked, ...] = (
    (BELL + 20, TEACHER, Say("能看清黑板吗？")),
    (BELL + 26, CAOXING, Say("看得清")),
    (BELL + 29, SHUANGMIAO, Say("听得很清楚")),
    (BELL + 180, TEACHER, Say("请大家拿出练习本")),
    (BELL + 300, YIFU, Say("老师，我们写好了")),
    (BELL + 410, CO_TEACHER, Say("两个同学还没抄完，请等一下")),
    (BELL + 130, TEACHER, MarkMoment("key", "分子相同，分母越大分数越小")),
    (BELL + 246, TEACHER, MarkMoment("hard", "3/6 和 1/2 一样大")),
    (BELL + 420, PATROL, MarkMoment("note", "草兴小学两名学生跟不上，老师停下来等了")),
    (BELL + 560, TEACHER, MarkMoment("example", "练习第 2 题")),
)


def asked(classes: Mapping[ParticipantId, SeatClass], wall: float) -> list[Asked]:
    """All of it in order; ``wall`` is Unix seconds of lesson second 0."""
    streams = [_arriving(classes, wall), _roll(), _writing(), _tracks(), _stage()]
    streams += [_first_quiz(classes), _second_quiz(), iter(WORDS), _after()]
    found = [one for stream in streams for one in stream]
    return sorted(found, key=lambda one: one[0])


def _arriving(classes: Mapping[ParticipantId, SeatClass], wall: float) -> Iterator[Asked]:
    yield 0.0, SYSTEM, Open(1, wall, "", TITLE, SUBJECT, TEACHER.name)
    yield OPENING, TEACHER, Join()
    for n, room in enumerate(ROOMS):
        yield 10.0 + 8 * n, room, Join()
        yield 40.0 + n, SYSTEM, classes[room.id]
    yield 20.0, CO_TEACHER, Join()
    yield BELL, TEACHER, Begin()
    yield BELL + 300, PATROL, Join()
    yield BELL + 520, PATROL, Leave()
    yield END, TEACHER, End()


def _roll() -> Iterator[Asked]:
    for n, room in enumerate(ROOMS):
        by = CO_TEACHER if room is CAOXING else room
        for pupil in ABSENT[room.id]:
            yield 60.0 + n, by, MarkPupil(room.id, pupil, here=False)
        yield 70.0 + n, by, TakeRoll(room.id)


def _writing() -> Iterator[Asked]:
    """Three pages and exercises, at the pace of a calm hand."""
    at, stroke, sheets = BELL + 8, SEAT, script.sheets(random.Random(6))
    next(sheets)  # the title is that of the lesson which the robots hold
    for page, sheet in enumerate(sheets, 1):
        if at > END - 90:
            return
        new = AddPages([Paper(sheet.background)]) if page > 1 else LayPaper(1, sheet.background)
        yield at, TEACHER, new
        for part in sheet.parts:
            for line in part.lines:
                if at > END - 20:
                    return
                stroke += 1
                written = list(_stroke(at, stroke, page, part.pen, line))
                yield from written
                at = written[-1][0] + LIFT
            at += BREATH
        at += READ


def _stroke(at: float, number: int, page: int, pen: Pen, line: Line) -> Iterator[Asked]:
    packed = list(batches(points(line)))
    for n, ink in enumerate(packed):
        last = n == len(packed) - 1
        command = AddInk(number, ink, last) if n else BeginStroke(number, page, pen, ink, last)
        yield at + (n + 1) * BATCH * TICK, TEACHER, command


def _tracks() -> Iterator[Asked]:
    yield BELL - 5, SYSTEM, NoteTrack(TEACHER.id, "voice", "opus")
    yield BELL + 0.1, SYSTEM, NoteTaping(on=True)
    yield from _clock(TEACHER, BELL, END)
    for room, (since, until) in zip(ROOMS, STAGE, strict=True):
        yield since + 0.5, SYSTEM, NoteTrack(room.id, "voice", "opus")
        yield from _clock(room, since + 0.6, until)
        yield until, SYSTEM, NoteSilence(room.id, "voice")


def _clock(who: Participant, since: float, until: float) -> Iterator[Asked]:
    while since < until:
        yield since, SYSTEM, NoteClock(who.id, "voice", round(since * RATE), since)
        since += CLOCKS


def _stage() -> Iterator[Asked]:
    for n, (room, (since, until)) in enumerate(zip(ROOMS, STAGE, strict=True)):
        yield since - 12, room, RaiseHand()
        yield since - 9, ROOMS[n - 1], RaiseHand()
        yield since, TEACHER, InviteOnStage(room.id)
        yield until, TEACHER, LeaveStage(room.id)
    yield BELL + 480, TEACHER, PickPupil(5, SHUANGMIAO.id)
    yield BELL + 500, TEACHER, EndPick()


def _first_quiz(classes: Mapping[ParticipantId, SeatClass]) -> Iterator[Asked]:
    """The co-teacher notes who said what; the other rooms count raised hands."""
    yield BELL + 200, TEACHER, AskQuiz("choice", "1/2 和 3/6，哪个大？", CHOICES, 1)
    said = ["CCBCCACCCBCCCCC"[n] for n in range(len(classes[CAOXING.id].names))]
    for pupil in ABSENT[CAOXING.id]:
        said[pupil - 1] = ""
    yield BELL + 225, CO_TEACHER, TallyQuiz(1, CAOXING.id, {}, said)
    yield BELL + 232, SHUANGMIAO, TallyQuiz(1, SHUANGMIAO.id, {"A": 1, "B": 4, "C": 9})
    yield BELL + 236, YIFU, TallyQuiz(1, YIFU.id, {"B": 2, "C": 13})
    yield BELL + 240, TEACHER, CloseQuiz()
    yield BELL + 246, TEACHER, ShowQuiz(["C"])
    yield BELL + 262, TEACHER, EndQuiz()


def _second_quiz() -> Iterator[Asked]:
    yield BELL + 600, TEACHER, AskQuiz("number", "2/8 等于几分之一？", [], 3)
    yield BELL + 618, CO_TEACHER, TallyQuiz(2, CAOXING.id, {"4": 10, "8": 2, "2": 1})
    yield BELL + 622, SHUANGMIAO, TallyQuiz(2, SHUANGMIAO.id, {"4": 12, "8": 2})
    yield BELL + 630, YIFU, TallyQuiz(2, YIFU.id, {"4": 14})
    yield BELL + 634, TEACHER, ShowQuiz(["4"])
    yield BELL + 650, TEACHER, EndQuiz()


def _after() -> Iterator[Asked]:
    question = AskQuestion("demo-1", BELL + 250, "李老师", "学生问：为什么 3/6 和 1/2 一样大？")
    yield END + 120, SYSTEM, question
