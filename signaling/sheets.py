"""CSV sheets over HTTP: a dry run that names every bad line, progress while lines come in."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import TypeVar, get_args

import msgspec
from aiohttp import web
from msgspec import Struct

from synclass.errors import Malformed, Refused, Unavailable
from synclass.ports import Registry
from synclass.school.csvtext import decoded, written
from synclass.school.people import Part
from synclass.school.places import School
from synclass.school.sheets import Fault, Known, Made, Sheet, read, table
from synclass.school.timetable import Slot, clashes

from .district import own_school
from .doors import door
from .login import Logins

LARGEST = 64 * 1024 * 1024
"""Bytes of a sheet: a million lines."""
BATCH = 2000
"""Lines that are read by a thread beside everything else, until progress is told."""
AT_ONCE = 5000
"""Lines of a transaction: a third of a second in which nobody else writes."""
MOST_FAULTS = 200
"""Named; the others are counted."""
MOST_LINES = 1_000_000
"""Of a sheet that are read."""
T = TypeVar("T")


class Report(Struct):
    """How far it is, and at last what came of it."""

    done: int = 0
    """Lines that were looked at, or taken in."""
    of: int = 0
    """All lines; 0 until they are known."""
    faults: list[Fault] = []
    more: int = 0
    """Bad lines that are not named."""
    taken: bool = False
    """Everything is in."""


class Sheets:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins
        self._busy = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/sheets/{sheet}", self.export),
            web.post("/api/sheets/{sheet}", self.bring),
        ]

    @door(login="sheets.take", gives="text/csv", asks={"school": str}, refuses=("no-sheet",))
    async def export(self, request: web.Request) -> web.StreamResponse:
        """One school's sheet, or the whole district's; what was exported can come in again."""
        account, reach = await self._logins.require(request, "sheets.take")
        own = await own_school(self._registry, account, reach)
        sheet = _sheet(request)
        school = own or request.query.get("school", "")
        await self._registry.note(time.time(), account.name, "sheets.take", f"{sheet} {school}")
        things = await _kept(self._registry, sheet, school)
        data = await asyncio.to_thread(lambda: written(table(things, sheet)))
        response = web.Response(body=data, content_type="text/csv", charset="utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet}.csv"'
        return response

    @door(
        login="sheets.bring",
        takes="text/csv",
        gives="application/x-ndjson",
        asks={"dry": str},
        refuses=("no-sheet", "no-column", "busy", "too-large"),
    )
    async def bring(self, request: web.Request) -> web.StreamResponse:
        """Lines of reports; only without any bad line, and without ``?dry=1``, is anything kept."""
        account, reach = await self._logins.require(request, "sheets.bring")
        own = await own_school(self._registry, account, reach)
        sheet = _sheet(request)
        if self._busy.locked():
            raise Refused("busy", "another sheet is coming in: try again in a minute")
        async with self._busy:
            reports = bring(
                self._registry, await _body(request), sheet, own=own, dry="dry" in request.query
            )
            first = await anext(reports)
            response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
            await response.prepare(request)
            await response.write(msgspec.json.encode(first) + b"\n")
            async for report in reports:
                await response.write(msgspec.json.encode(report) + b"\n")
                if report.taken:
                    what = f"{sheet} {report.done}"
                    await self._registry.note(time.time(), account.name, "sheets.bring", what)
        return response


async def bring(
    registry: Registry, data: bytes, sheet: Sheet, *, own: str = "", dry: bool = False
) -> AsyncIterator[Report]:
    """Look at every line, and take all in where none is bad.

    Raises Malformed, Refused("no-column").
    """
    text = await asyncio.to_thread(decoded, data)
    known = await _known(registry, own)
    good: list[Made] = []
    report = Report()
    lines = _lines(text, sheet, known)
    while batch := await asyncio.to_thread(lambda: [*islice(lines, BATCH)]):
        for made in batch:
            if isinstance(made, Fault):
                _blame(report, made)
            else:
                good.append(made)
        report.done += len(batch)
        yield report
    for fault in await _clashes(registry, known, good):
        _blame(report, fault)
    report.of = report.done
    if not report.faults and not dry:
        async for now in _take(registry, good, report):
            yield now
    yield report


def _lines(text: str, sheet: Sheet, known: Known) -> Iterator[Made | Fault]:
    """A table that breaks off says so as its last line; one that is none raises Malformed."""
    number = 0
    try:
        for made in islice(read(text, sheet, known), MOST_LINES):
            number += 1
            yield made
    except Malformed as error:
        if not number:
            raise
        yield Fault(number + 1, error.code, str(error))


async def _take(registry: Registry, good: list[Made], report: Report) -> AsyncIterator[Report]:
    report.done = 0
    for batch in _batches(good, AT_ONCE):
        yield report
        try:
            await registry.take_in(batch)
        except (Refused, Unavailable) as error:
            what = f"{batch[0].id} to {batch[-1].id}: {error}"
            report.faults = [Fault(0, error.code, what)]
            return
        report.done += len(batch)
    report.taken = True


def _blame(report: Report, fault: Fault) -> None:
    if len(report.faults) < MOST_FAULTS:
        report.faults.append(fault)
    else:
        report.more += 1


async def _known(registry: Registry, own: str) -> Known:
    schools = {school.id: school for school in await registry.schools()}
    rooms = {room.id: room.school for room in await registry.classrooms()}
    staff = await registry.people(part=Part.TEACHER, limit=MOST_LINES)
    terms = frozenset(term.id for term in await registry.terms())
    return Known(schools, rooms, {one.id: one.school for one in staff}, terms, own)


async def _clashes(registry: Registry, known: Known, good: list[Made]) -> list[Fault]:
    """Of lessons that come in, with one another and with those that stay."""
    new = {made.id: made for made in good if isinstance(made, Slot)}
    kept = [slot for term in {s.term for s in new.values()} for slot in await registry.slots(term)]
    all_ = [*(slot for slot in kept if slot.id not in new), *new.values()]
    return [
        Fault(0, "clash", f"{clash.slot} and {clash.other}: the same {clash.what} {clash.which}")
        for clash in clashes(all_, known.schools, known.rooms)
        if clash.other and {clash.slot, clash.other} & new.keys()
    ]


async def _kept(registry: Registry, sheet: Sheet, school: str) -> list[Made]:
    match sheet:
        case "schools":
            schools: list[School] = await registry.schools(ids=[school] if school else None)
            return [*schools]
        case "classrooms":
            return [*await registry.classrooms(school=school)]
        case "people":
            return [*await registry.people(school=school, limit=MOST_LINES)]
        case "timetable":
            terms = await registry.terms()
            return [slot for t in terms for slot in await registry.slots(t.id, school=school)]


def _sheet(request: web.Request) -> Sheet:
    name = request.match_info["sheet"]
    for sheet in get_args(Sheet):
        if name == sheet:
            return sheet  # type: ignore[no-any-return]
    raise Refused("no-sheet", f"there is no sheet {name}")


async def _body(request: web.Request) -> bytes:
    """Of any length up to LARGEST: the limit of other bodies is for forms."""
    data = bytearray()
    async for piece in request.content.iter_any():
        data += piece
        if len(data) > LARGEST:
            raise Refused("too-large", f"a sheet has at most {LARGEST >> 20} MiB")
    return bytes(data)


def _batches(things: Iterable[T], size: int) -> Iterable[list[T]]:
    them = iter(things)
    while batch := list(islice(them, size)):
        yield batch
