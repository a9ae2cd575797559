"""Somebody who says and writes numbered things as fast as the server allows, and remembers."""

import asyncio

from synclass.channel import Command, Fact
from synclass.cli.robot.client import Client
from synclass.errors import Refused
from synclass.inclass.chat import Said, Say
from synclass.ink import Chain, encode
from synclass.lesson import Entry
from synclass.marks import SEAT, Pen
from synclass.strokes import AddInk, BeginStroke, InkAdded, StrokeBegun
from synclass.words import ParticipantId

PACE = 90.0  # asks a second; the server refuses more than 100
MOST_OPEN = 150  # asks without an answer
PEN = Pen("pen", 1, 12)


class Scribe:
    """Every third ask is words, the others a stroke in two parts; all carry their number."""

    def __init__(self, client: Client) -> None:
        self.asked: list[str] = []
        """The marks of all asks in their order."""
        self.acknowledged: list[str] = []
        self.refused: list[tuple[str, str]] = []
        """(mark, code)"""
        self._client = client
        self._open = asyncio.Semaphore(MOST_OPEN)
        self._answers: set[asyncio.Task[None]] = set()
        self._chain = Chain()
        self._number = 0
        self._due = 0.0

    async def write(self) -> None:
        """Until cancelled."""
        while True:
            await self.write_one()

    async def write_one(self) -> None:
        """As soon as the pace allows; the answer is not waited for."""
        loop = asyncio.get_running_loop()
        await self._open.acquire()
        self._due = max(self._due + 1 / PACE, loop.time())  # what an outage cost is not caught up
        await asyncio.sleep(self._due - loop.time())
        self._number += 1
        command = self._command(self._number)
        self.asked.append(mark(command))
        task = asyncio.create_task(self._ask(command))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def answered(self) -> None:
        """Wait until nothing is open any more."""
        await asyncio.gather(*self._answers)

    async def _ask(self, command: Command) -> None:
        try:
            await self._client.ask(command)
            self.acknowledged.append(mark(command))
        except Refused as error:
            self.refused.append((mark(command), error.code))
        finally:
            self._open.release()

    def _command(self, number: int) -> Command:
        stroke = self._client.seat * SEAT + number // 3
        at = number * 8 % 7000, number % 4000, 15
        if number % 3 == 0:
            self._chain = Chain()
            return BeginStroke(stroke, 1, PEN, encode(self._chain, [at], first=True))
        if number % 3 == 1 and number > 1:
            return AddInk(stroke, encode(self._chain, [at], first=False), last=True)
        return Say(f"sentence {number}")


def mark(what: Command | Fact) -> str:
    """The same for an ask and for the fact it becomes."""
    match what:
        case Say(text) | Said(_, _, text):
            return text
        case BeginStroke(stroke, _, _, ink) | StrokeBegun(stroke, _, _, ink):
            return f"stroke {stroke} {ink.hex()}"
        case AddInk(stroke, ink) | InkAdded(stroke, ink):
            return f"ink {stroke} {ink.hex()}"
    return ""


def marks(entries: list[Entry], by: ParticipantId) -> list[str]:
    """What somebody's asks became, in the order of the log."""
    facts = (entry.fact for entry in entries if entry.by == by and entry.n)
    return [found for fact in facts if isinstance(fact, Fact) and (found := mark(fact))]
