"""What a login at somebody else's must say before it opens anything here (OpenID Connect Core 1.0).

https://openid.net/specs/openid-connect-core-1_0.html
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .errors import Refused

ALGORITHMS = ("RS256", "ES256")
"""Of signatures that are believed, whatever a token says: not none, and no shared key."""
LEEWAY = 60.0  # seconds by which the provider's clock may be off
OLDEST = 600.0  # seconds since a token was made: it comes right after the login
LONGEST_SUBJECT = 255  # characters (§2)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_subject(
    claims: Mapping[str, Any], *, issuer: str, client: str, nonce: str, now: float
) -> str:
    """The subject of an ID token whose signature is good (§3.1.3.7).

    Raises Refused("bad-identity") with what is wrong.
    """
    faults = {
        "another issuer": claims.get("iss") != issuer,
        "another audience": not _is_for(claims, client),
        "too old": not now < _time(claims, "exp") + LEEWAY,
        "made at another time": not -OLDEST <= _time(claims, "iat") - now <= LEEWAY,
        "another login's": not secrets.compare_digest(str(claims.get("nonce", "")), nonce),
    }
    wrong = [fault for fault, found in faults.items() if found]
    subject = claims.get("sub")
    if wrong or not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("bad-identity", f"the ID token is {', '.join(wrong) or 'nobody'}'s")
    return subject


def _is_for(claims: Mapping[str, Any], client: str) -> bool:
    audience, party = claims.get("aud"), claims.get("azp", client)
    told = audience if isinstance(audience, list) else [audience]
    alone = len(told) == 1 or "azp" in claims
    return client in told and party == client and alone


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if good else float("-inf")  # type: ignore[arg-type]


def checked_address(url: object) -> str:
    """Of a provider: https, but on this machine; raises Refused("bad-provider")."""
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    near = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not isinstance(url, str) or not parts.hostname or not (parts.scheme == "https" or near):
        raise Refused("bad-provider", f"{url!r} is no https address")
    return url


def challenge(verifier: str) -> str:
    """What the provider is told of it at first (RFC 7636 §4.2, S256)."""
    found = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()
