"""The board under load: a full page, two hours of lesson, and what a browser makes of them."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ... import wire
from ...channel import Command
from ...conduct import Begin, Join
from ...inclass.board import EditMarks, PutMarks, Redo, Undo
from ...inclass.pages import AddPages, Paper
from ...ink import MOST_POINTS, Chain, encode
from ...lesson import Lesson
from ...marks import SEAT, Cut, Hide, Ink, NewMark, Pen, Place, Shape, Tint
from ...strokes import BeginStroke
from ...toolbox import new_lesson
from ...words import Participant
from . import hour
from .handwriting import page, pen, points
from .serving import LESSON, serving
from .window import Window, look, there

SEED = 20261126
STROKES = 5000  # of a page that is full to the eye: 700 characters
TWO_HOURS = 2 * hour.FACTS
OPS = 2000
PENS = [Pen("pen", colour, 10) for colour in (0, 1, 2)]
LATE = Participant(hour.rooms(1)[0].id, "石桥小学", hour.rooms(1)[0].role, "石桥小学")


class Board(Struct):
    strokes: int
    facts: int
    late_join_ms: float
    """CPU of the server for a late joiner: the page in front, and that there are others."""
    late_join_kb: float
    us_per_op: float
    """CPU of the server for an edit, an undo or a new mark: decoded, decided, encoded, folded."""
    window: Window | None
    """What Chromium says; null where it, or Playwright, is not installed."""


async def measure(*, strokes: int = STROKES, facts: int = TWO_HOURS, runs: int = 5) -> Board:
    lesson = _taught(facts)
    _fill(lesson, strokes)
    late = hour.median(lambda: _welcome(lesson), runs)
    return Board(
        strokes=strokes,
        facts=lesson.seq,
        late_join_ms=late * 1e3,
        late_join_kb=len(_welcome(lesson)) / 1000,
        us_per_op=_us_per_op(lesson),
        window=await seen(strokes),
    )


def _taught(facts: int) -> Lesson:
    lesson = new_lesson()
    for asked in hour.hour(facts):
        hour.put(lesson, asked)
    return lesson


def _fill(lesson: Lesson, strokes: int) -> None:
    """Turn to a new page and fill it."""
    now = lesson.ms / 1000
    lesson.apply(lesson.decide(hour.TEACHER, AddPages([Paper("blank")]), now))
    for command in full(_front(lesson), strokes, _free(lesson)):
        lesson.apply(lesson.decide(hour.TEACHER, command, now))


def full(number: int, strokes: int, first: int = 1) -> Iterator[BeginStroke]:
    """A page full of writing, a command a stroke, by the teacher in seat 1."""
    dice = random.Random(SEED)
    for n, line in enumerate(page(dice, strokes)):
        found = points(pen(line, dice))[:MOST_POINTS]
        ink = encode(Chain(), found, first=True)
        yield BeginStroke(SEAT + first + n, number, PENS[n % 3], ink, last=True)


def _welcome(lesson: Lesson) -> bytes:
    ms = lesson.ms
    return wire.encode(wire.Welcome(LATE, 99, 1, lesson.seq, ms, 0, lesson.brief(LATE)))


def _us_per_op(lesson: Lesson) -> float:
    """From the bytes of each command to its record and the lesson after it."""
    commands = [wire.encode(command) for command in _ops(lesson, random.Random(SEED))]
    before = time.process_time()
    for n, command in enumerate(commands, 10**6):
        hour.put(lesson, hour.Asked(lesson.ms / 1000, hour.TEACHER, n, command))
    return (time.process_time() - before) / len(commands) * 1e6


def _ops(lesson: Lesson, dice: random.Random) -> Iterator[Command]:
    """What hands do to a full page: rub, move, colour, draw, and think better of it."""
    number, free = _front(lesson), _free(lesson)
    marks = [SEAT + free - 1 - n for n in range(4000)]
    packed = encode(Chain(), [(n * 9, n * n % 97, 9) for n in range(60)], first=True)
    for n in range(OPS // 8):
        some = dice.sample(marks, 8)
        new = SEAT + free + 4 * n
        yield EditMarks(number, some, Cut([(mark, 2, 5) for mark in some]))
        yield Undo(number)
        yield Redo(number)
        yield EditMarks(number, some, Place((1, 0, 0, 1, 40, 8)))
        yield EditMarks(number, some[:1], Hide())
        yield EditMarks(number, some, Tint(n % 8))
        yield PutMarks(number, [NewMark(new, Shape("rect", PENS[0], [0, 0, 400, 300]))])
        yield PutMarks(number, [NewMark(new + 1, Ink(PENS[0], packed))])


def _front(lesson: Lesson) -> int:
    return int(getattr(lesson.channel("pages"), "current"))  # noqa: B009  any channel is a Channel


def _free(lesson: Lesson) -> int:
    """A count that no mark of the teacher's has."""
    pages = getattr(lesson.channel("board"), "pages")  # noqa: B009
    return 1 + max((mark % SEAT for one in pages.values() for mark in one.marks), default=0)


async def seen(strokes: int) -> Window | None:
    """A teacher's window on a full page; None where there is no browser."""
    if not there():
        return None
    with tempfile.TemporaryDirectory(prefix="synclass-") as folder:
        async with serving(Path(folder)) as (app, port):
            room = await app.rooms.open(LESSON)
            room.ask(hour.TEACHER, Join())
            room.ask(hour.TEACHER, Begin())
            for command in full(1, strokes):
                room.ask(hour.TEACHER, command)
            return await look(f"http://127.0.0.1:{port}", strokes)
