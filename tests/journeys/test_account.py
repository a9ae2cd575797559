"""A teacher links her account with the district's login, comes in by it, and takes that back."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Page, expect

from ..oidc import CLIENT, SECRET, Bureau
from .classroom import Class
from .conftest import PICTURES

BY = "用教育局统一登录进入"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def options(bureau: Bureau) -> list[str]:
    said = ["--oidc-issuer", bureau.issuer, "--oidc-client", CLIENT, "--oidc-secret", SECRET]
    return [*said, "--oidc-name", "教育局统一登录"]


async def test_a_teacher_links_logs_in_by_it_and_unlinks(lesson: Class, bureau: Bureau) -> None:
    lesson.ways = (*lesson.ways, bureau.issuer)
    wang, zhao = await lesson.window("teacher"), await lesson.window("village")
    await lesson.known(wang, "wang")
    await lesson.known(zhao, "zhao")
    await links(wang)
    await zhao.goto("/account")
    await zhao.get_by_role("button", name="连接教育局统一登录").click()
    await zhao.get_by_role("alert").get_by_text("已经连着另一个账号").wait_for()
    await zhao.screenshot(path=PICTURES / "account-taken.png")
    await comes_in_by_it(wang)
    await unlinks(wang)
    await wang.get_by_role("alert").get_by_text("2026-0815").wait_for()
    await wang.screenshot(path=PICTURES / "login-refused.png")
    await an_administrator_sees_and_unlinks(lesson, wang)
    lesson.check()


async def links(wang: Page) -> None:
    await wang.goto("/home")
    await wang.get_by_role("link", name="王老师").click()
    button = wang.get_by_role("button", name="连接教育局统一登录")
    await button.wait_for()
    await wang.screenshot(path=PICTURES / "account.png")
    await button.click()
    await wang.get_by_text("已经连接好了").wait_for()
    await wang.get_by_text("已连接：2026-0815").wait_for()
    await wang.screenshot(path=PICTURES / "account-linked.png")


async def comes_in_by_it(wang: Page) -> None:
    await wang.goto("/home")
    await wang.get_by_role("button", name="退出").click()
    await wang.wait_for_url("**/login")
    await wang.get_by_role("link", name=BY).click()
    await wang.wait_for_url("**/home")
    await expect(wang.locator(".whoami")).to_contain_text("王老师")


async def unlinks(wang: Page) -> None:
    await wang.goto("/account")
    await wang.get_by_role("button", name="解除连接").click()
    await expect(wang.get_by_role("button", name="不解除")).to_be_focused()
    await wang.screenshot(path=PICTURES / "account-unlinking.png")
    await wang.get_by_role("button", name="解除", exact=True).click()
    await wang.get_by_text("已经解除了").wait_for()
    await wang.goto("/home")
    await wang.get_by_role("button", name="退出").click()
    await wang.get_by_role("link", name=BY).click()


async def an_administrator_sees_and_unlinks(lesson: Class, wang: Page) -> None:
    admin = await lesson.window("teacher")
    await lesson.known(admin, "admin")
    await admin.goto("/home")
    await admin.get_by_role("tab", name="人员").click()
    await admin.get_by_role("button", name="查看统一登录：王老师").click()
    card = admin.get_by_role("region", name="王老师的统一登录")
    await card.get_by_label("对方那边的编号").fill("2026-0815")
    await card.get_by_role("button", name="连接").click()
    await card.get_by_text("已连接。").wait_for()
    await admin.screenshot(path=PICTURES / "account-of-another.png")
    await wang.get_by_role("link", name=BY).click()
    await wang.wait_for_url("**/home")
    await card.get_by_role("button", name="解除连接").click()
    await card.get_by_text("已解除。").wait_for()
