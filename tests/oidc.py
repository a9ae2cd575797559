"""A provider of logins as the specification has it, small and real, with the ways it may lie."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import BasicAuth, web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "synclass", "shared with the provider"


class Bureau:
    """Whoever comes to it is ``subject`` at once: nobody types a password in a test."""

    def __init__(self) -> None:
        self.subject = "2026-0815"
        self.claims: dict[str, Any] = {}
        """Put over those of the next ID tokens."""
        self.signed: Callable[[dict[str, Any]], str] = self.sign
        self.keys_asked = 0
        self._asked: dict[str, dict[str, str]] = {}
        self.rotate()

    def rotate(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._about)
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        app.router.add_get("/keys", self._keys)
        self._server = TestServer(app)
        await self._server.start_server()
        self.issuer = f"http://127.0.0.1:{self._server.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        parts = (json.dumps(one).encode() for one in ({"alg": "none"}, claims))
        return ".".join([*(_base64(part) for part in parts), ""])

    def signed_by_our_secret(self, claims: dict[str, Any]) -> str:
        key = OctKey.import_key(SECRET)
        return jwt.encode({"alg": "HS256", "kid": self.key.kid}, claims, key)

    def signed_by_public_key(self, claims: dict[str, Any]) -> str:
        """Its public key taken for a shared one: the oldest trick with JWT."""
        head = {"alg": "HS256", "kid": self.key.kid}
        text = ".".join(_base64(json.dumps(one).encode()) for one in (head, claims))
        found = hmac.digest(self.key.as_pem(private=False), text.encode(), "sha256")
        return f"{text}.{_base64(found)}"

    def signed_by_another(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)

    async def _about(self, request: web.Request) -> web.Response:
        at = self.issuer
        return web.json_response(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        self.keys_asked += 1
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["response_type"] == "code" and "openid" in asked["scope"].split()
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._asked[code] = asked
        said = {"code": code, "state": asked["state"], "iss": self.issuer}
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(said)}")

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self._asked.pop(str(form["code"]), None)  # a code is good once
        auth = BasicAuth.decode(request.headers["Authorization"])
        proof = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        good = asked is not None and (
            _base64(proof) == asked["code_challenge"]
            and form["redirect_uri"] == asked["redirect_uri"]
            and (auth.login, auth.password) == (CLIENT, SECRET.replace(" ", "%20"))
        )
        if not good or asked is None:
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "exp": now + 300}
        claims |= {"iat": now, "nonce": asked["nonce"]} | self.claims
        token = self.signed({name: value for name, value in claims.items() if value is not None})
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": token})


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
