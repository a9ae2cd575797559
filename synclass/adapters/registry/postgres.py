"""A registry in PostgreSQL: several nodes share it, and it may be on another machine."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import asyncpg
from sqlalchemy import func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ...errors import Unavailable

CONNECTIONS = 8
"""Of each process; a server lets a hundred in."""
PATIENCE = 5.0
"""Seconds until it has let us in, and for a connection to become free."""
LONGEST = 30.0
"""Seconds of one statement: an import's batch on a slow disk takes one."""
ERRORS: tuple[type[Exception], ...] = (asyncpg.PostgresError, asyncpg.InterfaceError)


def engine(where: str) -> AsyncEngine:
    try:
        url = make_url(where).set(drivername="postgresql+asyncpg")
    except (ArgumentError, ValueError) as error:
        raise Unavailable("registry", "this is no URL of a PostgreSQL") from error
    return create_async_engine(
        url,
        connect_args={"timeout": PATIENCE, "command_timeout": LONGEST},
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def turns() -> AbstractAsyncContextManager[Any]:
    return nullcontext()


async def begin(connection: AsyncConnection) -> None:
    """SQLAlchemy has begun already; rows are locked one by one."""


async def hold_still(connection: AsyncConnection) -> None:
    await connection.execution_options(isolation_level="REPEATABLE READ")


async def alone(connection: AsyncConnection, name: str) -> None:
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
