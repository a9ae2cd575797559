"""What an alliance wrote down in the registry: policies, trainings, exchanges, words on lessons."""

from typing import Any

from msgspec import structs
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from ...errors import Refused
from ...school.alliance import (
    MOST_EVENTS,
    MOST_POLICIES,
    MOST_VERSIONS,
    Attendee,
    Exchange,
    Policy,
    Reading,
    Training,
    Word,
)
from ...school.places import Alliance
from .database import METADATA
from .things import SqlThings, made
from .threads import counted, said, say, thread


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _of_alliance() -> Column[str]:
    return Column("alliance", Text, ForeignKey("alliance.id"), nullable=False)


POLICY = Table(
    "policy",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    _of_alliance(),
    *_texts("title", "text", "by"),
    Column("at", Double, nullable=False),
)
Index("policies_of_alliance", POLICY.c.alliance)
READING = Table(
    "policy_reading",
    METADATA,
    Column("policy", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("account", Text, primary_key=True),
    *_texts("shown", "school"),
    Column("at", Double, nullable=False),
)
TRAINING = Table(
    "training",
    METADATA,
    Column("id", Text, primary_key=True),
    _of_alliance(),
    *_texts("title", "about", "place"),
    Column("starts_at", Double, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("seats", "version")),
)
Index("trainings_of_alliance", TRAINING.c.alliance)
ATTENDEE = Table(
    "attendee",
    METADATA,
    Column("training", Text, ForeignKey("training.id"), primary_key=True),
    Column("account", Text, primary_key=True),
    *_texts("shown", "school"),
    Column("at", Double, nullable=False),
    Column("came", Boolean, nullable=False),
)
EXCHANGE = Table(
    "exchange",
    METADATA,
    Column("id", Text, primary_key=True),
    _of_alliance(),
    *_texts("title", "about", "day", "lesson"),
    Column("rooms", JSON, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("exchanges_of_alliance", EXCHANGE.c.alliance)
WORD = thread("alliance_word", of="alliance")
Index("words_of_alliance", WORD.c.of)
Index("words_on_lesson", WORD.c.lesson)


class SqlAlliances(SqlThings):
    async def alliance(self, id_: str) -> Alliance:
        table = METADATA.tables["alliance"]
        if rows := await self._db.rows(select(table).where(table.c.id == id_)):
            return made(Alliance, rows[0])
        raise Refused("no-alliance", "there is no such alliance")

    async def save_policy(self, seen: int, policy: Policy) -> Policy:
        """Two who save at once: the second meets the first's version, and nothing is lost."""
        c = POLICY.c
        newest = select(func.max(c.number), func.max(c.alliance)).where(c.id == policy.id)
        async with self._db.writing() as connection:
            await self._db.alone(connection, POLICY.name)
            number, of = (await connection.execute(newest)).one()
            if (number or 0) != seen or (of or policy.alliance) != policy.alliance:
                raise Refused("changed-meanwhile", "somebody has saved another version meanwhile")
            if seen >= MOST_VERSIONS:
                raise Refused("too-many-versions", f"a policy has {MOST_VERSIONS} versions at most")
            first = c.alliance == policy.alliance, c.number == 1
            if not seen and await counted(connection, POLICY, *first) >= MOST_POLICIES:
                raise Refused("too-many", f"an alliance has {MOST_POLICIES} policies at most")
            kept = structs.replace(policy, number=seen + 1)
            await connection.execute(insert(POLICY).values(structs.asdict(kept)))
        return kept

    async def policies(self, alliance: str) -> list[Policy]:
        c = POLICY.c
        found = select(POLICY).where(c.alliance == alliance).order_by(c.at.desc(), c.id)
        return [made(Policy, row) for row in await self._db.rows(found)]

    async def note_reading(self, reading: Reading) -> None:
        c, values = POLICY.c, structs.asdict(reading)
        there = c.id == reading.policy, c.number == reading.number
        async with self._db.writing() as connection:
            if not await counted(connection, POLICY, *there):
                raise Refused("not-there", "there is no such version of a policy")
            await connection.execute(self._db.adding(READING).values(values))

    async def readings(self, alliance: str) -> list[Reading]:
        of = select(POLICY.c.id).where(POLICY.c.alliance == alliance)
        c = READING.c
        found = select(READING).where(c.policy.in_(of)).order_by(c.at, c.account)
        return [made(Reading, row) for row in await self._db.rows(found)]

    async def trainings(self, alliance: str) -> list[Training]:
        c = TRAINING.c
        found = select(TRAINING).where(c.alliance == alliance).order_by(c.starts_at.desc(), c.id)
        return [made(Training, row) for row in await self._db.rows(found.limit(MOST_EVENTS))]

    async def training(self, id_: str) -> Training | None:
        rows = await self._db.rows(select(TRAINING).where(TRAINING.c.id == id_))
        return made(Training, rows[0]) if rows else None

    async def attend(self, one: Attendee) -> None:
        c = ATTENDEE.c
        seats = select(TRAINING.c.seats).where(TRAINING.c.id == one.training)
        others = c.training == one.training, c.account != one.account
        async with self._db.writing() as connection:
            await self._db.alone(connection, ATTENDEE.name)
            most = (await connection.execute(seats)).scalar()
            if most is None:
                raise Refused("not-there", "there is no such training")
            if most and not one.came and await counted(connection, ATTENDEE, *others) >= most:
                raise Refused("full", f"all {most} seats of this training are taken")
            await connection.execute(self._db.upsert(ATTENDEE, structs.asdict(one)))

    async def stay_away(self, training: str, account: str) -> None:
        c = ATTENDEE.c
        await self._db.write(delete(ATTENDEE).where(c.training == training, c.account == account))

    async def attendees(self, alliance: str) -> list[Attendee]:
        of = select(TRAINING.c.id).where(TRAINING.c.alliance == alliance)
        c = ATTENDEE.c
        found = select(ATTENDEE).where(c.training.in_(of)).order_by(c.at, c.account)
        rows = await self._db.rows(found)
        return [Attendee(**{**row._mapping, "came": bool(row.came)}) for row in rows]

    async def exchanges(self, alliance: str) -> list[Exchange]:
        c = EXCHANGE.c
        found = select(EXCHANGE).where(c.alliance == alliance).order_by(c.day.desc(), c.id)
        return [made(Exchange, row) for row in await self._db.rows(found.limit(MOST_EVENTS))]

    async def exchange(self, id_: str) -> Exchange | None:
        rows = await self._db.rows(select(EXCHANGE).where(EXCHANGE.c.id == id_))
        return made(Exchange, rows[0]) if rows else None

    async def say(self, word: Word) -> Word:
        return await say(self._db, WORD, word)

    async def said(self, alliance: str) -> list[Word]:
        return await said(self._db, WORD, alliance)
