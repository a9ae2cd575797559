"""The OpenAPI 3.1 document of every route: made of the doors and of the types they name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from synclass.scopes import having

from .api import STATUS
from .doors import Door

Json = dict[str, Any]
Refs = Mapping[type, Json]
"""Where each type is described."""
Route = tuple[str, str, Door]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNAVAILABLE = 503
SCHEMAS = "#/components/schemas/"
KEYS: dict[str, Json] = {
    "login": {"type": "apiKey", "in": "cookie", "name": "synclass"},
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A program's token, made by its owner for some scopes.",
    },
    "ticket": {"type": "http", "scheme": "bearer", "description": "A door ticket of the lesson."},
    "link": {"type": "apiKey", "in": "query", "name": "link"},
    "device": {"type": "apiKey", "in": "cookie", "name": "synclass-device"},
}
REFUSALS = {  # the codes that come with a key
    "login": ("login", "not-allowed", "password-given", "bad-token", "token-scope"),
    "ticket": ("no-ticket", "bad-ticket", "ticket-expired", "other-lesson", "not-allowed"),
    "link": ("no-ticket", "bad-ticket", "ticket-expired", "other-lesson", "login", "not-allowed"),
    "device": ("no-device",),
}
TYPES: dict[type, Json] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number"},
}
WORDS = {
    **{200: "Done.", 101: "The socket is open.", 201: "Made.", 204: "Nothing more to say."},
    **{206: "A part of it.", 304: "Not changed since.", 416: "There is no such part."},
}


def document(routes: Iterable[Route]) -> Json:
    """All routes but those that only say which methods there are."""
    known = [route for route in routes if route[0] in METHODS]
    types = {t for *_, door in known for t in (door.takes, door.gives) if isinstance(t, type)}
    types.discard(dict)  # a document of another standard
    ordered = sorted(types, key=lambda t: t.__name__)
    found, schemas = msgspec.json.schema_components(ordered, ref_template=f"{SCHEMAS}{{name}}")
    refs = dict(zip(ordered, found, strict=True))  # two of one name are told apart by their files
    paths: dict[str, Json] = {}
    for method, path, door in known:
        paths.setdefault(path, {})[method.lower()] = _operation(method, path, door, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "synclass", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": KEYS},
    }


ABOUT = (
    "Everything the pages do.  An error is JSON: a code for programs and a sentence for people.  "
    "Who may do what stands in docs/permissions.md."
)


def _operation(method: str, path: str, door: Door, refs: Refs) -> Json:
    spelt = re.sub(r"\W+", "_", path).strip("_")
    said: Json = {
        "operationId": f"{method.lower()}_{spelt}",
        "summary": door.about.partition("\n")[0] or door.name.replace("_", " "),
        "description": door.about,
        "tags": [door.actions[0].partition(".")[0]],
        "parameters": [*_places(path), *_questions(door)],
        "responses": _responses(method, path, door, refs),
        "security": list(_security(door)) or [{}],
    }
    if door.takes is not None:
        said["requestBody"] = {"required": True, "content": _body(door.takes, refs)}
    return said


def _security(door: Door) -> Iterable[Json]:
    """Keys any of which opens; of a token, the scopes any of which is enough."""
    for key in KEYS:
        if key == "token":
            yield from ({key: [scope]} for scope in having(door.login))
        elif getattr(door, key):
            yield {key: []}


def _places(path: str) -> list[Json]:
    names = re.findall(r"\{(\w+)\}", path)
    place = {"in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return [{"name": name, **place} for name in names]


def _questions(door: Door) -> list[Json]:
    asks = (item for item in door.asks.items() if item[0] != "link")  # that one is a key
    return [{"name": name, "in": "query", "schema": TYPES[kind]} for name, kind in asks]


def _body(kind: Any, refs: Refs) -> Json:
    if isinstance(kind, type):
        schema = refs.get(kind, {})
        return {"application/json": {"schema": schema}}
    media = (kind,) if isinstance(kind, str) else kind
    return {one: {} for one in media}


def _responses(method: str, path: str, door: Door, refs: Refs) -> Json:
    said = {str(door.status): _answer(door.status, door.gives, refs)}
    if door.ranges:
        said |= {"206": _answer(206, door.gives, refs), "304": _answer(304, None, refs)}
        said["416"] = _answer(416, None, refs)
    if door.tagged:
        said["304"] = _answer(304, None, refs)
    codes: dict[int, set[str]] = {UNAVAILABLE: set()}
    for code in _codes(path, door):
        status = door.statuses.get(code, STATUS.get(code, 403))
        codes.setdefault(status, set()).add(code)
    for status, some in sorted(codes.items()):
        said[str(status)] = _error(status, sorted(some))
    return said


def _codes(path: str, door: Door) -> Iterable[str]:
    for key, codes in REFUSALS.items():
        if getattr(door, key):
            yield from codes
            if "{lesson}" in path:
                yield from ("no-lesson", "not-yours")
    if door.takes is not None:
        yield from ("malformed", "too-large")
    if "{" in path:
        yield "no-path"
    yield from door.refuses


def _answer(status: int, gives: Any, refs: Refs) -> Json:
    said: Json = {"description": WORDS.get(status, "As it says.")}
    if gives is not None:
        said["content"] = _body(gives, refs)
    return said


def _error(status: int, codes: list[str]) -> Json:
    code: Json = {"type": "string"}
    if status == UNAVAILABLE:
        codes = [*codes, "or what of the outside failed"]
    else:
        code["enum"] = codes
    schema = {
        "type": "object",
        "properties": {
            "code": code,
            "message": {"type": "string"},
            "parts": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "required": ["code", "message"],
    }
    return {"description": ", ".join(codes), "content": {"application/json": {"schema": schema}}}
