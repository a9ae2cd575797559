"""The API, written down: as OpenAPI for programs, and as a page for people that needs no script."""

from collections.abc import Iterator
from html import escape
from typing import Any

import msgspec
from aiohttp import web

from .doors import door, doors
from .openapi import Json, document

CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1d2b27; background: #fbfaf6; }
details { border-top: 1px solid #d8d5ca; padding: .5rem 0; }
summary { cursor: pointer; }
code, pre { font: 14px/1.5 ui-monospace, monospace; }
pre { background: #f0ede3; padding: .75rem; overflow-x: auto; }
b.m { display: inline-block; min-width: 5rem; font: 600 14px ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
"""


class Reference:
    """What a house's own API is; it is found when it is asked for the first time."""

    def __init__(self) -> None:
        self._document: Json = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/openapi.json", self.openapi),
            web.get("/api/reference", self.page),
        ]

    @door(open="api.read", gives=dict)
    async def openapi(self, request: web.Request) -> web.Response:
        """This document."""
        body = msgspec.json.encode(self._made(request))
        return web.Response(body=body, content_type="application/json")

    @door(open="api.read", gives="text/html")
    async def page(self, request: web.Request) -> web.Response:
        """This document as a page."""
        headers = {"Content-Security-Policy": CSP}
        text = html(self._made(request))
        return web.Response(text=text, content_type="text/html", headers=headers)

    def _made(self, request: web.Request) -> Json:
        self._document = self._document or document(doors(request.app.router.routes()))
        return self._document


def html(api: Json) -> str:
    """A page of all routes and types, to be opened one by one."""
    said = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>synclass API</title>',
        f"<style>{STYLE}</style><h1>synclass API</h1><p>{escape(api['info']['description'])}</p>",
        '<p><a href="/api/openapi.json">openapi.json</a></p><h2>Routes</h2>',
    ]
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            said += _operation(method, path, operation)
    said.append("<h2>Types</h2>")
    for name, schema in api["components"]["schemas"].items():
        said.append(f'<details id="{escape(name)}"><summary>{escape(name)}</summary>')
        said.append(f"{_json(schema)}</details>")
    return "".join(said)


def _operation(method: str, path: str, said: Json) -> Iterator[str]:
    yield f'<details id="{escape(said["operationId"])}"><summary><b class="m">{method.upper()}</b>'
    yield f"<code>{escape(path)}</code> {escape(said['summary'])}</summary>"
    yield f"<p>{escape(said['description'])}</p>"
    keys = ", ".join(key for one in said["security"] for key in one) or "no key"
    yield f"<p>Opened by: {escape(keys)}</p>"
    if said["parameters"]:
        rows = ((p["name"], p["in"], p["schema"]["type"]) for p in said["parameters"])
        yield from _table(("parameter", "in", "type"), rows)
    if "requestBody" in said:
        yield f"<p>Body</p>{_json(said['requestBody']['content'])}"
    answers = ((s, a["description"], _kinds(a)) for s, a in said["responses"].items())
    yield from _table(("status", "what", "as"), answers)
    yield "</details>"


def _kinds(answer: Json) -> str:
    told = answer.get("content", {}).items()
    refs = ((kind, body.get("schema", {}).get("$ref", "")) for kind, body in told)
    return ", ".join(f"{kind} {ref.rpartition('/')[2]}".strip() for kind, ref in refs)


def _table(heads: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
    yield "</table>"


def _json(what: Any) -> str:
    text = msgspec.json.format(msgspec.json.encode(what), indent=2).decode()
    return f"<pre>{escape(text)}</pre>"
