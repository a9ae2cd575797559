"""Homework as people do it: set, handed in as a photograph and by hand, marked in ink, and read."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PIL import Image, ImageDraw
from playwright.async_api import Browser, Locator, Page, Playwright, expect

from signaling.app import STATIC
from synclass.ports import Account, LessonCard
from synclass.words import LessonId, Role

from ..signaling.server import HASH, PASSWORD, School, school
from .conftest import CHROMIUM, FLAGS, PICTURES


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[School]:
    for name in ("index.html", "assets"):
        (tmp_path / name).symlink_to(STATIC / name)
    async with school(tmp_path) as town:
        now = time.time()
        times = (now - 7200, now - 6000, now - 3600)
        card = LessonCard(LessonId("m1"), "分数的意义", "五年级数学", "wang", "", *times)
        await town.registry.save_lesson(card)
        await town.registry.save_account(Account("wang", "王老师", Role.TEACHER, "中心小学", HASH))
        await town.registry.save_account(
            Account("cao", "李老师", Role.CO_TEACHER, "草兴小学", HASH)
        )
        yield town


@pytest_asyncio.fixture(loop_scope="module")
async def browser(chromium: Playwright) -> AsyncIterator[Browser]:
    browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    await browser.close()


async def person(browser: Browser, town: School, name: str = "") -> Page:
    """A window of somebody, logged in where a name is given."""
    size = {"width": 1366, "height": 768} if name else {"width": 390, "height": 844}
    context = await browser.new_context(locale="zh-CN", viewport=size, base_url=town.url)  # type: ignore[arg-type]
    page = await context.new_page()
    if name:
        await page.goto("/login")
        await page.locator("input").first.fill(name)
        await page.locator("input[type=password]").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="课后").click()
    return page


def exercise_book(path: Path) -> Path:
    """A page as a telephone photographs it: large, and of many colours."""
    page = Image.effect_noise((2400, 3200), 24).convert("RGB").point(lambda v: 120 + v // 2)
    pen = ImageDraw.Draw(page)
    for n in range(14):
        pen.line([(200, 400 + 180 * n), (2200, 400 + 180 * n)], fill=(120, 150, 200), width=6)
    pen.ellipse([600, 900, 1700, 2000], outline=(20, 30, 60), width=22)
    pen.pieslice([600, 900, 1700, 2000], 0, 240, fill=(90, 120, 170))
    page.save(path, "JPEG", quality=92)
    return path


async def draw(page: Page, sheet: Locator, *way: tuple[float, float]) -> None:
    """A stroke through these parts of the sheet."""
    await sheet.scroll_into_view_if_needed()
    box = await sheet.bounding_box()
    assert box
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in way]
    await page.mouse.move(*places[0])
    await page.mouse.down()
    for place in places[1:]:
        await page.mouse.move(*place, steps=12)
    await page.mouse.up()


async def test_homework_is_set_handed_in_twice_marked_in_ink_and_read(
    town: School, browser: Browser, tmp_path: Path
) -> None:
    teacher = await person(browser, town, "wang")
    await teacher.get_by_label("作业要求").fill("画图说明三分之二，写一句话。")
    await teacher.get_by_role("button", name="布置作业").click()
    code = (await teacher.get_by_text("作业号").first.inner_text()).split()[-1]
    helper = await person(browser, town, "cao")
    await hand_in_a_photograph(helper, exercise_book(tmp_path / "page.jpg"))
    device = await person(browser, town)
    await hand_in_by_hand(device, code)
    await mark(teacher)
    await device.reload()
    await expect(device.get_by_text("成绩：优")).to_be_visible()
    await expect(device.get_by_text("三份里取了两份，对。")).to_be_visible()
    await device.screenshot(path=PICTURES / "homework-back.png", full_page=True)
    await helper.reload()
    await helper.get_by_role("row", name="李小明").get_by_role("button", name="打开").click()
    await expect(helper.get_by_text("成绩：优")).to_be_visible()
    await painted(helper)
    await helper.screenshot(path=PICTURES / "homework-read.png")


async def hand_in_a_photograph(page: Page, photograph: Path) -> None:
    """For a pupil without a device, over a line that a photograph of a telephone would fill."""
    await page.get_by_role("button", name="替学生交作业").click()
    await page.get_by_label("学生姓名").fill("李小明")
    await page.locator("input[type=file]").set_input_files(photograph)
    said = await page.get_by_text("照片已缩小到").inner_text()
    assert int("".join(filter(str.isdecimal, said))) <= 320
    await page.screenshot(path=PICTURES / "homework-photo.png")
    await page.get_by_role("button", name="交上去").click()
    await expect(page.get_by_text("李小明的作业交上去了。")).to_be_visible()


async def hand_in_by_hand(page: Page, code: str) -> None:
    """From a pupil's telephone, by the code."""
    await page.goto("/slip")
    await page.get_by_label("八位作业号").fill(code)
    await page.screenshot(path=PICTURES / "homework-slip.png")
    await page.get_by_role("button", name="打开作业").click()
    await page.get_by_label("学校").fill("双庙中心校")
    await page.get_by_label("学生姓名").fill("王芳")
    await page.get_by_role("tab", name="手写").click()
    sheet = page.locator("canvas")
    await draw(page, sheet, (0.1, 0.2), (0.1, 0.6), (0.4, 0.6), (0.4, 0.2), (0.1, 0.2))
    await draw(page, sheet, (0.5, 0.4), (0.8, 0.5))
    await draw(page, sheet, (0.5, 0.9), (0.9, 0.9))
    await page.get_by_role("button", name="撤一笔").click()
    await page.screenshot(path=PICTURES / "homework-ink.png", full_page=True)
    await page.get_by_role("button", name="交上去").click()
    await expect(page.get_by_text("老师还没有发回")).to_be_visible()


async def mark(page: Page) -> None:
    await page.reload()
    await expect(page.get_by_text("已交 2 人，已批 0 人，已发回 0 人")).to_be_visible()
    await page.screenshot(path=PICTURES / "homework-list.png")
    await page.get_by_role("row", name="李小明").get_by_role("button", name="批改").click()
    await painted(page)
    for name, remark in (("李小明", "三份里取了两份，对。"), ("王芳", "三份里取了两份，对。")):
        await expect(page.get_by_role("heading", name=name)).to_be_visible()
        sheet = page.locator("canvas")
        await draw(page, sheet, (0.55, 0.5), (0.65, 0.65), (0.9, 0.25))
        await page.get_by_label("成绩").fill("优")
        await page.get_by_label("评语").fill(remark)
        await page.screenshot(path=PICTURES / f"homework-mark-{name}.png")
        await page.get_by_role("button", name="批好，发回给学生").click()
        await expect(page.get_by_text("已发回，学生可以看了。")).to_be_visible()
        if name == "李小明":
            await page.get_by_role("button", name="下一份").click()
    await page.get_by_role("button", name="返回").click()
    await expect(page.get_by_text("已交 2 人，已批 2 人，已发回 2 人")).to_be_visible()


async def painted(page: Page) -> None:
    """The photograph is there, with all its pixels."""
    await page.wait_for_function(
        "() => document.querySelector('.sheet-paper img')?.naturalWidth > 0"
    )
