"""A school year for whoever audits the district: one signed ZIP, proven by the log's own chain."""

import asyncio
import io
import re
import time
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from aiohttp import web

from synclass.errors import Refused
from synclass.permissions import TABLE
from synclass.ports import Registry
from synclass.yearbook import (
    AUDIT,
    SIGNED,
    SUMS,
    VERSION,
    Stretch,
    Year,
    erased,
    signed,
    sum_of,
    taken,
)

from .doors import door
from .leaf import HEAD, table
from .login import Logins, shown_of

FIRST, LAST = 2000, 2100
MONTH = 9  # a school year begins in September


class Compliance:
    def __init__(self, registry: Registry, logins: Logins, seal: bytes) -> None:
        self._registry, self._logins, self._seal = registry, logins, seal

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/compliance/{year}", self.take)]

    @door(login="year.take", gives="application/zip", refuses=("bad-number",))
    async def take(self, request: web.Request) -> web.Response:
        """The school year from September of this year on; `synclass check --year` proves it."""
        account, _ = await self._logins.require(request, "year.take")
        year = request.match_info["year"]
        if not (re.fullmatch("[0-9]{4}", year) and FIRST <= int(year) < LAST):
            raise Refused("bad-number", f"a year is between {FIRST} and {LAST}")
        await self._registry.note(time.time(), account.name, "year.take", year)
        data = await export(self._registry, int(year), by=account.name, seal=self._seal)
        headers = {
            "Content-Disposition": f'attachment; filename="synclass-{year}.zip"',
            "Cache-Control": "private, no-store",
        }
        return web.Response(body=data, content_type="application/zip", headers=headers)


async def export(registry: Registry, year: int, *, by: str, seal: bytes) -> bytes:
    """The ZIP, signed: a year of a large district has a few megabytes."""
    since, until = (datetime(n, MONTH, 1).timestamp() for n in (year, year + 1))
    stretch = await registry.stretch(since=since, until=until)
    members = {AUDIT: stretch, **await _now(registry)}
    members |= {"erased.json": erased(stretch.notes), "taken.json": taken(stretch.notes)}
    last = stretch.notes[-1].link if stretch.notes else stretch.before
    told = VERSION, year, since, until, time.time(), by, stretch.before, last
    return await asyncio.to_thread(_bound, members, Year(*told, {}), stretch, seal)


async def _now(registry: Registry) -> dict[str, object]:
    """What holds on the day of the export."""
    rights = {
        action: {
            "may": {role: reach.name.lower() for role, reach in rule.may.items()},
            "when": sorted(rule.when),
            "district": rule.district,
        }
        for action, rule in TABLE.items()
    }
    return {
        "consents.json": await registry.consents(),
        "rules.json": await registry.rules(),
        "falling.json": await registry.falling(),
        "holds.json": await registry.holds(),
        "accounts.json": [shown_of(account) for account in await registry.accounts()],
        "rights.json": rights,
    }


def _bound(members: dict[str, object], year: Year, stretch: Stretch, seal: bytes) -> bytes:
    files = {name: msgspec.json.encode(said) for name, said in members.items()}
    files["index.html"] = _page(year, members, stretch).encode()
    sums = {name: sum_of(data) for name, data in files.items()}
    files[SUMS] = msgspec.json.encode(msgspec.structs.replace(year, files=sums))
    files[SIGNED] = msgspec.json.encode(signed(seal, files[SUMS]))
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return out.getvalue()


def _page(year: Year, members: dict[str, object], stretch: Stretch) -> str:
    counted = [(n, str(len(m))) for n, m in members.items() if isinstance(m, list | dict)]
    rows = [(AUDIT, str(len(stretch.notes))), *counted]
    gone = [_told(note.wall, note.who, note.act, note.what) for note in erased(stretch.notes)]
    out = [_told(note.wall, note.who, note.act, note.what) for note in taken(stretch.notes)]
    heads = ("时间 at", "谁 who", "做了什么 act", "对象 what")
    return "\n".join(
        (
            HEAD,
            f"<title>{year.year}</title><h1>{year.year}/{year.year + 1}</h1>",
            f"<p>synclass check --year FILE<br>{year.before or '-'} → {year.last or '-'}</p>",
            table("内容 · Contents", ("文件 file", "条 entries"), rows),
            table("删除 · Erased", heads, gone),
            table("导出 · Taken out", heads, out),
            "</html>\n",
        )
    )


def _told(wall: float, who: str, act: str, what: str) -> tuple[str, ...]:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(wall)), who or "synclass", act, what
