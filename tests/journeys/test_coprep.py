"""A teacher plans, a village's co-teacher remarks and writes with her, and then it is taught."""

from playwright.async_api import Page, expect

from ..waiting import until
from .classroom import Class, employ, state, write


async def test_two_teachers_prepare_one_lesson_lose_nothing_and_teach_it(lesson: Class) -> None:
    employ(lesson.server, [("li", "李老师", "co-teacher")], school="草兴小学")
    teacher, village = await lesson.window("teacher"), await lesson.window("village")
    await lesson.log_in(teacher, "wang")
    await lesson.post(teacher, "/api/lessons", {"title": "圆的认识", "subject": "六年级数学"})
    await opened(teacher)
    await teacher.get_by_label("教学目标", exact=True).fill("认识圆心和半径")
    await teacher.get_by_label("教学步骤", exact=True).fill("看图 5 分钟\n用绳子画圆 10 分钟")
    await saved(teacher, 1)
    await lesson.log_in(village, "li")
    await opened(village)
    await expect(village.get_by_label("教学目标", exact=True)).to_have_value("认识圆心和半径")
    await village.get_by_label("说说“教学步骤”").fill("我们没有绳子，可以用<b>纸条</b>吗？")
    await village.get_by_role("button", name="发表").click()
    await expect(teacher.locator(".remarks").nth(2)).to_contain_text(
        "用<b>纸条</b>吗", timeout=15_000
    )
    await teacher.get_by_label("回复李老师").fill("可以，我改。")
    await teacher.get_by_role("button", name="发表").click()
    await expect(teacher.locator(".remarks").nth(2)).to_contain_text("可以，我改。")
    await both_write(lesson, teacher, village)
    await teacher.get_by_role("button", name="第 2 版").click()
    added, removed = (teacher.locator(f".difference .{one}") for one in ("added", "removed"))
    await expect(added).to_have_text(["+新加：半径都相等", "+新加：用纸条画圆 10 分钟"])
    await expect(removed).to_have_text(["−删去：用绳子画圆 10 分钟"])
    await lesson.picture(teacher, "coprep-versions")
    await taught(lesson, teacher, village)
    lesson.check()


async def taught(lesson: Class, teacher: Page, village: Page) -> None:
    """From the same card: she goes to class, and who prepared with her looks on in the village."""
    await teacher.goto("/home")
    await teacher.get_by_role("link", name="去上课").click()
    await teacher.wait_for_url("**/teach/*")
    await lesson.begin(teacher)
    await write(teacher, [(0.2, 0.3), (0.4, 0.6), (0.6, 0.3)])
    await village.goto("/home")
    card = village.locator(".lesson", has_text="圆的认识")
    await card.get_by_role("link", name="进入课堂").click()
    await village.wait_for_url("**/watch/*")
    await until(lambda: lesson.stage(village, "inclass"))
    await until(lambda: inked(village))


async def inked(page: Page) -> bool:
    return any(one["marks"] for one in (await state(page))["board"]["pages"].values())


async def opened(page: Page) -> None:
    await page.goto("/home")
    await page.locator(".lesson", has_text="圆的认识").get_by_role("link", name="备课").click()
    await page.wait_for_url("**/plan/*")


async def saved(page: Page, version: int) -> None:
    await page.get_by_role("button", name="存为新版").click()
    await expect(page.get_by_role("status")).to_contain_text(f"已存为第 {version} 版")


async def both_write(lesson: Class, teacher: Page, village: Page) -> None:
    """The village changes the steps and the homework while the teacher does so, too."""
    steps, homework = "看图 5 分钟\n用纸条画圆 10 分钟", "量家里的碗口"
    await teacher.get_by_label("教学步骤", exact=True).fill(steps)
    await teacher.get_by_label("重点难点", exact=True).fill("半径都相等")
    await village.get_by_label("教学步骤", exact=True).fill("看图 5 分钟\n用盘子画圆 10 分钟")
    await village.get_by_label("作业", exact=True).fill(homework)
    await saved(teacher, 2)
    await expect(village.get_by_role("alert")).to_contain_text(
        "王老师 刚存了第 2 版", timeout=15_000
    )
    await expect(village.get_by_label("作业", exact=True)).to_have_value(homework)
    await village.get_by_role("button", name="接着新版写").click()
    await expect(village.get_by_label("重点难点", exact=True)).to_have_value("半径都相等")
    await expect(village.locator(".theirs pre")).to_have_text(steps)
    await lesson.picture(village, "coprep-both")
    await village.get_by_role("button", name="用对方的").click()
    await saved(village, 3)
    await expect(teacher.get_by_label("教学步骤", exact=True)).to_have_value(steps)
    await expect(teacher.get_by_label("作业", exact=True)).to_have_value(homework, timeout=15_000)
