"""Random lessons worth the name: what a real class might ask for, now and then a wrong thing."""

import random
from collections.abc import Iterator
from typing import get_args

from synclass.boxes import GiveBox, TakeBox
from synclass.channel import Command, Glimpse
from synclass.conduct import Begin, End, Join, Leave, Lose, Open
from synclass.errors import Refused
from synclass.inclass.again import ShowAgain, StopAgain
from synclass.inclass.board import Board, ClearPage, EditMarks, Let, LetWrite, PutMarks, Redo, Undo
from synclass.inclass.bookmarks import (
    ChangeBookmark,
    Kind,
    MarkMoment,
    PinBookmark,
    RemoveBookmark,
    UnpinBookmark,
)
from synclass.inclass.chat import Chat, Mute, RemoveWords, Say, To, Unmute
from synclass.inclass.gaze import Curtain, Pointer, Spot, View
from synclass.inclass.hands import LowerHand, RaiseHand
from synclass.inclass.layers import (
    CloseLayers,
    DrawLayer,
    EraseLayer,
    HideLayer,
    Layers,
    OpenLayers,
    PromoteLayer,
    ShowLayer,
)
from synclass.inclass.light import NoteConsent
from synclass.inclass.pages import (
    AddPages,
    LayPaper,
    MovePage,
    Pages,
    Paper,
    RemovePage,
    RestorePage,
    TurnPage,
)
from synclass.inclass.pictures import KeepPicture
from synclass.inclass.stage import Enlarge, InviteOnStage, LeaveStage
from synclass.inclass.timer import StartTimer, StopTimer
from synclass.inclass.tracks import NoteClock, NoteMissed, NoteSilence, NoteTaping, NoteTrack
from synclass.ink import Chain, Point, encode
from synclass.lesson import Entry, Lesson
from synclass.marks import (
    SEAT,
    Body,
    Cut,
    Edit,
    Formula,
    Hide,
    Ink,
    NewMark,
    Page,
    Pen,
    Picture,
    Place,
    Rewrite,
    Shape,
    Text,
    Tint,
)
from synclass.postclass.questions import AskQuestion
from synclass.preclass.handout import AddHandout, CountSheets, Handouts, RemoveHandout, Sheet
from synclass.strokes import AddInk, BeginStroke
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, Participant, Role, Stage

from .conftest import ADMIN, CO_TEACHER, OTHER_VILLAGE, PATROL, PEOPLE, TEACHER, VILLAGE
from .outlined import HALF, packed
from .preparing import before_bell
from .pupils import on_aside, on_groups, on_quiz, on_roll

Asked = tuple[Participant, Command]
WORDS = ("分数是什么？", "听不清", "1/2 > 1/3", "<b>好</b>", "")
SHEET = "ab" * 32 + ".svg"
PENS = (Pen("pen", 0, 12), Pen("highlighter", 3, 80), Pen("pen", 9, 12))


def play(seed: int, steps: int = 60, lesson: Lesson | None = None) -> tuple[Lesson, list[Entry]]:
    """A lesson and its log.  Every refusal is checked to be one of ours."""
    dice, live, log, now = random.Random(seed), lesson or new_lesson(), list[Entry](), 0.0
    asks = {person.id: 0 for person in (*PEOPLE, SYSTEM)}
    for by, command in script(dice, live, steps):
        now += dice.choice((0, 0.05, 1, 5, 40)) if dice.random() < 0.97 else 700
        while (due := live.wake_at()) is not None and due <= now:
            log += _applied(live, live.wake(due))
        asks[by.id] += 1
        try:
            log += _applied(live, live.decide(by, command, now, n=asks[by.id]))
        except Refused:
            continue
        if dice.random() < 0.2:
            log += _applied(live, live.witness(*_glimpsed(dice), now))
    return live, log


