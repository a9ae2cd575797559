"""A room whose line was cut has the same board after, whether it missed a little or a lot."""

import asyncio
import os
from functools import partial

from playwright.async_api import Page

from signaling.tail import LONGEST_TAIL
from synclass.cli.robot.client import Client
from synclass.inclass.board import EditMarks, PutMarks, Undo
from synclass.marks import SEAT, Hide, NewMark, Text, Tint

from ..waiting import until
from .cable import Cable
from .classroom import Class, board_hash, state
from .hand import hand, on_stage

LONG = os.environ.get("SYNCLASS_PROOF") == "1"
LITTLE, MUCH = (45.0, 300.0) if LONG else (9.0, 14.0)
"""Seconds; a page takes six to notice.  In five minutes its place in the class is gone, too."""
WORDS = "什么是分数？把一个整体平均分成几份，表示这样一份或几份的数。"


async def enter(lesson: Class, cable: Cable, name: str, *, script: str = "") -> Page:
    """A village comes in by a cable of its own."""
    page = await lesson.window("village", "wall", script=script)
    here = f"http://localhost:{cable.port}"
    lesson.ways += (here,)
    await page.goto(here)
    await page.get_by_label("六位课堂号").fill(lesson.code)
    await page.get_by_label("本教室的名称").fill(name)
    await page.get_by_role("button", name="进入课堂").click()
    await page.wait_for_url("**/room/*")
    await until(lambda: lesson.stage(page, "inclass"), within=30)
    return page


async def write(client: Client, first: int, count: int) -> None:
    """Words, some of them erased, coloured or undone again."""
    for n in range(first, first + count):
        body = Text(
            (400 + 40 * (n % 100), 40 + 400 * (n % 10), 4000, 200), f"{n} {WORDS}", 120, n % 8
        )
        await client.ask(PutMarks(1, [NewMark(client.seat * SEAT + n, body)]))
        if n % 7 == 0:
            await client.ask(EditMarks(1, [client.seat * SEAT + n], Tint(5)))
        if n % 11 == 0:
            await client.ask(EditMarks(1, [client.seat * SEAT + n], Hide()))
        if n % 22 == 0:
            await client.ask(Undo(1))


async def test_after_a_short_and_after_a_long_cut_all_have_one_board(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    async with (
        hand(lesson) as client,
        Cable(lesson.server.port) as short,
        Cable(lesson.server.port) as long,
        Cable(lesson.server.port) as whole,
    ):
        await until(lambda: on_stage(teacher, client))
        rooms = [
            await enter(lesson, cable, name)
            for cable, name in ((short, "白水小学"), (long, "青山小学"), (whole, "柳林小学"))
        ]
        await write(client, 1, 20)
        for room in rooms:
            await until(partial(marks, room, 20))
        short.pull()
        long.pull()
        began = asyncio.get_running_loop().time()
        await write(client, 21, 20)
        await rooms[0].get_by_text("线路中断").wait_for(timeout=20_000)
        await lesson.picture(rooms[0], "room-cut-off")
        await asyncio.sleep(max(0.0, began + LITTLE - asyncio.get_running_loop().time()))
        short.plug_in()
        await until(lambda: marks(rooms[0], 40), within=20)
        much = LONGEST_TAIL // len(WORDS.encode()) + 20
        await write(client, 41, much)
        await asyncio.sleep(max(0.0, began + MUCH - asyncio.get_running_loop().time()))
        long.plug_in()
        await until(lambda: marks(rooms[1], 40 + much), within=30)
        await until(lambda: same(teacher, rooms), within=20)
    lesson.check()


async def marks(page: Page, count: int) -> bool:
    pages = (await state(page))["board"]["pages"]
    return len(pages["1"]["marks"]) == count


async def same(teacher: Page, rooms: list[Page]) -> bool:
    """The same marks in all, and the same pixels in windows of one size."""
    boards = [(await state(page))["board"]["pages"] for page in (teacher, *rooms)]
    pixels = {await board_hash(room) for room in rooms}
    return all(board == boards[0] for board in boards) and len(pixels) == 1
