"""A teacher's window in Chromium on a full page: how soon it is there, how it moves."""

from __future__ import annotations  # where Playwright is missing its names are, too

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..robot.glyphs import text
from ..robot.pen import smooth
from . import hour
from .serving import LESSON, ticket

try:
    from playwright.async_api import Browser, CDPSession, Page, async_playwright
except ImportError:  # a tool of the developers': whoever only teaches has none
    async_playwright = None  # type: ignore[assignment]

SIZE = (1920, 1080)
_NOT_WANTED = (
    # Under its address bar each new window has pages of its own, hidden: 1.2 s of CPU.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled"),
    # What Playwright leaves out by itself, as long as nobody else names features.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "PreconnectToSearch"),
)
BARE = f"--disable-features={','.join(_NOT_WANTED)}"
"""Chromium's flag for windows in which there is nothing but the page."""
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio", BARE),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
]
REPORTS = 1 / 120  # seconds between two reports of the mouse
WARM = 3  # windows before the one that counts: the disk is read, the code is compiled
WATCH = """
window.frames60 = [];
let before = performance.now(), frames = 0, tell;
window.painted = new Promise(done => tell = done);
const look = now => {
  window.frames60.push(now - before);
  before = now;
  const board = window.synclass?.state().board;
  const marks = board ? [...board.pages.values()].reduce((sum, p) => sum + p.marks.size, 0) : 0;
  if (marks >= STROKES && ++frames === 2) tell(performance.now());
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


class Window(Struct):
    first_paint_ms: float
    """From the address to the first frame with all ink on it."""
    frame_p50_ms: float
    frame_p95_ms: float
    """Between two frames while a pen writes on the full page."""
    frames_a_second: float
    undo_p95_ms: float
    """Frames again, while strokes are wiped, undone and redone."""
    heap_mb: float
    tab_mb: float
    """Private memory of the renderer's process."""


def there() -> bool:
    return async_playwright is not None and chromium() is not None


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@asynccontextmanager
async def browsing(*flags: str) -> AsyncIterator[Browser]:
    """Chromium, with these flags beside ours."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=[*FLAGS, *flags]
        )
        yield browser
        await browser.close()


async def look(url: str, strokes: int) -> Window:
    async with browsing() as browser:
        for _ in range(WARM):
            page, _ = await _open(browser, url, strokes)
            await page.context.close()
        page, first = await _open(browser, url, strokes)
        writing = await _frames(page, _write(page))
        undoing = await _frames(page, _undo(page))
        session = await page.context.new_cdp_session(page)
        heap = await _heap(session)
        tab = await _private(browser)
    return Window(
        first_paint_ms=first,
        frame_p50_ms=share(writing, 0.5),
        frame_p95_ms=share(writing, 0.95),
        frames_a_second=1000 * len(writing) / sum(writing),
        undo_p95_ms=share(undoing, 0.95),
        heap_mb=heap / 1e6,
        tab_mb=tab / 1e6,
    )


async def _open(browser: Browser, url: str, strokes: int) -> tuple[Page, float]:
    width, height = SIZE
    context = await browser.new_context(viewport={"width": width, "height": height})
    key = f"synclass.ticket.teach.{LESSON}"
    await context.add_init_script(f"localStorage.setItem({key!r}, {ticket(hour.TEACHER)!r});")
    await context.add_init_script(WATCH.replace("STROKES", str(strokes)))
    page = await context.new_page()
    await page.goto(f"{url}/teach/{LESSON}")
    return page, float(await page.evaluate("window.painted"))


async def _frames(page: Page, work: Any) -> list[float]:
    """Milliseconds between the frames while something is done."""
    await asyncio.sleep(1.5)  # small pictures of the page are painted a while after the last change
    await page.evaluate("window.frames60.length = 0")
    await work
    frames: list[float] = await page.evaluate("window.frames60")
    return frames


async def _write(page: Page) -> None:
    box = await page.locator(".sheet").bounding_box()
    assert box
    for line in text("分数的意义大小", 60, 300, 220):
        corners = [
            (box["x"] + x / SIZE[0] * box["width"], box["y"] + y / SIZE[1] * box["height"])
            for x, y in smooth(line)
        ]
        await page.mouse.move(*corners[0])
        await page.mouse.down()
        for corner in corners[1:]:
            await page.mouse.move(*corner)
            await asyncio.sleep(REPORTS)
        await page.mouse.up()


async def _undo(page: Page) -> None:
    for key in ["Control+z"] * 12 + ["Control+Shift+z"] * 12:
        await page.keyboard.press(key)
        await asyncio.sleep(0.12)


async def _heap(session: CDPSession) -> float:
    await session.send("HeapProfiler.collectGarbage")
    await session.send("Performance.enable")
    metrics = await session.send("Performance.getMetrics")
    return float(next(m["value"] for m in metrics["metrics"] if m["name"] == "JSHeapUsedSize"))


async def _private(browser: Browser) -> float:
    session = await browser.new_browser_cdp_session()
    told = await session.send("SystemInfo.getProcessInfo")
    renderers = [one["id"] for one in told["processInfo"] if one["type"] == "renderer"]
    return max(_private_bytes(pid) for pid in renderers)


def _private_bytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(1024.0 * int(line.split()[1]) for line in lines if line.startswith("Private_"))


def share(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
