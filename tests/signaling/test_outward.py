"""Nobody makes our server knock at doors of its own house, whatever a name turns into."""

import socket
import time
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from signaling import outward
from signaling.outward import Outward
from synclass.webhooks import signed, spelt

from ..receiver import Receiver

HERE = [ip_network("127.0.0.0/8")]


class Names(AbstractResolver):
    """Names as somebody's DNS server tells them, one answer after the other."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self._addresses.pop(0)
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        yield receiver


async def posted(
    url: str, *names: str, allowed: bool = False, headers: dict[str, str] | None = None
) -> list[str]:
    """What each of as many requests came to as there are answers to its name; or of one."""
    asked = Names(*names) if names else None
    outward = Outward(HERE if allowed else (), asked)
    try:
        return [await outward.post(url, b"{}", headers or {}) for _ in names or [""]]
    finally:
        await outward.close()


async def test_a_literal_address_of_the_server_is_not_asked(receiver: Receiver) -> None:
    for host in ("127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "2130706433", "0x7f.1"):
        url = receiver.url.replace("127.0.0.1", host)
        assert (await posted(url))[0] in ("address-refused", "no-connection"), host
    assert receiver.forged == 0


async def test_a_name_that_turns_into_an_inner_address_later_is_not_asked(
    receiver: Receiver,
) -> None:
    url = receiver.url.replace("127.0.0.1", "office.example.cn")
    assert await posted(url, "10.0.0.1", "169.254.169.254", "127.0.0.1") == ["address-refused"] * 3
    assert receiver.forged == 0


async def test_where_the_operator_allows_it_a_name_of_the_intranet_is_asked(
    receiver: Receiver,
) -> None:
    url = receiver.url.replace("127.0.0.1", "office.example.cn")
    assert await posted(url, "127.0.0.1", allowed=True) == ["401"]
    assert receiver.forged == 1


async def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status = 302
    receiver.secret = spelt(b"x" * 24)
    signature = signed(receiver.secret, "msg_1", int(time.time()), b"{}")
    assert await posted(receiver.url, allowed=True, headers=signature) == ["302"]
    assert (len(receiver.told), receiver.forged) == (1, 0), "nobody else was asked"


async def test_what_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        assert await posted(url, allowed=True) == ["timeout"]
    assert await posted(url, allowed=True) == ["no-connection"]
    assert await posted(url.replace("http", "https"), allowed=True) == ["no-connection"]
