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
AWAY = 5.0  # seconds that are worth going back for
WITHIN = 220.0 if LONG else 60.0  # seconds of watching until the room is live again


async def lose(room: Page, cable: Cable) -> None:
    """Nothing passes any more: neither what is asked nor what is said."""
    cable.pull()
    await room.evaluate("window.connections.forEach(one => one.close())")


async def test_a_room_catches_up_with_what_it_missed_and_loses_no_word(lesson: Class) -> None:
    teacher = await lesson.teacher(script=SPEAKS)
    await lesson.begin(teacher)
    async with Cable(lesson.server.port) as cable:
        room = await enter(lesson, cable, "白水小学", script=HEARS)
        await until(lambda: hears_words(room, 4), within=20)
        before = await heard(room)
        await comes_back(room, cable, lesson)
        meanwhile = await heard(room)
        await watches(teacher, room, lesson)
        await live_again(room)
        after = (await heard(room))[len(meanwhile) :]
        await comes_in_again(lesson, room)
        await once_more(lesson, teacher, room)
    ways = steps([word.tone for word in [*before, *after]])
    check_words(ways)
    lesson.check()


def check_words(ways: list[int]) -> None:
    """Each is the next, or was heard before; and no more than a breath is said twice."""
    at = newest = twice = 0
    for way in ways:
        at += way
        assert at <= newest + 1, f"a word was lost: {ways}"
        twice += at <= newest
        newest = max(newest, at)
    assert twice <= 12, f"more than a breath was said twice: {ways}"


async def comes_back(room: Page, cable: Cable, lesson: Class) -> None:
    """The room loses its line, has it again, and is asked."""
    await lose(room, cable)
    await asyncio.sleep(CUT)
    cable.plug_in()
    await room.get_by_role("button", name="补看错过的").wait_for(timeout=20_000)
    await lesson.picture(room, "room-missed")


async def watches(teacher: Page, room: Page, lesson: Class) -> None:
    """It watches what it missed, and the teacher sees that it is behind."""
    await room.get_by_role("button", name="补看错过的").click()
    await room.get_by_text("补看中 · 落后").wait_for(timeout=10_000)
    await teacher.get_by_text("补看中，落后").wait_for(timeout=5_000)
    await lesson.picture(room, "room-behind")
    await lesson.picture(teacher, "teach-behind")
    assert await gets_nothing_live(room)


async def live_again(room: Page) -> None:
    """By itself, and it hears what is said now."""
    await room.get_by_text("补看中").wait_for(state="detached", timeout=WITHIN * 1000)
    live = len(await heard(room))
    await until(lambda: hears_words(room, live + 4), within=20)


async def comes_in_again(lesson: Class, room: Page) -> None:
    """The page is closed and opened: it is asked about what was said meanwhile, and may decline."""
    await room.goto("about:blank")
    await asyncio.sleep(AWAY)
    await room.go_back()
    await room.get_by_text("刚才离开了一会儿，错过了").wait_for(timeout=20_000)
    await lesson.picture(room, "room-away")
    await room.get_by_role("button", name="补看错过的").click()
    await room.get_by_text("补看中 · 落后").wait_for(timeout=10_000)
    await until(lambda: hears_words(room, 2), within=20)
    await room.get_by_role("button", name="回到现在").click()
    await room.get_by_text("补看中").wait_for(state="detached", timeout=5_000)


async def once_more(lesson: Class, teacher: Page, room: Page) -> None:
    """The teacher plays the last minute to all, and stops it when it has been enough."""
    await teacher.get_by_role("button", name="重播刚才一分钟").click()
    await room.get_by_text("重播 · 还剩").wait_for(timeout=10_000)
    live = len(await heard(room))
    await until(lambda: hears_words(room, live + 5), within=20)
    assert set(steps([word.tone for word in (await heard(room))[live + 1 :]])) == {1}
    await lesson.picture(room, "room-again")
    await lesson.picture(teacher, "teach-again")
    await teacher.get_by_role("button", name="停止重播").click()
    await room.get_by_text("重播 · 还剩").wait_for(state="detached", timeout=5_000)
    await lesson.hears_and_sees(room)
    await teacher.get_by_role("button", name="重播刚才一分钟").click()
    await room.get_by_text("重播 · 还剩").wait_for(timeout=10_000)
    await teacher.get_by_role("button", name="请上台").click()  # who is called is live at once
    await room.get_by_text("重播 · 还剩").wait_for(state="detached", timeout=5_000)
    await room.get_by_text("你们在台上").wait_for()


async def hears_words(room: Page, count: int) -> bool:
    return len(await heard(room)) >= count


async def gets_nothing_live(room: Page) -> bool:
    """Whether a room that is behind costs its line no live voice."""
    before = (await inbound(room, "audio", 0))["packets"]
    await asyncio.sleep(1)
    return bool((await inbound(room, "audio", 0))["packets"] - before < 5)
