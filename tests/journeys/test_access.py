"""No page of ours shuts anybody out, as far as axe can tell (WCAG 2.2; axe's serious and worse)."""

import re
from datetime import date
from pathlib import Path

from playwright.async_api import Page, expect

from synclass.adapters.registry import SqlRegistry
from synclass.cli import demo

from .classroom import Class, write

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests/clients/node_modules/axe-core/axe.min.js"
FAULTS = """async () => (await axe.run(document)).violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} ${target} ${html}`))"""
SCREEN = re.compile(r"\[/\^(\S+)\$/, \(\) => import")


async def faults(page: Page) -> list[str]:
    await page.evaluate(AXE.read_text())
    found: list[str] = await page.evaluate(FAULTS)
    return [f"{page.url.rsplit('/', 1)[-1]}: {fault}" for fault in found]


async def behind_tabs(page: Page, at: str, least: int) -> list[str]:
    """What a page shows behind each of its tabs."""
    await page.goto(at)
    tabs, found = page.get_by_role("tab"), list[str]()
    await tabs.nth(least - 1).wait_for()
    for n in range(await tabs.count()):
        await tabs.nth(n).click()
        await expect(tabs.nth(n)).to_have_attribute("aria-selected", "true")
        name = await tabs.nth(n).inner_text()
        found.extend(f"{name}: {fault}" for fault in await faults(page))
    return found


async def settle(data: Path) -> None:
    """A district with an alliance, so that there is something behind the tabs."""
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await demo.settle(registry, date.today())
    await registry.close()


def screens() -> list[re.Pattern[str]]:
    """The address of each page, from the browser's own table."""
    told = SCREEN.findall((ROOT / "web/src/main.tsx").read_text())
    assert len(told) > 8
    return [re.compile(one.replace("\\/", "/") + "$") for one in told]


async def test_axe_finds_no_serious_fault_on_any_page(lesson: Class) -> None:
    seen, found = set[str](), list[str]()

    async def look(page: Page, ready: str, at: str = "") -> None:
        if at:
            await page.goto(at)
        await page.get_by_text(ready).first.wait_for()
        seen.add(await page.evaluate("location.pathname"))
        found.extend(await faults(page))

    stranger = await lesson.window("village")
    await look(stranger, "课堂号", "/")
    await look(stranger, "登录", "/login")
    await look(stranger, "作业", "/slip")
    await look(stranger, "欢迎加入", "/invited")
    await look(stranger, "教室", "/classroom")
    teacher = await lesson.teacher()
    await look(teacher, "开始上课")
    room = await lesson.room("草兴小学")
    await look(room, "举手")
    await teacher.get_by_role("button", name="课前").click()
    await teacher.get_by_role("button", name="准备墙").click()
    await look(teacher, "到了 1 / 1 间教室")
    await lesson.begin(teacher)
    await write(teacher, [(0.2, 0.2), (0.6, 0.5), (0.3, 0.7)])
    await look(teacher, "结束上课")
    await look(room, "举手")
    admin, patrol = await lesson.window("teacher"), await lesson.window("village")
    await lesson.known(admin, "admin")
    await lesson.known(patrol, "zhao")
    await look(patrol, "分数的意义", "/patrol")
    await look(patrol, "分数的意义", "/map")
    await look(admin, "学校", "/district")
    await look(teacher, "教学目标", f"/plan/{lesson.lesson}")
    await teacher.go_back()
    await look(admin, "分数的意义", "/home")
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await room.get_by_text("下课了").wait_for()
    await look(admin, "章节", f"/replay/{lesson.lesson}")
    await look(teacher, "作业", f"/after/{lesson.lesson}")
    await look(teacher, "资源库", "/library")
    await look(teacher, "对比", f"/compare/{lesson.lesson}/{lesson.lesson}")
    for page, ready, at in (
        (admin, "还没有联盟", "/alliance"),
        (admin, "全区", "/figures"),
        (teacher, "王老师", "/account"),
        (admin, "事件推送", "/outside"),
        (teacher, "我的课表", "/timetable"),
        (teacher, "名校网络课堂", "/courses"),
        (teacher, "还没有名师工作室", "/studios"),
        (teacher, "还没有大比武", "/contests"),
    ):
        await look(page, ready, at)
    await settle(lesson.server.data)
    found += await behind_tabs(admin, "/district", 8)
    found += await behind_tabs(admin, "/alliance", 8)
    assert not found, "\n".join(found)
    missed = [one.pattern for one in screens() if not any(map(one.match, seen))]
    assert not missed, f"nobody looked at {missed}"
