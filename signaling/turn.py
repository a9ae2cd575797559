"""Credentials for our TURN server: named by their end, and signed with a secret it shares."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from synclass.wire import IceServer

LIFETIME = 12 * 3600  # seconds: a school day, as a ticket


class Turn:
    """Clients with no way over UDP reach the media workers through it.

    The scheme is draft-uberti-behave-turn-rest-00 §2.2, coturn's ``use-auth-secret``.
    """

    def __init__(self, urls: Sequence[str] = (), secret: str = "") -> None:
        """``urls`` as browsers take them: ``turn:school.example:443?transport=tcp``."""
        self._urls = list(urls)
        self._secret = secret.encode()

    def servers(self, who: str, now: float) -> list[IceServer]:
        """What this client may use for LIFETIME; ``now`` is wall time.  Empty without a server."""
        if not self._urls or not self._secret:
            return []
        username = f"{int(now) + LIFETIME}:{who}"
        digest = hmac.new(self._secret, username.encode(), hashlib.sha1).digest()
        return [IceServer(self._urls, username, base64.b64encode(digest).decode())]


def links(servers: Sequence[IceServer]) -> list[str]:
    """The servers as Link headers (RFC 9725 §4.6), one for each address."""
    return [
        f'<{url}>; rel="ice-server"; username="{server.username}"; '
        f'credential="{server.credential}"; credential-type="password"'
        for server in servers
        for url in server.urls
    ]
