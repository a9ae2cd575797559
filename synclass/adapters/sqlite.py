"""The registry in SQLite: accounts, lessons and the audit log in one file, on one machine."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

from ..errors import Refused, Unavailable
from ..ports import ANYWHERE, Account, LessonCard, Within
from ..words import LessonId, Role

LONGEST_QUEUE = 256
"""Questions that may wait for the disk; one more is refused with Unavailable("registry")."""
MOST_WORDS = 8
"""Words that a lesson is looked for by; others are not minded."""
LOCK_PATIENCE = 5.0
"""Seconds to wait for another process that writes (``synclass admin`` beside a running server)."""

# Step n brings a file of version n to n + 1.  A step that was ever released is never changed.
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE account (name TEXT PRIMARY KEY, shown TEXT NOT NULL, role TEXT NOT NULL,
           school TEXT NOT NULL, password TEXT NOT NULL)""",
        """CREATE TABLE lesson (id TEXT PRIMARY KEY, title TEXT NOT NULL, subject TEXT NOT NULL,
           teacher TEXT NOT NULL, code TEXT NOT NULL, made_at REAL NOT NULL,
           began_at REAL NOT NULL, ended_at REAL NOT NULL)""",
        "CREATE UNIQUE INDEX door ON lesson (code) WHERE code <> '' AND ended_at = 0",
        "CREATE INDEX newest ON lesson (made_at)",
        """CREATE TABLE note (n INTEGER PRIMARY KEY AUTOINCREMENT, wall REAL NOT NULL,
           who TEXT NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL)""",
    ),
)
_ACCOUNT = "SELECT name, shown, role, school, password FROM account"
_LESSON = "SELECT id, title, subject, teacher, code, made_at, began_at, ended_at FROM lesson"
_SAVE_ACCOUNT = """INSERT INTO account (name, shown, role, school, password) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET shown = excluded.shown, role = excluded.role,
    school = excluded.school, password = excluded.password"""
_SAVE_LESSON = """INSERT INTO lesson
    (id, title, subject, teacher, code, made_at, began_at, ended_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title,
    subject = excluded.subject, teacher = excluded.teacher, code = excluded.code,
    made_at = excluded.made_at, began_at = excluded.began_at, ended_at = excluded.ended_at"""
_LINE = "char(10)"
_WORDS = f"""title || {_LINE} || subject || {_LINE} || teacher || {_LINE} ||
    coalesce((SELECT shown FROM account WHERE name = lesson.teacher), '')"""
_FOUND = f"instr(lower({_WORDS}), lower(?)) > 0"
_WITHIN = """(?1 = '' OR subject = ?1) AND (?2 = '' OR teacher = ?2) AND
    CASE began_at WHEN 0 THEN made_at ELSE began_at END BETWEEN ?3 AND ?4"""

T = TypeVar("T")
Row = tuple[Any, ...]  # sqlite3 gives rows without types; they get theirs in _account and _card


