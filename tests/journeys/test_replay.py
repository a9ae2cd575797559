"""After the bell: the admin opens the lesson and jumps about in it."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from playwright.async_api import FilePayload, Page

from recorder.shelf import FileShelf
from synclass import wire
from synclass.conduct import Began, Ended
from synclass.inclass.pages import PageTurned
from synclass.inclass.stage import StageEntered
from synclass.words import LessonId

from ..waiting import until
from .classroom import Class, renew, state, write
from .test_lesson import CURVE, line, strokes


async def taught(lesson: Class) -> Page:
    """A short lesson of two pages with a room on stage."""
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(room)
    await write(teacher, CURVE)
    await until(lambda: strokes(room, 1))
    await marks(lesson, teacher)
    await teacher.get_by_role("button", name="请上台").first.click()
    await room.get_by_text("你们在台上").wait_for()
    await write(teacher, CURVE, pause=0.1)
    await teacher.get_by_role("button", name="新的一页").click()
    for number in range(3):
        await write(teacher, line(number), pause=0.05)
    await until(lambda: strokes(room, 5))
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await until(lambda: lesson.stage(teacher, "postclass"))
    await room.get_by_text("下课了").wait_for()
    await lesson.picture(room, "classroom-over")
    return teacher


async def marks(lesson: Class, teacher: Page) -> None:
    """She marks this moment with a key, and says what it was with two presses more."""
    await teacher.keyboard.press("m")
    await teacher.get_by_text("已标记").wait_for()
    await teacher.get_by_role("button", name="难点").click()
    await teacher.get_by_label("写一句").fill("先通分")
    await lesson.picture(teacher, "marking")
    await teacher.get_by_label("写一句").press("Enter")


async def marks_again(lesson: Class, replay: Page) -> None:
    """What she marked is a chapter; whoever watches marks, too, and takes their own away."""
    (of_hers,) = [
        one for one in (await state(replay))["bookmarks"]["marks"] if one["who"] == "u-wang"
    ]
    await replay.get_by_role("button", name="先通分").click()
    assert abs(await replay.evaluate("window.synclass.now()") - of_hers["at"]) < 1
    await replay.keyboard.press("m")
    await replay.get_by_label("写一句").fill("板书清楚")
    await replay.get_by_role("button", name="标记", exact=False).last.click()
    mine = replay.get_by_role("listitem").filter(has_text="板书清楚")
    await mine.get_by_text("只有老师和管理员看得到").wait_for()
    await lesson.picture(replay, "marked")
    await mine.get_by_role("button", name="删除标记").click()
    await mine.wait_for(state="detached")


async def pages(replay: Page) -> dict[str, Any]:
    board = (await state(replay))["board"]
    return {number: len(page["marks"]) for number, page in board["pages"].items()}


async def in_step(replay: Page, *who: str) -> bool:
    """Whether these people's tracks play where the lesson's clock stands."""
    drifts = await replay.evaluate("window.synclass.drifts()")
    there = {f"{owner[:4]} {name}": drift for owner, name, drift in drifts if drift is not None}
    return set(who) <= set(there) and all(abs(drift) < 0.1 for drift in there.values())


async def test_the_ended_lesson_replays_and_a_seek_shows_the_board_of_that_moment(
    lesson: Class, tmp_path: Path
) -> None:
    teacher = await taught(lesson)
    admin = await lesson.window("teacher")
    await lesson.known(admin, "admin")
    await admin.goto(f"/replay/{lesson.lesson}")
    await admin.get_by_role("button", name="播放").wait_for()
    final = await state(teacher)
    at = moments(lesson)
    await admin.evaluate("at => window.synclass.seek(at)", at[Ended])
    assert (await state(admin))["board"]["pages"] == final["board"]["pages"]
    await admin.evaluate("at => window.synclass.seek(at)", at[PageTurned] - 0.01)
    assert await pages(admin) == {"1": 2}
    await admin.evaluate("at => window.synclass.seek(at)", at[PageTurned] + 0.01)
    assert await pages(admin) == {"1": 2, "2": 0}
    await admin.evaluate("at => window.synclass.seek(at)", at[Began] + 1)
    await admin.get_by_role("button", name="播放").click()
    await until(lambda: in_step(admin, "u-wa voice", "u-wa camera"), within=20)
    await lesson.picture(admin, "replay")
    await admin.evaluate("at => window.synclass.seek(at)", at[StageEntered] + 1)
    await until(lambda: in_step(admin, "u-wa voice", "u-wa camera", "room voice"), within=20)
    await admin.keyboard.press("Space")
    await admin.get_by_role("button", name="播放").wait_for()
    await marks_again(lesson, admin)
    await finds(admin, "草兴小学", at[StageEntered])
    await by_the_rooms_eyes(admin)
    await asks(admin)
    questions = await taken_home(lesson, admin, tmp_path / "课.lesson.html", at)
    await brought_back(lesson, questions)
    lesson.check()


async def taken_home(
    lesson: Class, admin: Page, path: Path, at: dict[type, float]
) -> dict[str, Any]:
    """The lesson in one file, opened where there is no server, is the server's replay."""
    async with admin.expect_download() as fetched:
        await admin.get_by_role("link", name="带走").click()
    await (await fetched.value).save_as(path)
    moments = (at[Ended], at[PageTurned] - 0.01, at[Began] + 1)
    wanted = [await board_at(admin, moment) for moment in moments]
    await is_shown_out(lesson, admin)
    await admin.close()
    lesson.ways = ("file:", "data:", "blob:")
    home = await lesson.window("village", "desk")
    await home.goto(path.as_uri())
    await home.get_by_role("button", name="播放").wait_for()
    assert [await board_at(home, moment) for moment in moments] == wanted
    await home.get_by_role("button", name="播放").click()
    await until(lambda: in_step(home, "u-wa voice", "u-wa camera"), within=20)
    await lesson.picture(home, "packed")
    await home.evaluate("at => window.synclass.seek(at)", at[StageEntered] + 1)
    await until(lambda: in_step(home, "u-wa voice", "u-wa camera", "room voice"), within=20)
    await home.get_by_role("button", name="暂停").click()
    await home.evaluate("at => window.synclass.seek(at)", at[StageEntered] + 1)
    questions = await asked(home)
    assert questions["lesson"] == lesson.lesson
    assert [one[2:] for one in questions["questions"]] == [["石桥小学", "为什么要通分？"]]
    assert abs(questions["questions"][0][1] - at[StageEntered] - 1) < 5
    heard = "[...document.querySelectorAll('video')].some(one => one.videoWidth > 0)"
    await home.wait_for_function(heard)  # the picture is decoded
    return questions


