"""A village classroom of robots: comes in by the code, raises its hand, answers on stage."""

import asyncio
import random

import structlog

from ...channel import Command
from ...errors import Refused, Unavailable
from ...inclass.attendance import LinkReport
from ...inclass.chat import Say
from ...inclass.hands import Hands, RaiseHand
from ...inclass.stage import OnStage
from ...words import Stage
from . import picture, script
from .call import Call
from .client import Client
from .sound import Voice

log = structlog.get_logger()

FPS = 5
REPORT = 1.0  # seconds
IDEA = (15.0, 60.0)  # seconds until a hand goes up
REPLY = (40.0, 120.0)
MANNERS = 1.0  # seconds on stage before one speaks


class ClassRoom:
    """One room of a lesson; its microphone is on while it is on stage."""

    def __init__(self, client: Client, number: int, sound: bytes, dice: random.Random) -> None:
        self._client = client
        self._number = number
        self._sound = sound
        self._dice = dice
        self._speaking = asyncio.Event()
        self._call = Call(client, self._tracks, voices=1)

    async def run(self) -> None:
        """Be in the lesson until cancelled.  Raises Refused where the ticket is good no more."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._client.run())
            await self._client.entered()
            tasks.create_task(self._call.run())
            for duty in (self._raise_hands(), self._answer(), self._reply(), self._report()):
                tasks.create_task(duty)

    def _tracks(self) -> list[Voice | picture.Camera]:
        draw = picture.classroom(self._number, raised=self._raised, speaking=self._speaking.is_set)
        return [Voice(self._sound, self._speaking), picture.Camera(draw, self._client.now, FPS)]

    async def _raise_hands(self) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(*IDEA))
            await self._client.until(self._in_class)
            if not self._raised() and not self._on_stage():
                await self._try(RaiseHand())

    async def _answer(self) -> None:
        while True:
            await self._client.until(self._on_stage)
            await asyncio.sleep(MANNERS)
            self._speaking.set()
            await self._client.until(lambda: not self._on_stage())
            self._speaking.clear()

    async def _reply(self) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(*REPLY))
            await self._try(Say(self._dice.choice(script.REPLIES)))

    async def _report(self) -> None:
        """Say once a second how this room hears and sees, for the lights on the teacher's wall."""
        while True:
            heard = self._call.heard
            await asyncio.sleep(REPORT)
            self._client.show(
                LinkReport(
                    hears=self._call.heard > heard,
                    sees=self._call.connected,
                    seq=self._client.lesson.seq,
                    loss=0,
                    rtt=self._client.rtt,
                )
            )

    async def _try(self, command: Command) -> None:
        """A robot that is told no is silent, as a shy pupil is."""
        try:
            await self._client.ask(command)
        except (Refused, Unavailable) as error:
            log.debug("refused", code=error.code)

    def _in_class(self) -> bool:
        return self._client.online and self._client.lesson.conduct.stage is Stage.INCLASS

    def _raised(self) -> bool:
        hands = self._client.lesson.channel(Hands.name)
        return isinstance(hands, Hands) and self._client.me in hands.raised

    def _on_stage(self) -> bool:
        stage = self._client.lesson.channel(OnStage.name)
        return isinstance(stage, OnStage) and self._client.me in stage.on