class SqliteRegistry:
    """Accounts, lessons and audit notes; one thread of its own does the work, in order.

    At most LONGEST_QUEUE questions wait for it.  Every method raises Unavailable("registry")
    where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="registry")
        self._waiting = 0
        self._db: sqlite3.Connection

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file; make it, and its folder, where there is none."""
        registry = cls(path)
        try:
            await registry._ask(registry._connect)
        except Unavailable:
            registry._thread.shutdown()
            raise
        return registry

    async def close(self) -> None:
        """Finish what was asked and let the file go."""
        await self._ask(self._db.close)
        self._thread.shutdown()

    async def account(self, name: str) -> Account | None:
        rows = await self._rows(f"{_ACCOUNT} WHERE name = ?", name)
        return _account(rows[0]) if rows else None

    async def save_account(self, account: Account) -> None:
        a = account
        await self._rows(_SAVE_ACCOUNT, a.name, a.shown, a.role.value, a.school, a.password)

    async def accounts(self) -> list[Account]:
        """All of them, by name."""
        return [_account(row) for row in await self._rows(f"{_ACCOUNT} ORDER BY name")]

    async def lesson(self, lesson: LessonId) -> LessonCard | None:
        rows = await self._rows(f"{_LESSON} WHERE id = ?", lesson)
        return _card(rows[0]) if rows else None

    async def lesson_by_code(self, code: str) -> LessonCard | None:
        """The open lesson with this code at its door; nobody comes in by the empty one."""
        where = "WHERE code = ? AND code <> '' AND ended_at = 0"
        rows = await self._rows(f"{_LESSON} {where}", code)
        return _card(rows[0]) if rows else None

    async def save_lesson(self, card: LessonCard) -> None:
        """Add or replace by id; raises Refused("code-taken") where an open lesson has the code."""
        c = card
        times = c.made_at, c.began_at, c.ended_at
        try:
            await self._rows(_SAVE_LESSON, c.id, c.title, c.subject, c.teacher, c.code, *times)
        except Unavailable as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise Refused("code-taken", "another lesson has this code") from error
            raise

    async def lessons(
        self, *, text: str = "", within: Within = ANYWHERE, limit: int = 200
    ) -> list[LessonCard]:
        """Newest first; each word of ``text`` is looked for as it stands, capital or small."""
        words = text.split()[:MOST_WORDS]
        found = (_FOUND.replace("?", f"?{n}") for n in range(5, 5 + len(words)))
        w = within
        values = (w.subject, w.teacher, w.since, w.until, *words, max(limit, 0))
        where = " AND ".join([_WITHIN, *found])
        sql = f"{_LESSON} WHERE {where} ORDER BY made_at DESC, rowid DESC LIMIT ?{len(values)}"
        return [_card(row) for row in await self._rows(sql, *values)]

    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        sql = "INSERT INTO note (wall, who, act, what) VALUES (?, ?, ?, ?)"
        await self._rows(sql, wall, who, act, what)

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        sql = "SELECT wall, who, act, what FROM note ORDER BY n DESC LIMIT ?"
        return [(row[0], row[1], row[2], row[3]) for row in await self._rows(sql, max(limit, 0))]

    async def _rows(self, sql: str, *values: object) -> list[Row]:
        return await self._ask(lambda: self._db.execute(sql, values).fetchall())

    async def _ask(self, work: Callable[[], T]) -> T:
        if self._waiting >= LONGEST_QUEUE:
            raise Unavailable("registry", "the disk is too slow for all who ask")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except (sqlite3.Error, OSError) as error:
            raise Unavailable("registry", f"{self._path.name}: {error}") from error
        finally:
            self._waiting -= 1

    def _connect(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self._path, timeout=LOCK_PATIENCE, isolation_level=None)
        try:
            self._keep_wal()
            # Few and precious rows: 4 ms for a real sync are well spent on an account or a note.
            self._db.execute("PRAGMA synchronous = FULL")
            self._build()
        except sqlite3.Error:
            self._db.close()
            raise

    def _keep_wal(self) -> None:
        """Let readers and a writer share the file; wait for who else is turning it to that.

        SQLite waits for every lock but this one: two that turn a new file at once would wait for
        each other, so it refuses one of them at once, however patient the connection is.
        """
        given_up = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > given_up:
                    raise
                time.sleep(0.01)
            else:
                return

    def _build(self) -> None:
        """Bring the tables up to date, all steps or none, whoever else is opening the file."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > len(_STEPS):
                raise sqlite3.DatabaseError(f"made by a newer synclass (version {version})")
            for statement in _flat(_STEPS[version:]):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {len(_STEPS)}")


def _flat(steps: Iterable[Iterable[str]]) -> Iterable[str]:
    return (statement for step in steps for statement in step)


def _account(row: Row) -> Account:
    name, shown, role, school, password = row
    return Account(name, shown, Role(role), school, password)


def _card(row: Row) -> LessonCard:
    return LessonCard(LessonId(row[0]), *row[1:])
