"""A file that must be read for its client is sent whole or in ranges, as any other file."""

import io

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from signaling import ranges

WHOLE = bytes(range(256)) * 3000  # several pieces


async def client() -> TestClient[web.Request, web.Application]:
    async def door(request: web.Request) -> web.StreamResponse:
        return await ranges.send(request, io.BytesIO(WHOLE), "voice.webm")

    app = web.Application()
    app.add_routes([web.get("/", door)])
    return TestClient(TestServer(app))


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-300000", 5, 300_001),
        ("bytes=700000-", 700_000, len(WHOLE)),
        ("bytes=-10", len(WHOLE) - 10, len(WHOLE)),
        ("bytes=0-99999999", 0, len(WHOLE)),
    ],
)
async def test_a_range_is_that_part_of_the_whole(asked: str, begin: int, end: int) -> None:
    async with await client() as browser, browser.get("/", headers={"Range": asked}) as answer:
        assert await answer.read() == WHOLE[begin:end]
        assert (answer.status, answer.content_type) == (206, "video/webm")
        assert answer.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{len(WHOLE)}"


async def test_without_a_range_all_of_it_is_sent() -> None:
    for headers in ({}, {"Range": "bytes=5-9", "If-Range": '"another"'}):
        async with await client() as browser, browser.get("/", headers=headers) as answer:
            assert (answer.status, await answer.read()) == (200, WHOLE)
            assert answer.headers["Accept-Ranges"] == "bytes"


async def test_whoever_asks_for_the_head_gets_no_body() -> None:
    async with await client() as browser, browser.head("/") as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(WHOLE))


@pytest.mark.parametrize("asked", [f"bytes={len(WHOLE)}-", "bytes=9-5", "bytes=x"])
async def test_what_is_no_part_of_it_is_refused(asked: str) -> None:
    async with await client() as browser, browser.get("/", headers={"Range": asked}) as answer:
        assert answer.status == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(WHOLE)}"
