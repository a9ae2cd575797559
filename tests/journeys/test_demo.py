"""What a newcomer sees after `make run`: a lesson that robots hold, one before it, one to come."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, Playwright, expect

from synclass.cli.exhibit import tomorrow
from synclass.cli.exhibit.stage import TAUGHT

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
    await looks_at_tomorrow(demo, teacher)
    await looks_back(demo, teacher)
    await finds_a_word(demo)
    demo.check()


async def looks_at_tomorrow(demo: Class, teacher: Page) -> None:
    """One village has all of the courseware, one half of it, one nothing."""
    await teacher.goto(f"/teach/{tomorrow.LESSON}")
    wall = teacher.locator(".ready-wall")
    for name, words in (("草兴小学", "8/8"), ("双庙中心校", "4/8"), ("逸夫小学", "0/8")):
        row = wall.locator("tbody tr", has_text=name)
        await expect(row).to_contain_text(words, timeout=20_000)
        await expect(row.locator(".grade")).to_have_count(1, timeout=20_000)
    await expect(wall.locator("tbody tr")).to_have_count(3)
    await demo.picture(teacher, "demo-tomorrow")
    await teacher.goto(f"/plan/{tomorrow.LESSON}")
    await expect(teacher.get_by_text("能不能改成折纸条")).to_be_visible()
    await demo.picture(teacher, "demo-plan")


async def looks_back(demo: Class, teacher: Page) -> None:
    """What has just ended is replayed, reported, marked and evaluated."""
    await teacher.goto(f"/after/{TAUGHT}")
    await expect(teacher.get_by_text("已交 3 人，已批 2 人，已发回 1 人")).to_be_visible()
    await teacher.get_by_role("tab", name="报告").click()
    await expect(teacher.get_by_role("row", name="草兴小学").first).to_contain_text("13")
    await demo.picture(teacher, "demo-report")
    await teacher.goto(f"/replay/{TAUGHT}?at=360")
    await teacher.get_by_text("3/6 和 1/2 一样大").first.wait_for()
    await until(lambda: painted(teacher))
    await demo.picture(teacher, "demo-replay")
    await teacher.get_by_role("tab", name="评课").click()
    await expect(teacher.get_by_text("目标清楚，三所村小都有人上台")).to_be_visible()


async def finds_a_word(demo: Class) -> None:
    """An admin types what was said in some lesson, and is led to its moment."""
    admin = await demo.window("teacher")
    await demo.log_in(admin, "admin", (demo.server.data / "admin.password").read_text())
    await admin.get_by_role("searchbox").fill("抄完")
    found = admin.locator(".found-in")
    await expect(found).to_contain_text("两个同学还没抄完", timeout=20_000)
    await demo.picture(admin, "demo-found")
    await found.click()
    await admin.wait_for_url("**/replay/*at=*")
    await admin.get_by_role("tab", name="聊天").click()
    await expect(admin.get_by_text("两个同学还没抄完，请等一下")).to_be_visible()


async def painted(page: Page) -> bool:
    """Something is written on the board of this moment."""
    pages = await page.evaluate(
        "[...window.synclass.state().board.pages.values()].map(({marks}) => marks.size)"
    )
    return bool(sum(pages) > 20)


async def written(page: Page) -> bool:
    pages = (await state(page))["board"]["pages"].values()
    drawn: int = sum(len(one["marks"]) for one in pages)
    return drawn > 12


async def sees_rooms(page: Page) -> bool:
    frames = [(await inbound(page, "video", slot))["frames"] for slot in range(4, 8)]
    shown: int = sum(count > 3 for count in frames)
    return shown >= 3
