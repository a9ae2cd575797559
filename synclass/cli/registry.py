"""The registry for a command of the owner, who may run it beside the server."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ..adapters.registry import SqlRegistry
from .config import registry_at

VARIABLE = "SYNCLASS_REGISTRY_URL"
"""As the server's own option has it: a command that asked another registry would mislead."""


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[SqlRegistry]:
    registry = await SqlRegistry.open(registry_at(data, os.environ.get(VARIABLE, "")))
    try:
        yield registry
    finally:
        await registry.close()
