"""A studio at work: one asks to come and is taken in; another sits in a lesson, and talks of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, expect

from signaling.app import STATIC

from ..signaling.server import School
from ..signaling.studio import OVER, STUDIO, studio
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_access import faults
from .test_alliance import known


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with studio(tmp_path) as town:
        yield town


async def opened(browser: Browser, town: School, who: str) -> Page:
    return await known(browser, town, who, at=f"studios/{STUDIO.id}")


async def test_an_apprentice_comes_and_one_who_is_in_sits_in_and_talks(
    town: School, chromium: Playwright
) -> None:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    village = await known(browser, town, "li", at="studios")
    await expect(village.get_by_role("heading", name=STUDIO.name)).to_be_visible()
    assert await faults(village) == []
    await village.get_by_role("link", name="打开").click()
    await village.get_by_role("button", name="申请加入").click()
    await expect(village.get_by_text("等主持名师同意")).to_be_visible()
    master = await opened(browser, town, "wang")
    await master.get_by_role("button", name="同意加入").click()
    await expect(master.get_by_role("button", name="移出")).to_have_count(2)
    await master.screenshot(path=PICTURES / "studio-master.png")
    await talk(browser, town)
    await browser.close()


async def talk(browser: Browser, town: School) -> None:
    apprentice = await opened(browser, town, "qian")
    over = apprentice.get_by_role("listitem").filter(has_text=OVER.title)
    await over.get_by_text("评议（0）").click()
    await over.get_by_role("button", name="说一句").click()
    await over.get_by_label("说一句").fill("<b>导入</b>很好")
    await over.get_by_role("button", name="发出").click()
    await expect(over.get_by_text("<b>导入</b>很好")).to_be_visible()
    await apprentice.screenshot(path=PICTURES / "studio-apprentice.png")
    assert await faults(apprentice) == []
    await apprentice.get_by_role("button", name="旁听").click()
    await apprentice.wait_for_url("**/watch/live")
    notes = [(who, act) for _, who, act, _ in await town.registry.notes()]
    assert ("qian", "studio.sit-in") in notes
