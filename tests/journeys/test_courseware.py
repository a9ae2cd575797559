"""Twenty Chinese pages: brought before the bell, fetched by two rooms, taught without a request."""

import random
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page

from recorder.shelf import FileShelf
from synclass import wire
from synclass.inclass.pages import PageTurned
from synclass.words import LessonId

from ..waiting import until
from .classroom import SIZES, Class, board_box, board_hash, state

PAGES = 20
HAN = (
    "分数的意义和性质把单位一平均成若干份表示这样几叫做小学五年级数例题练习观察下面图形想"
    "说同桌互相讨论并写出算式再计结果比较大通约最简带真假除法关系"
)
STYLE = """
@page { size: 1280px 720px; margin: 0 }
body { margin: 0 }
section { height: 719px; overflow: hidden; padding: 0 40px; break-after: page }
section { box-sizing: border-box; font: 24px 'Noto Sans CJK SC' }
section:last-child { break-after: auto }
"""


def slides() -> str:
    """Twenty pages as a teacher makes them: a heading, a drawing, and some lines of text."""
    dice, pages = random.Random(20), []
    for n in range(1, PAGES + 1):
        lines = ("".join(dice.choice(HAN) for _ in range(40)) for _ in range(6))
        text = "".join(f"<p>{line}。</p>" for line in lines)
        shape = f"<circle cx='80' cy='80' r='{20 + 3 * n}' fill='hsl({n * 18} 60% 60%)'/>"
        drawing = f"<svg width='160' height='160'>{shape}<path d='M80 80V0' stroke='#000'/></svg>"
        pages.append(f"<section><h1>第 {n} 课 分数的意义</h1>{drawing}{text}</section>")
    return f"<!doctype html><meta charset='utf-8'><style>{STYLE}</style>{''.join(pages)}"


@pytest_asyncio.fixture(loop_scope="module")
async def deck(lesson: Class, tmp_path: Path) -> Path:
    """The slides as a PDF, printed by the browser."""
    page = await lesson.window("teacher")
    await page.set_content(slides())
    path = tmp_path / "分数的意义.pdf"
    await page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    await page.context.close()
    return path


async def like(room: Page, teacher: Page) -> None:
    """Make the room's window such that its board has as many pixels as the teacher's."""
    await as_wide(room, (await board_box(teacher))["width"])


async def as_wide(room: Page, wanted: float) -> None:
    width, height = SIZES["wall"]  # high enough: so the board is as wide as its place
    for _ in range(12):
        await room.set_viewport_size({"width": width, "height": height})
        has = (await board_box(room))["width"]
        if has == wanted:
            return
        width += round(wanted - has)
    raise AssertionError(f"a board of {has}, not {wanted}")


class Requests:
    """What the pages ask of the server."""

    def __init__(self, *pages: Page) -> None:
        self.paths: list[str] = []
        for page in pages:
            page.on("request", lambda request: self.paths.append(request.url))

    def of_pages(self) -> list[str]:
        return [path for path in self.paths if "/pages/" in path]


async def ready(teacher: Page, rooms: int) -> None:
    """Until so many rooms have all pages, and the teacher's own browser too."""
    words = f"{rooms} 间教室中 {rooms} 间就绪"
    await teacher.get_by_text(words).wait_for(timeout=60_000)
    await until(lambda: has_all(teacher), within=30)


async def has_all(teacher: Page) -> bool:
    return await teacher.locator(".handout-leaves img[src]").count() == PAGES


async def turned(teacher: Page, rooms: list[Page], place: int) -> str:
    """The pixels of the page at this place, once it is in front and the same on every screen."""
    await until(lambda: in_front([teacher, *rooms], place), within=20)
    pixels = await rested(teacher)
    await until(lambda: all_show(rooms, pixels), within=20)
    return pixels


async def all_show(rooms: list[Page], pixels: str) -> bool:
    return all([await board_hash(room) == pixels for room in rooms])


async def in_front(screens: list[Page], place: int) -> bool:
    pages = [(await state(screen))["pages"] for screen in screens]
    return all(one["current"] == one["order"][place] for one in pages)


async def rested(page: Page) -> str:
    """The board's pixels when its pictures are here and three looks see the same."""
    seen = [await board_hash(page)]
    while len(seen) < 3 or len({*seen[-3:]}) > 1 or not await pictured(page):
        await page.wait_for_timeout(60)
        seen.append(await board_hash(page))
    return seen[-1]


async def as_taught(replay: Page, pixels: str) -> None:
    async def shows() -> bool:
        return await rested(replay) == pixels

    await until(shows, within=20)


async def pictured(page: Page) -> bool:
    return bool(await page.evaluate("window.synclass.pictured()"))


