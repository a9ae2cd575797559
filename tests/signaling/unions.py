"""Two alliances over HTTP: the eastern one with two schools, and a neighbour that has one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from synclass.ports import Account
from synclass.school.places import Alliance
from synclass.school.places import School as Place
from synclass.words import Role

from ..adapters.registry.villages import EAST, TOWN, VILLAGE, settle
from .server import HASH, School, school

WEST = Alliance("a2", "城西教育联盟")
FAR = Place("s3", "双庙中心校", WEST.id)
PEOPLE = (
    Account("wang", "王老师", Role.TEACHER, TOWN.name, HASH),
    Account("li", "李老师", Role.CO_TEACHER, VILLAGE.id, HASH),
    Account("qian", "钱老师", Role.TEACHER, FAR.name, HASH),
    Account("zhou", "周校长", Role.ADMIN, TOWN.name, HASH),
    Account("liang", "梁校长", Role.ADMIN, VILLAGE.name, HASH),
    Account("feng", "冯校长", Role.ADMIN, FAR.name, HASH),
)


@asynccontextmanager
async def unions(folder: Path) -> AsyncIterator[School]:
    """The town's school leads the eastern one."""
    async with school(folder) as town:
        await settle(town.registry)
        await town.registry.put(replace(EAST, version=1, lead=TOWN.id))
        await town.registry.put(WEST)
        await town.registry.put(FAR)
        for person in PEOPLE:
            await town.registry.save_account(person)
        yield town


async def told(town: School, who: str, path: str, body: object = None) -> Any:
    """What an account is told by an alliance's page."""
    async with town.browser(who) as browser:
        ask = browser.get(path) if body is None else browser.post(path, json=body)
        async with ask as answer:
            return await answer.json()
