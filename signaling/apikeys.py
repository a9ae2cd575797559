"""The token that a program's request carries: whose it is, and whether its scopes reach so far."""

import hashlib
import secrets
import time

from aiohttp import web

from synclass.errors import Refused
from synclass.ports import Account, Registry, Token
from synclass.scopes import within

PREFIX = "sct_"
"""Tells a token from a door ticket, and a scanner of code that a secret was left in it."""
USED = 60.0  # seconds between two notes that a token was used


def text_of(id_: str, secret: str) -> str:
    """What the program sends: Authorization: Bearer sct_..."""
    return f"{PREFIX}{id_}_{secret}"


def sent(request: web.Request) -> str:
    """The token of a request (RFC 6750 §2.1), "" where it has none."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    text = text.strip()
    return text if scheme.lower() == "bearer" and text.startswith(PREFIX) else ""


async def owner(registry: Registry, text: str, action: str) -> Account:
    """For whom it acts; raises Refused("bad-token"), Refused("token-scope")."""
    token = await _known(registry, text)
    account = await registry.account(token.account) if token else None
    if token is None or account is None:
        raise Refused("bad-token", "this token is unknown, revoked or too old")
    if not within(token.scopes, action):
        raise Refused("token-scope", f"none of this token's scopes has {action}")
    now = time.time()
    if now - token.used_at > USED:
        await registry.use_token(token.id, now)
    return account


def hash_of(secret: str) -> str:
    """Of 192 random bits: nothing slower is needed, unlike for a password."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def _known(registry: Registry, text: str) -> Token | None:
    id_, _, secret = text.removeprefix(PREFIX).partition("_")
    token = await registry.token(id_)
    if token is None or time.time() >= token.expires_at:
        return None
    return token if secrets.compare_digest(token.secret, hash_of(secret)) else None
