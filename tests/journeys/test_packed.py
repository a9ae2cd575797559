"""A lesson in one file is opened in a village where there is no line: whole, cut, and too long."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright

from recorder import pack as packing
from recorder.shelf import FileShelf
from synclass.cli.pack import PAGE, write
from synclass.words import LessonId

from ..recorder import studio
from ..recorder.test_deck import LESSON, deck
from ..recorder.test_deck import play as record
from ..recorder.test_pack import kept
from ..waiting import until
from .conftest import launch

OTHER = LessonId("decimals")
BEGINS, LASTS = 800.0, 4.0  # seconds of the lesson, of its sound
BROKEN, OLD = "这个文件不完整，打不开，请再拷一次。", "这个浏览器太旧"
AGAIN, ANOTHER = "请把这个文件再选一次", "这不是同一节课的文件"
WITH_VOICE = """window.synclass && !window.synclass.before &&
  window.synclass.drifts().length === 1 && window.synclass.seq() > 0"""
WITHOUT = "delete window.DecompressionStream"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Playwright) -> AsyncIterator[Browser]:
    found = await launch(chromium, [])
    yield found
    await found.close()


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson with a voice, after its bell."""
    data = tmp_path_factory.mktemp("data")
    kept(data)
    voice = deck(data, "opus", "voice")
    record(voice, studio.sound_packets(studio.opus_tone(LASTS), start=BEGINS))
    voice.close(BEGINS + LASTS)
    return data


def packed(data: Path, out: Path, lesson: LessonId = LESSON) -> Path:
    write(packing.pack(FileShelf(data), lesson, PAGE.read_bytes()), out)
    return out


async def opened(browser: Browser, file: Path, *, script: str = "") -> tuple[Page, list[str]]:
    """In a window of its own; and what it asks of others, which is nothing."""
    context = await browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    await context.add_init_script(script)
    page, asked = await context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    await page.goto(file.as_uri(), wait_until="commit")
    return page, [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]


async def is_heard(page: Page) -> bool:
    drifts = await page.evaluate("window.synclass.drifts()")
    return [name for _, name, drift in drifts if drift is not None] == ["voice"]


async def test_of_a_long_lesson_the_board_is_seen_and_the_voice_heard_when_it_is_chosen_again(
    browser: Browser, taught: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    kept(other, 4, lesson=OTHER)
    monkeypatch.setattr(packing, "INSIDE", 1000)
    file, another = (
        packed(taught, tmp_path / "课.lesson.html"),
        packed(other, tmp_path / "b.html", OTHER),
    )
    cut = tmp_path / "cut.html"
    cut.write_bytes(file.read_bytes()[:-5000])
    page, left = await opened(browser, file)
    await page.get_by_role("button", name="播放").wait_for()
    await page.get_by_text(AGAIN).wait_for()
    assert await page.get_by_text("正在打开").count() == 0
    for wrong, said in ((another, ANOTHER), (cut, BROKEN), (PAGE, ANOTHER)):
        await page.locator("input[type=file]").set_input_files(wrong)
        await page.get_by_text(said).and_(page.get_by_role("status")).wait_for()
    await page.evaluate("window.synclass.before = true")
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_text(ANOTHER).wait_for(state="detached")
    await page.wait_for_function(WITH_VOICE)
    await page.evaluate("at => window.synclass.seek(at)", BEGINS + 0.5)
    await page.get_by_role("button", name="播放").click()
    await until(lambda: is_heard(page))
    assert not left
    await page.context.close()


@pytest.mark.parametrize("kept_share", [0.02, 0.5, 0.9])
async def test_a_file_that_was_not_copied_whole_says_so(
    browser: Browser, taught: Path, tmp_path: Path, kept_share: float
) -> None:
    whole = packed(taught, tmp_path / "whole.html").read_bytes()
    file = tmp_path / "课.lesson.html"
    head = whole.index(packing.END) + len(packing.END)
    file.write_bytes(whole[: head + round((len(whole) - head) * kept_share)])
    page, _ = await opened(browser, file)
    await page.get_by_text(BROKEN).wait_for()
    assert await page.get_by_text("正在打开").count() == 0
    await page.context.close()


async def test_a_browser_that_is_too_old_is_told_so(
    browser: Browser, taught: Path, tmp_path: Path
) -> None:
    page, _ = await opened(browser, packed(taught, tmp_path / "课.html"), script=WITHOUT)
    await page.get_by_text(OLD).wait_for()
    assert await page.get_by_text(BROKEN).count() == 0
    await page.context.close()
