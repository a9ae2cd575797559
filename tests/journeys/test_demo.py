"""What a newcomer sees after `make run`: a lesson that robots hold."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, Playwright

from ..cli.server import Server
from ..waiting import until
from .classroom import Class, inbound, state
from .conftest import CHROMIUM, FLAGS, PICTURES


@pytest_asyncio.fixture(loop_scope="module")
async def demo(
    tmp_path: Path, chromium: Playwright, films: dict[str, list[str]]
) -> AsyncIterator[Class]:
    """A server with its robots, and a browser."""
    with Server(tmp_path / "data", "--demo") as server:
        flags = [*FLAGS, *films["village"]]
        browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield Class(server, browser, browser, pictures=PICTURES)
        await browser.close()


def said(server: Server) -> str:
    """The six digits that were printed."""
    found = re.search(r"lesson code\s+(\d{3}) (\d{3})", server.log.read_text())
    return "".join(found.groups()) if found else ""


async def test_a_newcomer_is_in_a_live_class_within_a_minute(demo: Class) -> None:
    await until(lambda: said(demo.server) != "", within=30)
    demo.code = said(demo.server)
    newcomer = await demo.room("我的教室")
    await demo.hears_and_sees(newcomer)
    await until(lambda: written(newcomer), within=20)
    await demo.picture(newcomer, "demo-classroom")

    teacher = await demo.window("teacher")
    await demo.log_in(teacher, "wang", (demo.server.data / "demo.password").read_text())
    await (
        teacher.get_by_role("link", name=re.compile("进入课堂|去上课"))
        .or_(teacher.get_by_role("button", name=re.compile("进入课堂|去上课")))
        .first.click()
    )
    await teacher.wait_for_url("**/teach/*")
    await until(lambda: sees_rooms(teacher), within=20)
    await demo.picture(teacher, "demo-console")
    demo.check()


async def written(page: Page) -> bool:
    pages = (await state(page))["board"]["pages"].values()
    drawn: int = sum(len(one["marks"]) for one in pages)
    return drawn > 12


async def sees_rooms(page: Page) -> bool:
    frames = [(await inbound(page, "video", slot))["frames"] for slot in range(4, 8)]
    shown: int = sum(count > 3 for count in frames)
    return shown >= 3
