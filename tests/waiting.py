"""Waits for the fact, never for luck."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

PATIENCE = 10.0  # seconds; these machines are slow at times


async def until(fact: Callable[[], bool | Awaitable[bool]], *, within: float = PATIENCE) -> None:
    """Return as soon as the fact holds; fail where it does not in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        holds = fact()
        if await holds if inspect.isawaitable(holds) else holds:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"not so within {within} s: {inspect.getsource(fact).strip()}")
