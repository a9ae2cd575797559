"""Waits for the fact, never for luck."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

PATIENCE = 30.0  # seconds; these machines are slow at times, and what comes is not waited for
OFTEN, SELDOM = 0.01, 0.2
"""Seconds between two looks: twice what one takes, or looking would keep the fact from coming."""


async def until(fact: Callable[[], bool | Awaitable[bool]], *, within: float = PATIENCE) -> None:
    """Return as soon as the fact holds; fail where it does not in time."""
    deadline = time.monotonic() + within
    while (looked := time.monotonic()) < deadline:
        holds = fact()
        if await holds if inspect.isawaitable(holds) else holds:
            return
        took = time.monotonic() - looked
        await asyncio.sleep(min(SELDOM, max(OFTEN, 2 * took)))
    raise AssertionError(f"not so within {within} s: {inspect.getsource(fact).strip()}")
