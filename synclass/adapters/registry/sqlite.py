"""A registry in one SQLite file: readers beside one writer, and patience with other processes."""

import asyncio
import sqlite3
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ...errors import Unavailable

LOCK_PATIENCE = 5.0
"""Seconds to wait for another process that writes (``synclass admin`` beside a running server)."""
READERS = 4
"""Connections, each with a thread: a slow search holds up nobody who logs in."""
ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)


def engine(where: str) -> AsyncEngine:
    try:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("registry", f"{where}: {error.strerror}") from error
    made = create_async_engine(
        URL.create("sqlite+aiosqlite", database=where),
        connect_args={"timeout": LOCK_PATIENCE, "isolation_level": None},
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(made.sync_engine, "connect", _prepare)
    return made


def turns() -> AbstractAsyncContextManager[Any]:
    """SQLite lets one write at a time; within a process they come in order, without a poll."""
    return asyncio.Lock()


async def begin(connection: AsyncConnection) -> None:
    """Take the right to write first: who reads before may find that another has written since."""
    await connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Any, _: Any) -> None:
    connection.run_async(_set_up)


async def _set_up(db: aiosqlite.Connection) -> None:
    await _keep_wal(db)
    # Few and precious rows: 4 ms for a real sync are well spent on an account or a note.
    await db.execute("PRAGMA synchronous = FULL")
    await db.execute("PRAGMA foreign_keys = ON")


async def _keep_wal(db: aiosqlite.Connection) -> None:
    """Let readers and a writer share the file; wait for who else is turning it to that.

    SQLite waits for every lock but this one: two that turn a new file at once would wait for
    each other, so it refuses one of them at once, however patient the connection is.
    """
    given_up = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            await db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > given_up:
                raise
            await asyncio.sleep(0.01)
        else:
            return


async def alone(connection: AsyncConnection, name: str) -> None:
    """Who writes is alone already."""
