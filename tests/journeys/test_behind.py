"""A room whose line was lost watches what it missed until it is live again, and misses no word."""

import asyncio
import os

from playwright.async_api import Page

from ..waiting import until
from .cable import Cable
from .classroom import Class, inbound
from .test_cut import enter
from .tones import HEARS, SPEAKS, heard, steps

LONG = os.environ.get("SYNCLASS_PROOF") == "1"
CUT = 60.0 if LONG else 9.0  # seconds; a page takes six to notice
WITHIN = 240.0 if LONG else 60.0  # seconds from the line's return until the room is live again


async def lose(room: Page, cable: Cable) -> None:
    """Nothing passes any more: neither what is asked nor what is said."""
    cable.pull()
    await room.evaluate("window.connections.forEach(one => one.close())")


async def test_a_room_catches_up_with_what_it_missed_and_loses_no_word(lesson: Class) -> None:
    teacher = await lesson.teacher(script=SPEAKS)
    await lesson.begin(teacher)
    async with Cable(lesson.server.port) as cable:
        room = await enter(lesson, cable, "白水小学", script=HEARS)
        await until(lambda: hears_tones(room, 4), within=20)
        before = await heard(room)
        await lose(room, cable)
        await asyncio.sleep(CUT)
        cable.plug_in()
        back = asyncio.get_running_loop().time()
        watch = room.get_by_role("button", name="补看错过的")
        await watch.wait_for(timeout=20_000)
        await lesson.picture(room, "room-missed")
        await room.evaluate("window.forget()")
        await watch.click()
        await room.get_by_text("补看中 · 落后").wait_for(timeout=10_000)
        await teacher.get_by_text("补看中，落后").wait_for(timeout=5_000)
        await lesson.picture(room, "room-behind")
        await lesson.picture(teacher, "teach-behind")
        assert await gets_nothing_live(room)
        left = WITHIN - (asyncio.get_running_loop().time() - back)
        await room.get_by_text("补看中").wait_for(state="detached", timeout=left * 1000)
        live = len(await heard(room))
        await until(lambda: hears_tones(room, live + 6), within=20)
        ways = steps(before + await heard(room))
        await once_more(lesson, teacher, room)
    assert max(ways) == 1, f"a word was lost: {ways}"
    again = [way for way in ways if way < 1]
    assert len(again) <= 2 and min(ways) >= -2, f"more than a breath was said twice: {ways}"
    lesson.check()


async def once_more(lesson: Class, teacher: Page, room: Page) -> None:
    """The teacher plays the last minute to all, and stops it when it has been enough."""
    await teacher.get_by_role("button", name="重播刚才一分钟").click()
    await room.get_by_text("重播 · 还剩").wait_for(timeout=10_000)
    await room.evaluate("window.forget()")
    await until(lambda: hears_tones(room, 5), within=20)
    await lesson.picture(room, "room-again")
    await lesson.picture(teacher, "teach-again")
    assert set(steps(await heard(room))) == {1}
    await teacher.get_by_role("button", name="停止重播").click()
    await room.get_by_text("重播 · 还剩").wait_for(state="detached", timeout=5_000)
    await lesson.hears_and_sees(room)
    await teacher.get_by_role("button", name="重播刚才一分钟").click()
    await room.get_by_text("重播 · 还剩").wait_for(timeout=10_000)
    await teacher.get_by_role("button", name="请上台").click()  # who is called is live at once
    await room.get_by_text("重播 · 还剩").wait_for(state="detached", timeout=5_000)
    await room.get_by_text("你们在台上").wait_for()


async def hears_tones(room: Page, count: int) -> bool:
    return len(await heard(room)) >= count


async def gets_nothing_live(room: Page) -> bool:
    """Whether a room that is behind costs its line no live voice."""
    before = (await inbound(room, "audio", 0))["packets"]
    await asyncio.sleep(1)
    return bool((await inbound(room, "audio", 0))["packets"] - before < 5)
