"""An administrator tells another program of lessons, and invites a colleague."""

from playwright.async_api import Page, expect

from ..receiver import Receiver
from ..waiting import until
from .classroom import Class
from .conftest import PICTURES

PASSWORD = "one short sentence"


async def test_a_program_that_was_away_is_told_though_the_server_fell(lesson: Class) -> None:
    admin = await lesson.window("teacher")
    await lesson.known(admin, "admin")
    await admin.goto("/outside")
    async with Receiver() as receiver:
        receiver.status = 500
        await admin.get_by_role("button", name="新建推送").click()
        await admin.get_by_label("推送到哪个地址").fill("http://192.168.1.1/told")
        await admin.get_by_role("button", name="开始推送").click()
        await expect(admin.get_by_role("alert")).to_contain_text("--webhooks-to")
        await admin.get_by_label("推送到哪个地址").fill(receiver.url)
        await admin.get_by_role("button", name="开始推送").click()
        receiver.secret = (await admin.locator(".band .secret").inner_text()).strip()
        await admin.get_by_role("button", name="试发一条").click()
        await admin.get_by_text("对方回答 500").wait_for()
        await admin.screenshot(path=PICTURES / "outside-waiting.png", full_page=True)
        lesson.server.kill("signaling")
        receiver.status = 204
        await until(lambda: len(receiver.told) > 1, within=30)
        await admin.get_by_text("已送达").wait_for()
        await admin.screenshot(path=PICTURES / "outside-arrived.png", full_page=True)
        assert set(receiver.ids) == {receiver.ids[0]} and receiver.forged == 0
        teacher = await lesson.teacher()
        await lesson.begin(teacher)
        await admin.get_by_text("上课了 分数的意义").wait_for()
        await teacher.get_by_role("button", name="结束上课").click()
        await teacher.get_by_role("button", name="下课", exact=True).click()
        await until(lambda: receiver.told[-1]["type"] == "lesson.recorded", within=30)
        kinds = [one["type"] for one in receiver.told if one["type"] != "webhook.ping"]
        assert kinds == ["lesson.started", "lesson.ended", "lesson.recorded"]
    await admin.get_by_role("button", name="删除").click()
    await admin.get_by_text("还没有推送。").wait_for()
    lesson.check()


async def test_somebody_is_invited_and_comes_in(lesson: Class) -> None:
    admin, chen = await lesson.window("teacher"), await lesson.window("village", "phone")
    await lesson.known(admin, "admin")
    await admin.goto("/home")
    await admin.get_by_role("tab", name="人员").click()
    await admin.get_by_role("button", name="邀请一位").click()
    await admin.get_by_label("姓名").fill("陈老师")
    await admin.get_by_role("button", name="生成邀请链接").click()
    link = (await admin.locator(".band .secret").inner_text()).strip()
    await admin.get_by_text("等待接受").wait_for()
    await admin.screenshot(path=PICTURES / "invitations.png", full_page=True)
    await accept(chen, link)
    await chen.wait_for_url("**/home")
    await expect(chen.locator(".whoami")).to_contain_text("陈老师")
    again = await lesson.window("village")
    await again.goto(link)
    await again.get_by_text("这个链接已经用过了").wait_for()
    lesson.check()


async def accept(chen: Page, link: str) -> None:
    """A name that somebody has, two passwords that differ, and then as it should be."""
    await chen.goto(link)
    await chen.get_by_text("陈老师，您好").wait_for()
    await chen.get_by_label("用户名").fill("wang")
    await chen.get_by_label("密码（至少").fill(PASSWORD)
    await chen.get_by_label("再输入").fill("another sentence")
    enter = chen.get_by_role("button", name="接受邀请")
    await enter.click()
    await chen.get_by_text("不一样").wait_for()
    await chen.get_by_label("再输入").fill(PASSWORD)
    await enter.click()
    await chen.get_by_text("已经有人用了").wait_for()
    await chen.screenshot(path=PICTURES / "invited.png")
    await chen.get_by_label("用户名").fill("chen")
    await enter.click()
