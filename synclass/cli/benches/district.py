"""A whole region in one SQLite file: its import, and how long its pages wait for the server."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs
from sqlalchemy import insert

from signaling.login import proof_of
from signaling.passwords import hashed
from signaling.sheets import bring

from ...adapters.registry import SqlRegistry
from ...adapters.registry.accounts import ACCOUNT
from ...adapters.registry.database import Database
from ...adapters.registry.figures import FIGURE
from ...adapters.registry.lessons import LESSON
from ...adapters.registry.pairs import LESSON_PAIR, keep, pairs_of
from ...adapters.registry.timetable import OPENING
from ...errors import Unavailable
from ...ports import Account, LessonCard, Thing
from ...postclass.figures import figure
from ...postclass.reports import RoomResult
from ...tickets import Login, sign
from ...words import Role
from . import pages, region
from .region import Size
from .serving import KEY, serving

ADMIN = Account("admin", "管理员", Role.ADMIN, "", hashed("of a bench"))
MEDIANS = {"timetable_ms", "dashboard_ms", "search_ms"}
BATCH = 2000
T = TypeVar("T")
Progress = Callable[[int, int], None]


class District(Struct):
    schools: int
    classrooms: int
    pupils: int
    lessons: int
    import_s: float
    """From the bytes of a sheet of all pupils until they are in."""
    timetable_ms: float
    """A school's week with its clashes, as its page asks for it."""
    dashboard_ms: float
    """What every school of the region taught in a month."""
    search_ms: float
    """A lesson by the words on its card, and a pupil by name: the slower of the two."""
    map_ms: float
    """Live map and patrol's wall, three schools in ten teaching at once; from here on p95."""
    figures_ms: float
    """From the region by an alliance and a school to its lessons."""
    calendar_ms: float
    """A school's, a teacher's or a classroom's, as a telephone reads it."""
    people_ms: float
    """Somebody of one school, by a part of the name or the number."""
    month_ms: float
    """The month's report as a sheet."""
    page_cpu_ms: float
    """The most CPU time any of these took, p95: a busy machine answers later, not with more."""
    memory_mb: float
    """The most this process had, import and all."""


async def measure(size: Size, progress: Progress = lambda done, of: None) -> District:
    with tempfile.TemporaryDirectory(prefix="district") as folder:
        data = Path(folder)
        took = await _settle(data, size, progress)
        lessons = await _teach(data / "synclass.sqlite", size)
        figures = await ask(data, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    told: dict[str, float] = {**figures, "lessons": lessons, "import_s": took, "memory_mb": peak}
    sizes = {"schools": size.schools, "classrooms": size.classrooms, "pupils": size.pupils}
    return msgspec.convert({**sizes, **told}, District)


async def ask(data: Path, size: Size) -> dict[str, float]:
    """What the pages wait for, of a region that is there."""
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await pages.prepare(registry, size, ADMIN.name)
    await registry.close()
    login = sign(Login(ADMIN.name, proof_of(ADMIN), time.time() + 3600), KEY)
    figures, most = dict[str, float](), 0.0
    async with serving(data) as (app, port):
        await pages.begin(app, size)
        for name, paths in pages.questions(size).items():
            took = [await pages.asked(port, login, path) for path in paths]
            figures[name] = max(t.median if name in MEDIANS else t.p95 for t in took)
            most = max(most, *(one.cpu for one in took))
    return figures | {"page_cpu_ms": most}


async def _settle(data: Path, size: Size, progress: Progress) -> float:
    """The region and its pupils; seconds of the pupils' import."""
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await registry.save_account(ADMIN)
    people = region.teachers(size)
    for things in (region.alliances(size), region.schools(size), region.classrooms(size), people):
        await _take(registry, things)
    await _take(registry, [region.TERM])
    await _take(registry, list(region.slots(size)))
    sheet = region.pupils(size)
    began = time.perf_counter()
    async for report in bring(registry, sheet, "people"):
        progress(report.done if report.of else 0, size.pupils)
    took = time.perf_counter() - began
    await registry.close()
    if not report.taken:
        raise Unavailable("bench", f"the sheet was not taken in: {report.faults[:3]}")
    return took


async def _take(registry: SqlRegistry, things: Sequence[Thing]) -> None:
    for batch in _batches(things, BATCH):
        await registry.take_in(batch)


async def _teach(path: Path, size: Size) -> int:
    """A year of lessons, as if each had been opened and had ended."""
    database = await Database.open(path)
    count = 0
    staff = [structs.replace(ADMIN, name=t.account, shown=t.name) for t in region.teachers(size)]
    accounts = [structs.asdict(one) | {"role": Role.TEACHER.value} for one in staff]
    async with database.writing() as connection:
        await connection.execute(insert(ACCOUNT), accounts)
    for batch in _batches(region.lessons(size), BATCH):
        async with database.writing() as connection:
            await connection.execute(insert(LESSON), [structs.asdict(card) for card, _ in batch])
            await connection.execute(insert(OPENING), [opening for _, opening in batch])
            await connection.execute(insert(FIGURE), [_figure(card, one) for card, one in batch])
            pairs = {str(card.id): pairs_of(card.title, card.subject) for card, _ in batch}
            await keep(database, connection, LESSON_PAIR, before={}, now=pairs)
        count += len(batch)
    await database.close()
    return count


def _figure(card: LessonCard, opening: dict[str, str | int]) -> dict[str, Any]:
    """As at the bell of a lesson whose three rooms were there."""
    day, school = date.fromisoformat(str(opening["day"])), str(opening["school"])
    room = RoomResult(card.id, "", card.began_at, 39.0, 2.0, 33, 32, 4, 1, 30, 24)
    made = figure(card.id, [room] * 3, day=day, school=school, minutes=40.0)
    row: dict[str, Any] = msgspec.to_builtins(made)
    return row


def _batches(things: Iterable[T], size: int) -> Iterable[list[T]]:
    them = iter(things)
    while batch := list(islice(them, size)):
        yield batch
