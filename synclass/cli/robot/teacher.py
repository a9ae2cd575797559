"""The robot at the blackboard: begins, writes, turns pages, talks, calls rooms on stage, ends."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import structlog

from ...channel import Command
from ...conduct import Begin, Conduct, End
from ...errors import Refused, Unavailable
from ...inclass.chat import Say
from ...inclass.gaze import Pointer
from ...inclass.hands import Hands
from ...inclass.pages import AddPages, Paper
from ...inclass.stage import InviteOnStage, LeaveStage, OnStage
from ...marks import SEAT, Background, Pen
from ...strokes import AddInk, BeginStroke
from ...words import ParticipantId, Stage
from . import picture, script
from .call import Call
from .client import Client
from .glyphs import Line
from .pen import batches, points
from .sound import Voice

log = structlog.get_logger()

FPS = 8
BATCH = 0.05  # seconds of ink in one command
LIFT = (0.12, 0.3)  # seconds between two strokes
BREATH = (1.0, 3.5)  # seconds between two parts of a page
PAGE = 120.0  # seconds at least for one page
ON_STAGE = 20.0
THINKING = (3.0, 6.0)  # seconds until a raised hand is called
BETWEEN = (6.0, 15.0)  # seconds until the next hand
TALK = (20.0, 45.0)
STROKES_A_SECOND = 10  # no pen makes more: so strokes may be numbered by the clock


class Teacher:
    """Holds one lesson.  ``dice`` makes one lesson unlike the next."""

    def __init__(self, client: Client, sound: bytes, dice: random.Random) -> None:
        self.client = client
        self._dice = dice
        self._loud = asyncio.Event()
        self._loud.set()
        self._sound = sound
        self._call = Call(client, self._tracks, voices=1)
        self._strokes = 0

    async def run(self, *, rooms: int, minutes: float) -> None:
        """Be there until the bell.  Raises Refused("elsewhere") where a person takes over."""
        async with asyncio.TaskGroup() as tasks:
            line = tasks.create_task(self.client.run())
            call = tasks.create_task(self._call.run())
            await self.client.entered()
            await self._begin(rooms)
            duties = [tasks.create_task(duty) for duty in self._duties()]
            await self._bell(minutes)
            for task in (line, call, *duties):
                task.cancel()

    def _duties(self) -> tuple[Coroutine[Any, Any, None], ...]:
        return self._write(), self._host(), self._talk()

    async def _begin(self, rooms: int) -> None:
        """The robots wait for each other, so that a newcomer finds a full class."""
        if self._conduct().stage is Stage.PRECLASS:
            await self.client.until(lambda: len(self._conduct().present) > rooms)
            await self.client.ask(Begin())
        log.info("in class", title=self._conduct().title, rooms=rooms)

    async def _bell(self, minutes: float) -> None:
        """Return when the lesson is over, by the clock or by somebody's word."""
        left = (self._conduct().began_at or 0.0) + minutes * 60 - self.client.now()
        try:
            async with asyncio.timeout(left):
                await self.client.until(lambda: self._conduct().stage is Stage.POSTCLASS)
        except TimeoutError:
            await self.client.ask(End())
        log.info("the bell rang")

    def _tracks(self) -> list[Voice | picture.Camera]:
        draw = picture.teacher(self._loud.is_set)
        return [Voice(self._sound, self._loud), picture.Camera(draw, self.client.now, FPS)]

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        for sheet in script.sheets(self._dice):
            turned_at = loop.time()
            page = await self._new_page(sheet.background)
            for part in sheet.parts:
                for line in part.lines:
                    await self._stroke(page, part.pen, line)
                await asyncio.sleep(self._dice.uniform(*BREATH))
            while loop.time() < turned_at + PAGE:
                await self._point_out(self._dice.choice(sheet.parts).lines[0])

    async def _new_page(self, background: Background) -> int:
        if len(self.client.board().pages) == 1 and not self.client.board().pages[1].marks:
            return 1
        await self._try(AddPages([Paper(background)]))
        return self.client.pages().current

    async def _stroke(self, page: int, pen: Pen, line: Line) -> None:
        """Write one stroke as fast as a hand does, each batch when it is drawn."""
        loop = asyncio.get_running_loop()
        await self.client.until(lambda: self.client.online)
        number, packed = self._next_stroke(), list(batches(points(line)))
        due = loop.time()
        for n, ink in enumerate(packed):
            due += BATCH
            await asyncio.sleep(due - loop.time())
            last = n == len(packed) - 1
            command = AddInk(number, ink, last) if n else BeginStroke(number, page, pen, ink, last)
            self.client.put(command)
        await asyncio.sleep(self._dice.uniform(*LIFT))

    def _next_stroke(self) -> int:
        """Numbered by the clock, behind all that is there: a robot started anew may guess the clock
        a little worse, and writes no number a second time.
        """
        seat, pages = self.client.seat, self.client.board().pages.values()
        if not self._strokes:
            own = [n % SEAT for page in pages for n in page.marks if n // SEAT == seat]
            self._strokes = max(own, default=0)
        by_clock = int(max(0.0, self.client.now()) * STROKES_A_SECOND)
        self._strokes = max(self._strokes + 1, by_clock) % SEAT
        return seat * SEAT + self._strokes

    async def _point_out(self, line: Line) -> None:
        """Follow something on the board with the pointer."""
        for x, y, _ in points(line)[::6]:
            self.client.show(Pointer(x, y))
            await asyncio.sleep(0.1)
        self.client.show(Pointer(-1, -1))
        await asyncio.sleep(self._dice.uniform(*BREATH))

    async def _host(self) -> None:
        """Call whoever raised a hand first on stage, and thank them after a while."""
        while True:
            await self._clear_stage()
            await self.client.until(lambda: bool(self._hands()))
            await asyncio.sleep(self._dice.uniform(*THINKING))
            for who in self._hands()[:1]:
                await self._try(InviteOnStage(who))
                self._loud.clear()
                await asyncio.sleep(ON_STAGE)
                self._loud.set()
            await self._clear_stage()
            await asyncio.sleep(self._dice.uniform(*BETWEEN))

    async def _clear_stage(self) -> None:
        for who in self._on_stage():
            await self._try(LeaveStage(who))

    async def _talk(self) -> None:
        while True:
            await self._try(Say(self._dice.choice(script.WORDS)))
            await asyncio.sleep(self._dice.uniform(*TALK))

    async def _try(self, command: Command) -> None:
        """Ask for what may have become impossible meanwhile: a room can have left."""
        try:
            await self.client.ask(command)
        except (Refused, Unavailable) as error:
            log.debug("refused", code=error.code)

    def _conduct(self) -> Conduct:
        return self.client.lesson.conduct

    def _hands(self) -> list[ParticipantId]:
        hands = self.client.lesson.channel(Hands.name)
        raised = hands.raised if isinstance(hands, Hands) else {}
        return [who for who in raised if who not in self._conduct().away]

    def _on_stage(self) -> list[ParticipantId]:
        stage = self.client.lesson.channel(OnStage.name)
        return list(stage.on) if isinstance(stage, OnStage) else []
