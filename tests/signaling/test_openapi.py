"""The OpenAPI document has every route with all it may answer, and the server keeps to it."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import json

from signaling.doors import door_of
from signaling.openapi import METHODS, Json
from synclass.conduct import Begin, Join
from synclass.ports import LessonCard
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import School, school


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    (tmp_path / "index.html").write_text("<!doctype html>")
    async with school(tmp_path) as town:
        card = LessonCard(LessonId("inclass"), "分数", "数学", "wang", "123456", time.time())
        await town.registry.save_lesson(card)
        room = await town.app.rooms.open(card.id)
        for command in (Join(), Begin()):
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