async def brought_back(lesson: Class, questions: dict[str, Any]) -> None:
    """The questions of the school without a line stand in the replay of the house."""
    lesson.ways = (lesson.server.url, "data:", "blob:")
    admin = await lesson.window("teacher")
    await lesson.log_in(admin, "admin")
    told = json.dumps(questions).encode()
    file = FilePayload(name="课.questions.json", mimeType="application/json", buffer=told)
    await admin.locator("input[type=file]").set_input_files(file)
    await admin.get_by_text("收下了 1 个新问题").wait_for()
    await admin.goto(f"/replay/{lesson.lesson}")
    await admin.get_by_role("tab", name="提问").click()
    await admin.get_by_text("为什么要通分？").wait_for()


async def asked(home: Page) -> dict[str, Any]:
    """What a school without a line asks about this moment, as the file it carries off."""
    await home.get_by_role("tab", name="提问").click()
    await home.get_by_label("这里没听懂").fill("为什么要通分？")
    await home.get_by_label("谁问的").fill("石桥小学")
    await home.get_by_role("button", name="记下问题").click()
    async with home.expect_download() as saved:
        await home.get_by_role("button", name="把问题存成文件").click()
    told = await asyncio.to_thread(Path(await (await saved.value).path()).read_text)
    found: dict[str, Any] = json.loads(told)
    return found


async def board_at(replay: Page, at: float) -> tuple[object, str]:
    await replay.evaluate("at => window.synclass.seek(at)", at)
    await until(lambda: painted(replay))
    shown: str = await replay.evaluate("window.synclass.boardHash()")
    return (await state(replay))["board"]["pages"], shown


async def painted(replay: Page) -> bool:
    """Whether the board on the screen stays as it is."""
    before = await replay.evaluate("window.synclass.boardHash()")
    frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    await replay.evaluate(frames)
    return bool(before == await replay.evaluate("window.synclass.boardHash()"))


async def finds(replay: Page, words: str, at: float) -> None:
    """Look for words by the keyboard, and go to the last moment that has them."""
    await replay.keyboard.press("/")
    await replay.keyboard.type(words)
    hits = replay.get_by_role("option")
    await hits.first.wait_for()
    for _ in range(await hits.count()):
        await replay.keyboard.press("ArrowDown")
    await replay.keyboard.press("Enter")
    assert abs(await replay.evaluate("window.synclass.now()") - at) < 0.01
    await replay.keyboard.press("Escape")


async def by_the_rooms_eyes(replay: Page) -> None:
    """Look at the lesson as the room saw it, and come back to all of it."""
    await replay.get_by_role("tab", name="到课").click()
    await replay.get_by_role("link", name="看它看到的").click()
    await replay.get_by_text("草兴小学看到的").wait_for()
    told = await replay.evaluate("window.synclass.state().attendance.people.size")
    assert told == 2, "the teacher and the room itself"
    await replay.get_by_role("link", name="看全部").click()
    await replay.get_by_role("link", name="带走").wait_for()


async def asks(replay: Page) -> None:
    """Pin a question to a moment; it is there for all who watch."""
    await replay.get_by_role("tab", name="提问").click()
    await replay.get_by_label("对这一刻有疑问").fill("为什么要先通分？")
    await replay.get_by_role("button", name="记下问题").click()
    await replay.get_by_role("listitem").get_by_text("为什么要先通分？").wait_for()


async def is_shown_out(lesson: Class, replay: Page) -> None:
    """The password is changed while the replay runs: it stops, and says where."""
    await replay.get_by_role("button", name="播放").click()
    await replay.get_by_role("button", name="暂停").wait_for()
    renew(lesson.server, "admin")
    changed = time.monotonic()
    await replay.get_by_role("alert").get_by_text("登录已失效").wait_for()
    took = time.monotonic() - changed
    print(f"a lowered right is gone from a replay that runs in Chromium after {took:.2f} s")
    assert took < 3.0


def moments(lesson: Class) -> dict[type, float]:
    """When each kind of fact happened last, from the journal itself."""
    records = FileShelf(lesson.server.data).read(LessonId(lesson.lesson))
    entries = [entry for record in records for entry in wire.entries(record)]
    return {type(entry.fact): entry.ms / 1000 for entry in entries}
