"""Somebody who writes and needs no browser: a classroom that stands on the stage."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from playwright.async_api import Page

from synclass.cli.robot.client import Client
from synclass.cli.robot.door import Door

from .classroom import Class


@asynccontextmanager
async def hand(lesson: Class) -> AsyncIterator[Client]:
    """Somebody who may write and needs no browser."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        entrance = await Door(http, lesson.server.url).knock(lesson.code, "溪口小学")
        client = Client(http, lesson.server.url, entrance.ticket)
        running = asyncio.create_task(client.run())
        await client.entered()
        yield client
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def on_stage(teacher: Page, client: Client) -> bool:
    asked = teacher.get_by_role("button", name="请上台").first
    if client.me not in client.board().on_stage and await asked.is_visible():
        await asked.click()
    return client.me in client.board().on_stage
