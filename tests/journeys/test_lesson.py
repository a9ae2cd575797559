"""A lesson from the bell to the bell, in real browsers."""

import asyncio
import math
import os
import signal
import time

import pytest
from playwright.async_api import Page

from ..waiting import until
from .classroom import Class, board_box, board_hash, inbound, rises, settles, state, write
from .conftest import filmed

CURVE = [(0.2 + 0.3 * t / 40, 0.4 + 0.1 * math.sin(t / 6)) for t in range(41)]


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Cameras as schools have them."""
    folder = tmp_path_factory.mktemp("cameras")
    return filmed(folder, teacher="testsrc2=s=640x360:r=15", village="rgbtestsrc=s=320x180:r=10")


def line(number: int) -> list[tuple[float, float]]:
    """A short stroke of its own place."""
    return [(0.1 + 0.01 * n, 0.2 + 0.06 * number) for n in range(20)]


async def test_two_classrooms_see_hear_and_read_the_teacher(lesson: Class) -> None:
    teacher = await lesson.teacher(by_hand=True)
    await lesson.picture(teacher, "console-before")
    rooms = [await lesson.room(name) for name in ("草兴小学 三年级", "双庙中心校")]
    await lesson.begin(teacher)
    for room in rooms:
        await lesson.hears_and_sees(room)
    await write(teacher, CURVE)
    delays = []
    for number in range(4):
        boards = [asyncio.create_task(settles(room, strokes=number + 2)) for room in rooms]
        await write(teacher, line(number))
        lifted = time.time()
        pixels, at = zip(*[await board for board in boards], strict=True)
        assert pixels[0] == pixels[1], "the same pixels in both classrooms"
        delays.append(max(at) - lifted)
    assert min(delays) < 0.3, delays
    await lesson.picture(teacher, "console")
    await lesson.picture(rooms[0], "classroom")
    lesson.check()


async def test_a_raised_hand_brings_a_room_on_stage_to_all(lesson: Class) -> None:
    teacher = await lesson.teacher()
    village, other = [await lesson.room(name) for name in ("草兴小学", "逸夫小学")]
    await lesson.begin(teacher)
    await village.get_by_role("button", name="举手").click()
    await teacher.get_by_role("button", name="请上台").first.click()
    await village.get_by_text("你们在台上").wait_for()
    await until(lambda: stage_picture(other, audio=1, video=2), within=20)
    await until(lambda: stage_picture(teacher, audio=0, video=0), within=20)
    await write(village, CURVE)
    await until(lambda: strokes(other, 1))
    await lesson.picture(teacher, "console-stage")
    await lesson.picture(village, "classroom-on-stage")
    await lesson.picture(other, "classroom-stage")
    await teacher.get_by_role("button", name="下台").first.click()
    await village.get_by_role("button", name="举手").wait_for()
    lesson.check()


async def stage_picture(page: Page, *, audio: int, video: int) -> bool:
    sound = await inbound(page, "audio", audio)
    picture = await inbound(page, "video", video)
    return bool(sound["energy"] > 0 and picture["frames"] > 10)


async def strokes(page: Page, count: int) -> bool:
    board = (await state(page))["board"]
    return sum(len(p["marks"]) for p in board["pages"].values()) >= count


async def test_a_reload_in_the_middle_has_the_same_board_within_a_second(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    for number in range(6):
        await write(teacher, line(number), pause=0.002)
    await until(lambda: strokes(room, 6))
    before, _ = await settles_again(room)
    took = []
    for _ in range(3):
        began = time.monotonic()
        await room.reload(wait_until="commit")
        await until(lambda: same_board(room, before))
        took.append(time.monotonic() - began)
    assert min(took) < 1.0, took
    assert len((await state(room))["conduct"]["present"]) == 2, "the same participant as before"
    await pen_down(teacher)
    await until(lambda: half_written(room))
    await teacher.reload(wait_until="commit")
    await until(lambda: all_lifted(room))
    assert (await settles_again(room))[0] != before, "what there was of it is a stroke like others"
    lesson.check()


async def pen_down(page: Page) -> None:
    """Begin a stroke that no hand will end."""
    box = await board_box(page)
    await page.mouse.move(box["x"] + 300, box["y"] + 300)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 500, box["y"] + 360, steps=8)


async def half_written(page: Page) -> bool:
    return bool((await state(page))["board"]["drawing"])


async def all_lifted(page: Page) -> bool:
    return not await half_written(page)


async def settles_again(page: Page) -> tuple[str, float]:
    """The pixels once they no longer change."""
    last = ""
    while (now := await board_hash(page)) != last:
        last = now
        await asyncio.sleep(0.3)
    return last, time.time()


async def same_board(page: Page, pixels: str) -> bool:
    there = await page.evaluate("!!window.synclass")
    return there and await board_hash(page) == pixels


async def test_signaling_killed_in_the_middle_comes_back_and_nothing_is_missing(
    lesson: Class,
) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(room)
    await write(teacher, line(0))
    before = (await inbound(room, "video", 0))["frames"]
    lesson.server.kill("signaling")
    for number in (1, 2):
        await write(teacher, line(number))
    await until(lambda: strokes(room, 3), within=20)
    assert await rises(room, 0, before), "voice and picture went on meanwhile"
    await until(lambda: same_seq(teacher, room))
    mine, theirs = (await state(teacher))["board"], (await state(room))["board"]
    assert mine["pages"] == theirs["pages"]
    assert (await state(room))["conduct"]["epoch"] == 2
    lesson.check()


async def same_seq(*pages: Page) -> bool:
    seqs = [await page.evaluate("window.synclass.seq()") for page in pages]
    return len(set(seqs)) == 1


async def test_a_line_that_drops_is_said_calmly_and_what_was_missed_is_there(
    lesson: Class,
) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await write(teacher, line(0))
    await until(lambda: strokes(room, 1))
    await room.context.set_offline(True)
    signaling = lesson.server.pid("signaling")
    os.kill(signaling, signal.SIGSTOP)  # what is open stays open, and nothing comes through it
    await room.get_by_text("线路中断").wait_for()
    await lesson.picture(room, "classroom-line-lost")
    os.kill(signaling, signal.SIGCONT)
    await write(teacher, line(1))
    await room.context.set_offline(False)
    await until(lambda: strokes(room, 2), within=20)
    await room.get_by_text("已恢复").wait_for()
    lesson.check()
