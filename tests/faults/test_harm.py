"""A hand that means harm is refused with a reason, and the ink of others keeps its pace."""

import asyncio
import math
import time
from statistics import median, quantiles

import aiohttp
import pytest
from msgspec import Raw

from synclass import wire
from synclass.channel import Command
from synclass.cli.robot.client import Client
from synclass.errors import Refused
from synclass.inclass.board import EditMarks, Let, LetWrite, PutMarks, Undo
from synclass.inclass.pages import AddPages, Paper, RemovePage
from synclass.ink import LONGEST_BATCH, Chain, encode
from synclass.marks import LONGEST_STROKE, SEAT, Cut, Edit, Ink, NewMark, Pen, Place, Shape, Text
from synclass.strokes import AddInk, BeginStroke

from ..waiting import until
from .school import LONG, SLOW, School, same

PEN = Pen("pen", 1, 12)
EVERY = 0.05  # seconds between two batches of the teacher's
OPS = 10_000  # asks that somebody sends within a second
FLOODED = 60.0 if LONG else 8.0  # seconds that is looked on
LATE = 0.3  # seconds; 99 of 100 batches are there before, and the tick is 0.05
MINE = 3 * SEAT + 1
STILL = encode(Chain(), [(400, 400, 9)] * 64, first=True)
MORE = encode(Chain(400, 400), [(400, 400, 9)] * 63, first=False)
WILD = encode(Chain(), [(8000 * (-1) ** n, 0, 9) for n in range(63)], first=False)
MILLION = STILL + MORE * (1_000_000 // 63)


def put(*bodies: object, first: int = MINE) -> PutMarks:
    marks = [NewMark(first + n, body) for n, body in enumerate(bodies)]  # type: ignore[arg-type]
    return PutMarks(1, marks)


def edited(edit: Edit) -> EditMarks:
    return EditMarks(1, [MINE], edit)


def placed(*values: float) -> EditMarks:
    return edited(Place(values))  # type: ignore[arg-type]


TEXT = Text((0, 0, 400, 400), "好", 160, 0)
HARM: list[tuple[str, Command]] = [
    ("stroke-long", put(Ink(PEN, MILLION[: LONGEST_STROKE + 1]), first=MINE + 20)),
    ("bad-ink", BeginStroke(MINE + 9, 1, PEN, MILLION[: LONGEST_BATCH + 1])),
    ("no-page", BeginStroke(MINE + 9, 99, PEN, STILL)),
    ("no-page", BeginStroke(MINE + 9, 2, PEN, STILL)),
    ("no-page", Undo(2)),
    ("stroke-taken", PutMarks(1, [NewMark(MINE + 5, TEXT), NewMark(MINE + 5, TEXT)])),
    ("stroke-taken", put(TEXT)),
    ("not-yours", put(TEXT, first=SEAT + 7)),
    ("not-yours", put(TEXT, first=2**64 - 9)),
    ("bad-place", placed(math.nan, 0, 0, 1, 0, 0)),
    ("bad-place", placed(math.inf, 0, 0, 1, 0, 0)),
    ("bad-place", placed(1e308, 1e308, -1e308, 1e308, 0, 0)),
    ("bad-place", placed(1, 0, 0, 1, 1e300, 0)),
    ("bad-place", placed(0, 0, 0, 0, 0, 0)),
    ("bad-cut", edited(Cut([(MINE, 0, 2**40)]))),
    ("bad-cut", edited(Cut([(MINE, 0, 1)] * 4097))),
    ("bad-shape", put(Shape("polygon", PEN, [0] * 200), first=MINE + 20)),
    ("bad-text", put(Text((0, 0, 4, 4), "难" * 2001, 160, 0), first=MINE + 20)),
    ("too-many-marks", put(*[TEXT] * 2001, first=MINE + 20)),
]


class Writer:
    """The teacher writes without end, and a room looks how late each batch is there."""

    def __init__(self, teacher: Client, room: Client) -> None:
        self.seconds = list[float]()
        self._teacher, self._room = teacher, room
        self._count = 0

    async def write(self) -> None:
        """Until cancelled."""
        while True:
            began = time.monotonic()
            await self._batch()
            self.seconds.append(time.monotonic() - began)
            await asyncio.sleep(max(0.0, began + EVERY - time.monotonic()))

    async def _batch(self) -> None:
        count, self._count = self._count, self._count + 1
        stroke = self._teacher.seat * SEAT + 1000 + count // 100
        if count % 100 == 0:
            self._teacher.put(BeginStroke(stroke, 1, PEN, STILL))
        else:
            self._teacher.put(AddInk(stroke, MORE))
        size = len(STILL) + len(MORE) * (count % 100)
        await asyncio.wait_for(self._room.until(lambda: self._has(stroke, size)), SLOW)

    def _has(self, stroke: int, size: int) -> bool:
        mark = self._room.board().pages[1].marks.get(stroke)
        return mark is not None and isinstance(mark.body, Ink) and len(mark.body.ink) >= size

    def pace(self, where: str) -> float:
        worst = quantiles(self.seconds, n=100)[98]
        print(
            f"\n{where}: {len(self.seconds)} batches, {median(self.seconds):.3f} s, "
            f"99 % in {worst:.3f} s"
        )
        return worst


async def test_harm_is_refused_with_its_reason_and_a_flood_disturbs_nobodys_ink(
    lesson: School,
) -> None:
    await lesson.teach(media=False)
    honest, hostile = await lesson.room("青山小学"), await lesson.room("白水小学")
    assert hostile.seat == MINE // SEAT
    await lesson.teacher.ask(LetWrite(Let.EVERYONE))
    await lesson.teacher.ask(AddPages([Paper("grid")]))
    await lesson.teacher.ask(RemovePage(2))
    await hostile.ask(put(TEXT))
    writer = Writer(lesson.teacher, honest)
    writing = asyncio.create_task(writer.write())
    for code, command in HARM:
        assert await _refused(hostile, command) == code, repr(command)[:200]
    await _without_end(hostile)
    assert await _sent_raw(lesson, "草兴小学", wire.encode(put(Ink(PEN, MILLION)))) == 1009
    assert await _sent_raw(lesson, "双庙小学", b"\x91" * 60_000) == 1000
    assert writer.pace("beside a hand that means harm") < LATE
    writer.seconds.clear()
    await _flood(lesson, "大坪小学")
    assert writer.pace(f"beside {OPS} asks in a second") < LATE
    writing.cancel()
    assert lesson.teacher.welcomes == honest.welcomes == hostile.welcomes == 1
    await until(lambda: same(honest, lesson), within=SLOW)


async def _refused(hostile: Client, command: Command) -> str:
    try:
        await asyncio.wait_for(hostile.ask(command), SLOW)
    except Refused as error:
        return error.code
    return "taken"


async def _without_end(hostile: Client) -> None:
    """A stroke that goes on and on is cut off where it is too long, and taken up to there."""
    await hostile.ask(BeginStroke(MINE + 50, 1, PEN, STILL))
    size = len(STILL)
    with pytest.raises(Refused) as refused:
        while True:
            await hostile.ask(AddInk(MINE + 50, WILD))
            size += len(WILD)
    assert refused.value.code == "stroke-long"
    assert LONGEST_STROKE - len(WILD) < size <= LONGEST_STROKE


async def _sent_raw(lesson: School, room: str, command: bytes) -> int | None:
    """The code the server closes with."""
    ws = await _enter(lesson, room)
    await ws.send_bytes(wire.encode(wire.Ask(1, Raw(command))))
    async with asyncio.timeout(SLOW):
        while not ws.closed:
            await ws.receive()
    return ws.close_code


async def _flood(lesson: School, room: str) -> None:
    ws, began = await _enter(lesson, room), time.monotonic()
    try:
        for n in range(1, OPS + 1):
            await ws.send_bytes(wire.encode(wire.Ask(n, Raw(wire.encode(Undo(1))))))
        print(f"\n{OPS} asks in {time.monotonic() - began:.1f} s")
    except (aiohttp.ClientError, ConnectionError):
        assert LONG, "nobody is let go so soon"
    await asyncio.sleep(max(0.0, began + FLOODED - time.monotonic()))
    assert not LONG or ws.closed or (await ws.receive()).data is not None


async def _enter(lesson: School, room: str) -> aiohttp.ClientWebSocketResponse:
    entrance = await lesson.door.knock(lesson.card.code, room)
    ws = await lesson.door.http.ws_connect(lesson.server.url + "/ws", max_msg_size=0)
    await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, entrance.ticket)))
    await ws.receive_bytes()
    return ws
