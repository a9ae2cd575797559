"""A program of others that is told of lessons: a real HTTP server, which believes no signature.

It shares no line with what signs: it follows the specification's own words, with OpenSSL's HMAC.
"""

import json
import time
from base64 import b64decode
from typing import Any, Self

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

TOLERANCE = 300  # seconds by which the sender's clock may be off


class Receiver:
    """Answers with ``status``, and keeps what it was told."""

    def __init__(self, port: int | None = None) -> None:
        self.status = 204
        self.secret = ""
        self.told: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.forged = 0
        self._port = port

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._hear)
        self._server = TestServer(app, port=self._port)
        await self._server.start_server()
        self._port = self._server.port
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/told"

    async def _hear(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self.secret or not genuine(self.secret, dict(request.headers), body):
            self.forged += 1
            return web.Response(status=401)
        self.ids.append(request.headers["Webhook-Id"])
        self.told.append(json.loads(body))
        location = {"Location": "/elsewhere"} if self.status // 100 == 3 else {}
        return web.Response(status=self.status, headers=location)


def genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures is right, and the message is of now."""
    sent = {name.lower(): value for name, value in headers.items()}
    if abs(time.time() - int(sent["webhook-timestamp"])) > TOLERANCE:
        return False
    text = ".".join((sent["webhook-id"], sent["webhook-timestamp"], body.decode()))
    for version, _, signature in (one.partition(",") for one in sent["webhook-signature"].split()):
        mac = HMAC(b64decode(secret.split("_", 1)[1]), SHA256())
        mac.update(text.encode())
        try:
            mac.verify(b64decode(signature))
        except InvalidSignature:
            continue
        return version == "v1"
    return False
