"""Rooms work in groups: each hears its own, the teacher goes from one to another, all come back."""

from typing import Any

from playwright.async_api import Page, expect

from ..waiting import until
from .classroom import Class, inbound, state


async def packets(page: Page, slot: int) -> int:
    return int((await inbound(page, "audio", slot))["packets"])


async def hears(page: Page, slot: int) -> None:
    """Wait until packets of a voice come in."""
    before = await packets(page, slot)

    async def more() -> bool:
        return await packets(page, slot) > before + 10

    await until(more, within=20)


async def stops(page: Page, slot: int) -> None:
    """Wait until two looks, half a second of lesson time apart, find no packet between them."""

    async def still() -> bool:
        before = await packets(page, slot)
        await page.wait_for_function("at => performance.now() > at", arg=await clock(page) + 700)
        return await packets(page, slot) == before

    await until(still, within=20)


async def clock(page: Page) -> float:
    return float(await page.evaluate("performance.now()"))


async def talk(page: Page) -> list[str]:
    found: dict[str, Any] = (await state(page))["groups"]
    return [words["text"] for words in found["words"]]


async def test_two_rooms_work_together_and_a_third_alone_until_all_are_back(lesson: Class) -> None:
    teacher = await lesson.teacher()
    one, two = await lesson.room("草兴小学"), await lesson.room("双庙中心校")
    alone = await lesson.room("逸夫小学")
    await lesson.begin(teacher)
    await form(lesson, teacher)
    await one.get_by_text("我们是第 1 组").wait_for()
    await hears(one, 1)
    await hears(two, 1)
    await stops(alone, 1)
    await hears(alone, 0)
    await write_in_the_group(lesson, one, two, alone)
    await teacher.locator(".group-list li").nth(1).get_by_role("button", name="去这一组").click()
    await alone.get_by_text("老师在我们组").wait_for()
    await hears(alone, 0)
    await stops(one, 0)
    await hears(teacher, 0)
    await lesson.picture(teacher, "groups-visited")
    await lesson.picture(alone, "groups-alone")
    await teacher.get_by_role("button", name="全班回来").first.click()
    await expect(one.locator(".group-band")).to_have_count(0)
    await hears(one, 0)
    await stops(one, 1)
    lesson.check()


async def form(lesson: Class, teacher: Page) -> None:
    await teacher.locator(".drawers").get_by_role("button", name="分组").click()
    await teacher.get_by_label("逸夫小学 的组").select_option("2")
    await teacher.get_by_label("双庙中心校 的组").select_option("1")
    await teacher.get_by_label("任务（各组看得到）").fill("量一量课桌，写出它是几分之几米")
    await again(lesson, teacher)
    await teacher.get_by_role("button", name="分成 2 组").click()
    await teacher.get_by_role("button", name="全班回来").wait_for()


async def again(lesson: Class, teacher: Page) -> None:
    """What is chosen is kept under a name, changed, and taken again by one choice."""
    await teacher.get_by_role("button", name="记住这样分组").click()
    await teacher.get_by_label("给这种分法起个名字").fill("两校一组")
    await teacher.get_by_role("button", name="记住", exact=True).click()
    await expect(teacher.locator(".groups-drawer [role=status]")).to_contain_text(
        "记住了：两校一组"
    )
    await teacher.get_by_role("button", name="每间教室一组").click()
    await expect(teacher.get_by_role("button", name="分成 3 组")).to_be_visible()
    await teacher.get_by_label("用以前的分法").select_option(label="两校一组")
    await expect(teacher.get_by_label("逸夫小学 的组")).to_have_value("2")
    await lesson.picture(teacher, "groups-form")


async def write_in_the_group(lesson: Class, one: Page, two: Page, alone: Page) -> None:
    await one.get_by_role("button", name="组内文字").click()
    await one.get_by_label("写给本组，别组看不到").fill("我们量到 3/5 米")
    await one.get_by_role("button", name="发送").click()
    await two.get_by_role("button", name="组内文字").click()
    await two.get_by_text("我们量到 3/5 米").wait_for()
    assert await talk(alone) == [], "another group's words are not sent"
    await lesson.picture(one, "groups-room")
