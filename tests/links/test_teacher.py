"""A teacher's own line loses packets; her class does not notice."""

import asyncio

from playwright.async_api import Page

from ..waiting import until
from . import meter
from .classroom import Lines
from .conftest import LONG, SLOW
from .meter import FULL, Meter, full, lately, since
from .profiles import CLEAN, MBIT, Profile, Way

STAYS = 60.0 if LONG else 8.0
LATE = 0.75  # of the pictures are shown at least: a browser leaves out some that come late
UPLINK = Profile(CLEAN.down, Way(4 * MBIT, delay=0.02, jitter=0.003, loss=0.07))


async def test_what_the_teachers_line_loses_is_asked_for_again_and_no_room_misses_it(
    lines: Lines,
) -> None:
    uplink = await lines.line(UPLINK)
    teacher = await lines.teacher()
    room = await lines.measured("草兴小学")
    await lines.begin(teacher)
    await meter.start(teacher)
    await until(lambda: full(room), within=SLOW)
    entered, lost = uplink.up.entered, uplink.up.lost
    await asyncio.sleep(STAYS)
    seen, sent = await lately(room, STAYS), await lately(teacher, STAYS)
    share = (uplink.up.lost - lost) / (uplink.up.entered - entered)
    print(f"\n  lost on the way up {share:.1%}\n  room {seen}")
    print(f"  sent {[sent.sent(rid) for rid in 'qhf']}")
    assert share > 0.05, "the line was as bad as it should be"
    assert sent.sent("f").again > 0
    most = 0.002 * sent.sent("f").packets
    await until(lambda: repaired(room, seen, most), within=1.0)  # what was under way has come
    assert seen.pleas <= 1 and seen.concealed < 0.01 and seen.voice_gap == 0, str(seen)
    assert seen.widths == {FULL} and seen.picture_gap < 1, str(seen)
    assert seen.frames > LATE * sent.sent("f").frames
    assert sent.pleas_heard() <= STAYS + 1
    lines.check()


async def repaired(room: Page, begun: Meter, most: float) -> bool:
    """Of all packets since then no more than so many are missing."""
    seen = await since(room, begun.moments[0].at)
    return sum(seen.lost()) <= most
