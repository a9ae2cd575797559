"""The OpenAPI document has every route with all it may answer, and the server keeps to it."""

from msgspec import json

from signaling.doors import door_of
from signaling.openapi import METHODS, Json

from .server import School


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