async def test_a_deck_is_there_before_the_bell_and_turning_it_asks_for_nothing(
    lesson: Class, deck: Path
) -> None:
    teacher = await lesson.teacher()
    rooms = [await lesson.room("草兴小学"), await lesson.room("双庙小学")]
    await teacher.get_by_role("button", name="关闭").click()
    await teacher.get_by_role("button", name="课件", exact=True).click()
    await lesson.picture(teacher, "courseware-none")
    await teacher.locator("input[type=file]").set_input_files(deck)
    await ready(teacher, len(rooms))
    await lesson.picture(teacher, "courseware-ready")
    await lesson.picture(rooms[0], "courseware-room")
    for room in rooms:
        await room.get_by_text(f"{PAGES}/{PAGES}").wait_for()
    await teacher.get_by_role("searchbox").fill("第 7 课")
    await teacher.get_by_text("找到 1 页").wait_for()
    await teacher.get_by_role("searchbox").fill("")
    await teacher.get_by_role("button", name="放到板书").click()
    await lesson.begin(teacher)
    for room in rooms:
        await like(room, teacher)
    asked, seen = Requests(teacher, *rooms), []
    for page in range(PAGES):
        if page:
            await teacher.keyboard.press("PageDown")
        seen.append(await turned(teacher, rooms if page % 4 == 2 else [], page + 1))
        if page == 6:
            await lesson.picture(teacher, "courseware-taught")
            await lesson.picture(rooms[1], "courseware-taught-room")
    assert len({*seen}) == PAGES, "twenty pages, each another"
    assert asked.of_pages() == [], "everything was there before the bell"
    wide = (await board_box(teacher))["width"]
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await until(lambda: lesson.stage(teacher, "postclass"))
    replay = await replayed(lesson, wide)
    for page in (0, 7, PAGES - 1, 3):
        await replay.evaluate("at => window.synclass.seek(at)", turns(lesson)[page] + 0.01)
        await as_taught(replay, seen[page])
    await lesson.picture(replay, "replay-courseware")
    lesson.check()


async def replayed(lesson: Class, wide: float) -> Page:
    """The lesson in an admin's window that has seen no page of it, its board so wide."""
    page = await lesson.window("teacher")
    await lesson.log_in(page, "admin")
    await page.goto(f"/replay/{lesson.lesson}")
    await page.get_by_role("button", name="播放").wait_for()
    await as_wide(page, wide)
    return page


def turns(lesson: Class) -> list[float]:
    """When each page of the courseware came to the front."""
    records = FileShelf(lesson.server.data).read(LessonId(lesson.lesson))
    entries = [entry for record in records for entry in wire.entries(record)]
    return [entry.ms / 1000 for entry in entries if isinstance(entry.fact, PageTurned)]


async def test_a_room_that_comes_late_sees_the_page_in_front_at_once(
    lesson: Class, deck: Path
) -> None:
    teacher = await lesson.teacher()
    await teacher.get_by_role("button", name="课件", exact=True).click()
    await teacher.locator("input[type=file]").set_input_files(deck)
    await teacher.get_by_role("button", name="放到板书").click(timeout=60_000)
    await lesson.begin(teacher)
    await until(lambda: has_all(teacher), within=30)
    for place in range(2, 6):
        await teacher.keyboard.press("PageDown")
        await turned(teacher, [], place)
    room = await lesson.room("逸夫小学")
    await like(room, teacher)
    await turned(teacher, [room], 5)
    pages = (await state(room))["pages"]
    front = pages["papers"][str(pages["current"])]["sheet"]
    assert front in (await fetched(room))[:2], "it came before the pages that are not taught yet"
    await ready(teacher, 1)


async def fetched(room: Page) -> list[str]:
    """The pages a room has asked for, in that order."""
    asked: list[str] = await room.evaluate(
        """performance.getEntriesByType('resource').map(one => one.name)
             .filter(name => name.includes('/pages/'))
             .map(name => name.split('/').pop().replace('.gz', ''))"""
    )
    return list(dict.fromkeys(asked))


async def test_a_refused_file_is_said_in_words_and_the_lesson_goes_on(
    lesson: Class, tmp_path: Path
) -> None:
    teacher = await lesson.teacher()
    await teacher.get_by_role("button", name="课件", exact=True).click()
    for name, data, words in (
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42", "这种文件放不进来"),
        ("deck.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office"),
        ("broken.pdf", b"%PDF-1.7 nothing", "文件是坏的"),
    ):
        (tmp_path / name).write_bytes(data)
        await teacher.locator("input[type=file]").set_input_files(tmp_path / name)
        await teacher.get_by_text(words).wait_for()
    await lesson.picture(teacher, "courseware-refused")
    await lesson.begin(teacher)
    lesson.check()
