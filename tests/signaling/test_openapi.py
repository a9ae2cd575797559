"""The OpenAPI document has every route with all it may answer, and the server keeps to it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from os import environ
from pathlib import Path

import pytest
from msgspec import json

from recorder.paper import press
from signaling.doors import door_of
from signaling.login import COOKIE, proof_of
from signaling.openapi import METHODS, Json
from synclass.conduct import Begin, End, Join
from synclass.ports import LessonCard
from synclass.tickets import Login, Ticket, sign
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import KEY, School, school

EXAMPLES = 40 if environ.get("SYNCLASS_PROOF") else 3
CONFIG = """
[parameters]
"path.lesson" = "inclass"
"""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    (tmp_path / "index.html").write_text("<!doctype html>")
    async with school(tmp_path) as town:
        card = LessonCard(LessonId("inclass"), "分数", "数学", "wang", "123456", time.time())
        await town.registry.save_lesson(card)
        room = await town.app.rooms.open(card.id)
        for command in (Join(), Begin(), End())[:2]:
            room.ask(TEACHER, command)
        yield town


async def document(town: School) -> Json:
    async with town.browser() as browser, browser.get("/api/openapi.json") as response:
        found: Json = await response.json()
        return found


async def test_every_route_is_in_the_document_with_its_refusals(town: School) -> None:
    paths = (await document(town))["paths"]
    for route in town.server.app.router.routes():
        if route.method in METHODS and route.resource is not None:
            if route.resource.canonical.startswith("/assets"):
                continue
            said = paths[route.resource.canonical][route.method.lower()]["responses"]
            told = json.encode(said).decode()
            assert all(code in told for code in door_of(route).refuses), route


async def test_every_type_that_is_named_is_there(town: School) -> None:
    api = await document(town)
    text = json.encode(api).decode()
    names = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names and names <= api["components"]["schemas"].keys()


async def schemathesis(town: School, folder: Path, *headers: str) -> str:
    """What it finds of a real server; "" where that is nothing."""
    (folder / "schemathesis.toml").write_text(CONFIG)
    command = ["--config-file", str(folder / "schemathesis.toml"), "run"]
    command += [f"{town.url}/api/openapi.json", "--checks", ",".join(CHECKS)]
    command += ["--max-examples", str(EXAMPLES), "--phases", "coverage,fuzzing", "--no-color"]
    command += ["--seed", "1", "--exclude-path-regex", r"^/(\{page\}|ws|api/logout|api/login)$"]
    command += [part for header in headers for part in ("--header", header)]
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", *command),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    said, _ = await child.communicate()
    text = said.decode()
    (folder / "found.txt").write_text(text)
    return text.partition("FAILURES")[2] if child.returncode else ""


@pytest.mark.parametrize("way", ["login", "ticket"])
async def test_no_request_at_all_is_answered_with_what_the_document_does_not_say(
    town: School, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST_WAITING", 0)  # a board that is printed takes a second
    account = await town.registry.account("admin")
    assert account
    until = time.time() + 600
    ticket = sign(Ticket(LessonId("inclass"), TEACHER, until), KEY)
    login = sign(Login("admin", proof_of(account), until), KEY)
    key = f"Authorization: Bearer {ticket}" if way == "ticket" else f"Cookie: {COOKIE}={login}"
    assert await schemathesis(town, tmp_path, key) == ""
