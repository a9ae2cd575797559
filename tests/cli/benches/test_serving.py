"""A bench has the real server, with one lesson and nobody in it."""

from pathlib import Path

import aiohttp

from synclass import wire
from synclass.cli.benches.hour import TEACHER
from synclass.cli.benches.serving import LESSON, serving, ticket


async def test_who_has_a_ticket_is_welcome(tmp_path: Path) -> None:
    async with serving(tmp_path) as (app, port), aiohttp.ClientSession() as http:
        async with http.ws_connect(f"http://127.0.0.1:{port}/ws") as ws:
            await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, ticket(TEACHER))))
            assert (await ws.receive_bytes())[1:8] == b"\xa7welcome"[:7]
        room = await app.rooms.open(LESSON)
        assert room.lesson.conduct.stage == "preclass"
