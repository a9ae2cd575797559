"""The board on a line that loses packets: what is written comes inside the teacher's voice, too."""

import asyncio

from playwright.async_api import Page

from ..journeys.classroom import state, write
from ..waiting import until
from .classroom import Lines
from .profiles import Profile, Way

COUNT = """
window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    window.rode = 0;
    this.addEventListener('message', () => { window.rode += 1; });
  }
};"""
LOSSY = Profile(Way(delay=0.04, loss=0.1), Way(delay=0.04, loss=0.1))


async def test_a_room_that_loses_packets_asks_for_ink_in_voice_and_sees_the_same_board(
    lines: Lines,
) -> None:
    teacher = await lines.teacher()
    await lines.begin(teacher)
    await lines.line(LOSSY, seed=3)
    lines.scripts.append(COUNT)
    room = await lines.room("溪口小学")
    await until(lambda: written_and_ridden(teacher, room), within=90)
    await until(lambda: same_board(teacher, room), within=20)
    lines.check()


async def written_and_ridden(teacher: Page, room: Page) -> bool:
    await write(teacher, [(0.1 + 0.02 * n, 0.3) for n in range(20)], pause=0.03)
    return bool(await room.evaluate("window.rode > 20"))


async def same_board(teacher: Page, room: Page) -> bool:
    theirs, ours = await asyncio.gather(state(teacher), state(room))
    return bool(theirs["board"]["pages"] == ours["board"]["pages"])