def script(dice: random.Random, lesson: Lesson, steps: int) -> Iterator[Asked]:
    """Commands that fit the lesson as it is at that moment."""
    yield SYSTEM, Open(1, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")
    for by in (TEACHER, VILLAGE, OTHER_VILLAGE):
        yield by, Join()
    if dice.random() < 0.5:
        for _ in range(20):
            yield before_bell(dice, lesson)
    yield TEACHER, Begin()
    for _ in range(steps):
        yield dice.choice(_KINDS)(dice, lesson)


def _glimpsed(dice: random.Random) -> tuple[Participant, Glimpse]:
    x, y = dice.choice((-1, dice.randrange(9000))), dice.randrange(5000)
    sights: tuple[Glimpse, ...] = (
        *(Pointer(x, y), Pointer(x, y), Spot(x, y, dice.choice((0, 3, 400)))),
        Curtain(dice.choice(("top", "left")), dice.randrange(9000)),
        View(max(x, 0), 400, dice.choice((960, 3840, 7680))),
    )
    return dice.choice((TEACHER, TEACHER, VILLAGE, CO_TEACHER)), dice.choice(sights)


def _applied(lesson: Lesson, entries: list[Entry]) -> list[Entry]:
    lesson.apply(entries)
    return entries


def _people(dice: random.Random, lesson: Lesson) -> Asked:
    by = dice.choice(PEOPLE)
    if dice.random() < 0.3:
        return SYSTEM, Lose(dice.choice(PEOPLE).id)
    if dice.random() < 0.05:
        return SYSTEM, Open(
            lesson.conduct.epoch + 1, 1.7e9, "boot:0", "分数的意义", "数学", "王老师"
        )
    if dice.random() < 0.04:
        return TEACHER, End()
    return by, Leave() if dice.random() < 0.15 else Join()


def _stage(dice: random.Random, lesson: Lesson) -> Asked:
    who = dice.choice((VILLAGE, OTHER_VILLAGE, CO_TEACHER)).id
    by = dice.choice((TEACHER, TEACHER, VILLAGE))
    if dice.random() < 0.2:
        return by, Enlarge(dice.choice((who, TEACHER.id, None)))
    return by, InviteOnStage(who) if dice.random() < 0.6 else LeaveStage(who)


def _hands(dice: random.Random, lesson: Lesson) -> Asked:
    by = dice.choice((VILLAGE, OTHER_VILLAGE, CO_TEACHER, TEACHER))
    return by, RaiseHand() if dice.random() < 0.7 else LowerHand(dice.choice(PEOPLE).id)


def _chat(dice: random.Random, lesson: Lesson) -> Asked:
    by = dice.choice(PEOPLE)
    channel = lesson.channel("chat")
    assert isinstance(channel, Chat)
    if channel.muted and dice.random() < 0.4:
        return TEACHER, Unmute(channel.muted[0])
    if dice.random() < 0.1:
        return TEACHER, Mute(dice.choice((VILLAGE, CO_TEACHER)).id)
    if dice.random() < 0.3:
        number = dice.choice(channel.messages).id if channel.messages else 1
        return dice.choice((TEACHER, by)), RemoveWords(number)
    return by, Say(dice.choice(WORDS), dice.choice(list(To)))


def _bookmarks(dice: random.Random, lesson: Lesson) -> Asked:
    by = dice.choice((TEACHER, CO_TEACHER, PATROL, ADMIN))
    kind, text = dice.choice(get_args(Kind)), dice.choice(WORDS)
    if lesson.conduct.stage is Stage.POSTCLASS:
        pinned = (PinBookmark(by, 1.5, kind, text), UnpinBookmark(by.id, dice.randrange(1, 4)))
        return SYSTEM, dice.choice(pinned)
    asked: tuple[Command, ...] = (
        *(MarkMoment(kind, text, at) for at in (None, 0.5, None, 9e9)),
        ChangeBookmark(dice.randrange(1, 4) // 2 or 1, kind, text),
        RemoveBookmark(dice.randrange(1, 4)),
    )
    return by, dice.choice(asked)


def _again(dice: random.Random, lesson: Lesson) -> Asked:
    return TEACHER, dice.choice((ShowAgain(), StopAgain()))


def _timer(dice: random.Random, lesson: Lesson) -> Asked:
    if lesson.conduct.stage is Stage.POSTCLASS:
        return SYSTEM, AskQuestion(str(dice.randrange(9)), 4.5, "石桥小学", dice.choice(WORDS))
    return TEACHER, StartTimer(dice.choice((0, 3, 60))) if dice.random() < 0.7 else StopTimer()


def _tracks(dice: random.Random, lesson: Lesson) -> Asked:
    who = dice.choice(PEOPLE).id
    commands = (
        NoteTrack(who, "voice", "opus"),
        NoteTrack(who, "camera", dice.choice(("VP8", "H264"))),
        NoteSilence(who, "voice"),
        NoteClock(who, "camera", dice.getrandbits(32), float(dice.randrange(3600))),
        NoteConsent(who, dice.random() < 0.5, dice.random() < 0.5),
        NoteTaping(dice.random() < 0.5),
        NoteMissed(who, "voice", 0.0, 1.5),
    )
    return SYSTEM, dice.choice(commands)


def on_board(dice: random.Random, lesson: Lesson) -> Asked:
    board = lesson.channel("board")
    assert isinstance(board, Board)
    by = dice.choice((TEACHER, TEACHER, VILLAGE, OTHER_VILLAGE, CO_TEACHER))
    page = dice.choice(list(board.pages))
    marks = list(board.pages[page].marks)
    some = dice.sample(marks, min(len(marks), 2))
    commands: list[Command] = [
        *(ClearPage(page), LetWrite(dice.choice(list(Let)))),
        *(EditMarks(page, some, _edit(dice, board.pages[page], some)) for _ in range(4)),
        *(Undo(page), Undo(page), Undo(page), Redo(page), Redo(page)),
        *(_put(dice, board, by, page), _put(dice, board, by, page)),
        *(_begun(dice, board, by, page) for _ in range(4)),
        *(
            AddInk(stroke, ink_more(dice), dice.random() < 0.4)
            for stroke in (*board.drawing, *board.halted)
        ),
    ]
    if by.role is not Role.TEACHER and dice.random() < 0.8:
        commands = commands[2:]
    return by, dice.choice(commands)


def _boxes(dice: random.Random, lesson: Lesson) -> Asked:
    board = lesson.channel("board")
    assert isinstance(board, Board)
    box = (dice.choice((0, 1000, 6000)), 0, 7000, 4000)
    who = dice.choice((VILLAGE, OTHER_VILLAGE)).id
    return TEACHER, dice.choice(
        (GiveBox(who, 1, box), GiveBox(who, dice.randrange(3), box), TakeBox(dice.randrange(3)))
    )


def _layers(dice: random.Random, lesson: Lesson) -> Asked:
    layers = lesson.channel("layers")
    assert isinstance(layers, Layers)
    by = dice.choice((VILLAGE, OTHER_VILLAGE))
    page = dice.choice((1, 1, 2))
    number = layers.seats.get(by.id, 9) * SEAT + dice.randrange(800, 999)
    drawn = [new.number for layer in layers.own if layer.who == by.id for new in layer.marks]
    asked: list[Asked] = [
        *((by, DrawLayer(page, [NewMark(number, dice.choice(BODIES))])) for _ in range(5)),
        (dice.choice((by, TEACHER)), EraseLayer(by.id, page, [*drawn[:1], 7])),
        (TEACHER, OpenLayers()),
        (TEACHER, OpenLayers()),
        (TEACHER, dice.choice((OpenLayers(), CloseLayers()))),
        (dice.choice((TEACHER, VILLAGE)), ShowLayer(by.id, page)),
        (TEACHER, ShowLayer(by.id, page)),
        (TEACHER, HideLayer(by.id, page)),
        *((TEACHER, HideLayer(layer.who, layer.page)) for layer in layers.shown * 3),
        (TEACHER, PromoteLayer(by.id, page)),
    ]
    return dice.choice(asked)


def on_pages(dice: random.Random, lesson: Lesson) -> Asked:
    pages = lesson.channel("pages")
    assert isinstance(pages, Pages)
    page = dice.choice([*pages.papers, 9])
    paper = Paper(dice.choice(("blank", "tian", "staff")), dice.choice(("", SHEET)))
    commands: list[Command] = [
        *(AddPages([paper] * dice.randrange(3)), LayPaper(page, paper.background)),
        *(TurnPage(page), TurnPage(page), MovePage(page, dice.randrange(5))),
        *(RemovePage(page), RemovePage(page), RestorePage(9)),
    ]
    gone = [page for page in pages.papers if page not in pages.order]
    if gone and dice.random() < 0.5:
        return TEACHER, RestorePage(dice.choice(gone))
    return TEACHER, dice.choice(commands)


def _put(dice: random.Random, board: Board, by: Participant, page: int) -> Command:
    first = board.seats.get(by.id, 9) * SEAT + dice.randrange(400, 800)
    bodies = dice.sample(BODIES, 2)
    return PutMarks(page, [NewMark(first + i, body) for i, body in enumerate(bodies)])


def _edit(dice: random.Random, page: Page, marks: list[int]) -> Edit:
    start = dice.randrange(9)
    cut = Cut([(mark, start, start + dice.randrange(1, 9)) for mark in marks])
    formulas = bool(marks) and all(isinstance(page.marks[n].body, Formula) for n in marks)
    anew = Rewrite("三分之一", OUTLINE if formulas else b"")
    return dice.choice((cut, cut, Hide(), Place((1.0, 0.0, 0.0, 1.5, 40.0, -8.0)), Tint(4), anew))


def _begun(dice: random.Random, board: Board, by: Participant, page: int) -> Command:
    number = board.seats.get(by.id, 9) * SEAT + dice.randrange(400)
    return BeginStroke(number, page, dice.choice(PENS), ink_first(dice), dice.random() < 0.5)


def ink_first(dice: random.Random) -> bytes:
    return encode(Chain(), _walk(dice, dice.randrange(7000), 2000), first=True)


def ink_more(dice: random.Random) -> bytes:
    return encode(Chain(100, 100, 3, 3, 9), _walk(dice, 103, 103), first=False)


def _walk(dice: random.Random, x: int, y: int) -> list[Point]:
    points = []
    for _ in range(dice.randrange(1, 13)):
        x, y = x + dice.randrange(-9, 10), y + dice.randrange(-9, 10)
        points.append((x, y, dice.randrange(8, 12)))
    return points


def _handouts(dice: random.Random, lesson: Lesson) -> Asked:
    channel = lesson.channel("handout")
    assert isinstance(channel, Handouts)
    if dice.random() < 0.1:
        who = dice.choice((VILLAGE, OTHER_VILLAGE, TEACHER)).id
        return SYSTEM, KeepPicture(who, Sheet(f"{9:064x}.webp", 960, 540, 15_000))
    if not channel.handouts or dice.random() < 0.15:
        sheets = [Sheet(f"{n:064x}.svg", 960, 540, 15_000) for n in range(dice.randrange(1, 4))]
        return SYSTEM, AddHandout(dice.choice(WORDS), sheets)
    number = dice.randrange(1, channel.last + 1)
    if dice.random() < 0.1:
        return TEACHER, RemoveHandout(number)
    return dice.choice((VILLAGE, OTHER_VILLAGE)), CountSheets(number, dice.randrange(5))


OUTLINE = packed(HALF)
BODIES: tuple[Body, ...] = (
    Shape("ellipse", PENS[0], [100, 100, 900, 500], filled=True),
    Shape("polygon", PENS[0], [0, 0, 400, 0, 0, 400]),
    Shape("quadrant", PENS[0], [0, 0, 4000, 2000]),
    Text((40, 40, 800, 200), "分数的意义\n1/2", 160, 2),
    Text((40, 400, 800, 400), "想一想", 160, 2, note=True),
    Formula(900, 900, "\\frac{1}{2}", 160, 0, OUTLINE),
    Picture((0, 0, 4000, 2000), SHEET),
    Ink(PENS[1], ink_first(random.Random(3))),
)

_KINDS = (
    *(_people, _stage, _stage, _hands, _hands, _hands, _chat, _timer, _again, _tracks, _tracks),
    *(_tracks, _tracks, on_roll, on_roll, on_aside, on_aside, on_groups),
    *(on_quiz, on_quiz, on_quiz, _bookmarks, _bookmarks, _timer),
    before_bell,
    *(on_pages, on_pages, on_pages, _handouts, _handouts, _boxes, _boxes),
    *(*[on_board] * 8, *[_layers] * 5),
)
