"""The database behind the registry: who may ask it now, what a transaction is, what went wrong."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, Self

from sqlalchemy import Executable, Insert, MetaData, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ...errors import Unavailable
from . import revision

LONGEST_QUEUE = 256
"""Questions that may wait for the database; one more is refused with Unavailable("registry")."""
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)
"""All tables; what the migrations make of an empty database is the same, and a test compares."""


class Kind(Protocol):
    """What SQLite and PostgreSQL do differently: a module each."""

    ERRORS: tuple[type[Exception], ...]
    """What a connection may raise before SQLAlchemy has it in hand."""

    def engine(self, where: str) -> AsyncEngine: ...
    def turns(self) -> AbstractAsyncContextManager[Any]:
        """What those who write hold, one after the other, where the database wants it so."""

    async def begin(self, connection: AsyncConnection) -> None:
        """Begin to write: nobody else does until the end."""

    async def hold_still(self, connection: AsyncConnection) -> None:
        """Begin to read: all is seen as it is at the first question, whoever writes."""

    async def alone(self, connection: AsyncConnection, name: str) -> None:
        """From here to the end nobody else is past their own line of this name."""


class Database:
    """At most LONGEST_QUEUE questions wait for it.

    Every method raises Unavailable("registry") where it cannot be used, from an IntegrityError
    where the rows would contradict one another.
    """

    def __init__(self, kind: Kind, engine: AsyncEngine, name: str) -> None:
        self._kind, self._engine, self._name = kind, engine, name
        self._errors: tuple[type[Exception], ...] = (SQLAlchemyError, OSError, *kind.ERRORS)
        self._turns = kind.turns()
        self._waiting = 0

    @classmethod
    def as_it_is(cls, where: Path | str) -> Self:
        """The same, whatever tables it has."""
        kind, name = _kind(where)
        return cls(kind, kind.engine(str(where)), name)

    @classmethod
    async def open(cls, where: Path | str) -> Self:
        """A file's path, made with its folder where there is none; or ``postgresql://...``."""
        database = cls.as_it_is(where)
        try:
            await database._bring_up_to_date()
        except Unavailable:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        await self._engine.dispose()

    async def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """Read."""
        async with self._turn(), self._engine.connect() as connection:
            return (await connection.execute(statement)).all()

    async def write(self, *statements: Executable) -> int:
        """All of them or none; says how many rows the last one met."""
        async with self.writing() as connection:
            for statement in statements:
                met = (await connection.execute(statement)).rowcount
        return met

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction of several steps: all of them or none, and nobody writes between."""
        async with self._turn(), self._turns, self._engine.connect() as connection:
            await self._kind.begin(connection)
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Everything as it is at one moment, for as long as it is read."""
        async with self._turn(), self._engine.connect() as connection:
            await self._kind.hold_still(connection)
            yield connection

    async def alone(self, connection: AsyncConnection, name: str) -> None:
        """Within writing(): one after the other from here on, of those who say the same name."""
        await self._kind.alone(connection, name)

    def upsert(self, table: Table, values: dict[str, Any]) -> Executable:
        """Add a row, or replace the one of its primary key."""
        key = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in key}
        return (
            self._insert(table).values(values).on_conflict_do_update(index_elements=key, set_=rest)
        )

    def replacing(self, table: Table) -> Executable:
        """For many rows at once: adds each, or makes it the next version of the one there is."""
        statement = self._insert(table)
        key = [column.name for column in table.primary_key]
        rest: dict[str, Any] = {
            column.name: statement.excluded[column.name]
            for column in table.c
            if column.name not in key
        }
        return statement.on_conflict_do_update(
            index_elements=key, set_=rest | {"version": table.c.version + 1}
        )

    def adding(self, table: Table) -> Insert:
        """For many rows at once: who is there stays as they are."""
        return self._insert(table).on_conflict_do_nothing()

    async def fill(
        self, connection: AsyncConnection, statement: Insert, rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Within writing(): many rows of plain values, in the table's order.

        SQLAlchemy would look at each row's parameters one by one: a third of an import.
        """
        if rows:
            names = [column.name for column in statement.table.c]
            compiled = statement.compile(dialect=self._engine.dialect, column_keys=names)
            await connection.exec_driver_sql(str(compiled), rows)

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        if self._engine.dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._waiting >= LONGEST_QUEUE:
            raise Unavailable("registry", "the database is too slow for all who ask")
        self._waiting += 1
        try:
            yield
        except self._errors as error:
            raise Unavailable("registry", f"{self._name}: {_why(error)}") from error
        finally:
            self._waiting -= 1

    async def _bring_up_to_date(self) -> None:
        async with self._turn(), self._engine.connect() as connection:
            if await connection.run_sync(revision.of) == revision.NEWEST:
                return
        migrate = import_module(f"{__package__}.migrate")  # a tenth of a second, and seldom wanted
        async with self.writing() as connection:
            await connection.run_sync(migrate.to)


def contradicts(error: Unavailable) -> bool:
    """Whether it was not the database that failed, but what it was to keep."""
    return isinstance(error.__cause__, IntegrityError)


def _kind(where: Path | str) -> tuple[Any, str]:
    """Its module, loaded only where it is used, and what people call such a database."""
    if isinstance(where, Path):
        return import_module(f"{__package__}.sqlite"), where.name
    if not where.startswith("postgresql://"):
        raise Unavailable("registry", "a registry's URL begins with postgresql://")
    return import_module(f"{__package__}.postgres"), "PostgreSQL"


def _why(error: Exception) -> str:
    """The database's own words: SQLAlchemy adds the statement, which is nobody's business."""
    return str(error.orig) if isinstance(error, StatementError) and error.orig else str(error)
