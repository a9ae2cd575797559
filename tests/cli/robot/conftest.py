"""A clock that can be put forward, so that no test waits, and aiortc as it was before a test."""

import asyncio
from collections.abc import Callable, Iterator

import aioice.ice
import pytest
import pytest_asyncio
from aiortc.codecs import vpx

Later = Callable[[float], None]


@pytest_asyncio.fixture
async def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Puts the loop's clock forward by so many seconds, as if this machine had stood still."""
    loop, gone = asyncio.get_running_loop(), [0.0]
    true = loop.time
    monkeypatch.setattr(loop, "time", lambda: true() + gone[0])

    def jump(seconds: float) -> None:
        gone[0] += seconds

    return jump


@pytest.fixture
def untouched() -> Iterator[None]:
    """What network.prepare() changes is put back."""
    kept = aioice.ice.get_host_addresses, aioice.ice.CONSENT_FAILURES
    rates = vpx.DEFAULT_BITRATE, vpx.MIN_BITRATE
    yield
    aioice.ice.get_host_addresses, aioice.ice.CONSENT_FAILURES = kept
    vpx.DEFAULT_BITRATE, vpx.MIN_BITRATE = rates
