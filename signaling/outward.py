"""Requests that we make of others' servers: never to our own house, unless the operator says so."""

import socket
from collections.abc import Collection
from ipaddress import ip_address

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_exceptions import ClientConnectorDNSError, ClientSSLError
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from synclass.errors import Refused
from synclass.webhooks import Network, check_host, may_reach

PATIENCE = 15.0  # seconds for all of a request; who receives should answer and work afterwards


class Guard(AbstractResolver):
    """Names become addresses right before each connection: what is looked at is what is used."""

    def __init__(self, allowed: Collection[Network], asked: AbstractResolver | None = None) -> None:
        self._allowed, self._asked = allowed, asked or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises Refused("address-refused") where none of its addresses may be reached."""
        found = await self._asked.resolve(host, port, family)
        good = [one for one in found if may_reach(ip_address(one["host"]), self._allowed)]
        if found and not good:
            raise Refused("address-refused", f"{host} is in our own network")
        return good

    async def close(self) -> None:
        await self._asked.close()


class Outward:
    """Posts to addresses that others gave us: without cookies, proxies or redirects.

    Of an answer nothing but its status is looked at; its body is not read.
    """

    def __init__(self, allowed: Collection[Network], asked: AbstractResolver | None = None) -> None:
        self._allowed = allowed
        self._session = ClientSession(
            connector=TCPConnector(
                resolver=Guard(allowed, asked), use_dns_cache=False, force_close=True
            ),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=PATIENCE),
            auto_decompress=False,
        )

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> str:
        """The status, or a word for what went wrong; raises nothing."""
        try:
            check_host(URL(url).host or "", self._allowed)  # of an address nobody asks the Guard
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return str(response.status)
        except (Refused, ClientError, OSError, ValueError) as error:
            return _word(error)

    async def close(self) -> None:
        await self._session.close()


def _word(error: Exception) -> str:
    match error:
        case Refused():
            return error.code
        case TimeoutError():
            return "timeout"
        case ClientConnectorDNSError():
            return "no-name"
        case ClientSSLError():
            return "tls"
        case _:
            return "no-connection"
