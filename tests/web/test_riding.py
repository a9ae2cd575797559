"""What is written rides in voice and comes by the socket: it is there once, whatever is lost."""

import base64
import os
import random
from collections import Counter
from contextlib import suppress
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.sfu.rider import Rider
from synclass import opus
from synclass.errors import Refused
from synclass.inclass.pages import AddPages, Paper
from synclass.inclass.stage import InviteOnStage

from ..conftest import TEACHER, VILLAGE
from .browser import Page, shown
from .classroom import Classroom, Line
from .test_conversation import drawn, own

TOC = 0x78
Step = Literal["write", "answer", "packet", "lost", "late", "socket", "tick", "cut"]
EXAMPLES = 200 if os.environ.get("SYNCLASS_PROOF") else 12
OFTEN: dict[Step, int] = {
    **{"write": 8, "packet": 8, "lost": 4, "late": 2},
    **{"socket": 8, "tick": 2, "answer": 1, "cut": 1},
}
STEPS = [step for step, times in OFTEN.items() for _ in range(times)]


class Village:
    """A room that may write too.  Of voice each packet comes, is late, or does not come at all."""

    def __init__(self, page: Page, seed: int) -> None:
        self.classroom = Classroom(VILLAGE)
        self.classroom.ask(TEACHER, InviteOnStage(VILLAGE.id))
        self.classroom.ask(TEACHER, AddPages([Paper("grid")]))
        self.page = page
        self.line = Line(page, self.classroom)
        self.line.send(page.says("ride", True))
        self.line.open()
        self.line.settle()
        self.seen = Counter[str]()
        self._dice = random.Random(seed)
        self._rider = Rider()
        self._late: list[bytes] = []
        self._written = 0
        self._theirs, self._ours = list[int](), list[int]()

    def step(self, step: Step) -> None:
        match step:
            case "write":
                self._write()
            case "answer":
                self._written += 1
                self.line.ask(drawn(self._dice, self._written, self._ours))
            case "packet":
                self.seen["ahead"] += self._hear(self._packet())
            case "late":
                self._late.append(self._packet())
                if self._dice.random() < 0.5:
                    self._hear(self._late.pop(0))
            case "lost":
                self._packet()
            case "socket":
                self.line.step()
            case "tick":
                self.classroom.flush()
            case "cut":
                self.line.cut()
                self.seen["without"] += self._hear(self._packet())  # voice needs no socket
                self.line.open()

    def _write(self) -> None:
        self._written += 1
        with suppress(Refused):
            self.classroom.ask(TEACHER, own(self._dice, self._written, self._theirs))

    def _packet(self) -> bytes:
        """The next of the teacher's voice, with what the room is owed by now."""
        for seq, line in self.classroom.ridden:
            self._rider.add(seq, line)
        self.classroom.ridden.clear()
        return opus.pack(TOC, [b"word"], self._rider.take(300))

    def _hear(self, packet: bytes) -> int:
        """-> how many lines were folded ahead of the socket."""
        before = self.page.ask("seq")
        for _, batch in self.page.ask("bundle", packet, False):
            self.line.send(self.page.says("rode", base64.b64decode(batch)))
        after = self.page.ask("seq")
        assert before <= after <= self.classroom.lesson.seq
        return int(after - before)


def test_whatever_voice_and_socket_lose_each_line_is_there_once_and_in_its_turn() -> None:
    seen = Counter[str]()

    @settings(max_examples=EXAMPLES)
    @given(st.lists(st.sampled_from(STEPS), min_size=60, max_size=120), st.integers(0, 999))
    def holds(steps: list[Step], seed: int) -> None:
        with Page() as page:
            village = Village(page, seed)
            for step in steps:
                village.step(step)
            village.line.settle()
            assert page.ask("state") == shown(village.classroom.lesson.facing(VILLAGE))
            seen.update(village.seen)

    holds()
    assert seen["ahead"] > 3 * EXAMPLES and seen["without"] > EXAMPLES / 4, (
        "by voice, and while there was no socket"
    )
