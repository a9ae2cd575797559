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


class Connection(aiosqlite.Connection):
    """Stopped once: its thread ends at the first stop, and would answer no second one.

    SQLAlchemy closes a connection whose query was cancelled gracefully and then by force; whoever
    waited for the second of the two waited for ever, and took no cancel.
    """

    _stopped: "asyncio.Future[Any] | None" = None

    def stop(self) -> "asyncio.Future[Any] | None":
        if self._stopped is None:
            self._stopped = super().stop()
        return self._stopped


def connection(database: str, **kwargs: Any) -> Connection:
    """As ``aiosqlite.connect``, in a thread that keeps no process alive."""
    made = Connection(lambda: sqlite3.connect(database, **kwargs), 64)
    made._thread.daemon = True
    return made


def engine(where: str) -> AsyncEngine:
    try:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("registry", f"{where}: {error.strerror}") from error
    made = create_async_engine(
        URL.create("sqlite+aiosqlite", database=where),
        connect_args={
            "timeout": LOCK_PATIENCE,
            "isolation_level": None,
            "async_creator_fn": connection,
        },
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


async def hold_still(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql("BEGIN")


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
