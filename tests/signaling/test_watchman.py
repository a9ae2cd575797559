"""A right that is lowered is gone within a second: of socket, encoder, media, running replay."""

import asyncio
import re
import time
from pathlib import Path

import pytest
from msgspec import structs

from signaling.login import proof_of
from signaling.passwords import hashed
from synclass import wire
from synclass.errors import Refused
from synclass.inclass.chat import Say, To
from synclass.ports import Account
from synclass.tickets import Ticket, sign
from synclass.words import Role

from ..conftest import VILLAGE
from ..waiting import until
from .hall import Door, hall
from .server import HASH
from .server import school as town_of
from .sfu.classroom import Client, Colour
from .test_links import asked, link_of, recorded
from .test_rooms import LESSON as TAUGHT
from .wsclient import KEY, LESSON, Desk, School, school
from .wsclient import ticket as door_ticket

WANG = Account("wang", "王老师", Role.TEACHER, "中心小学", HASH)
PLAYER = Path("web/src/screens/replay/player.ts").read_text()
STILL = int(re.findall(r"STILL_MS = (\d+)", PLAYER)[0]) / 1000
"""Seconds between two asks of a replay's page whether it may still be watched."""
LOWERED = [
    structs.replace(WANG, role=Role.PATROL),
    structs.replace(WANG, password=hashed("another-horse")),
]


def ticket(account: Account) -> str:
    whose = (account.name, proof_of(account))
    return sign(Ticket(LESSON, account.holder, time.time() + 60, *whose), KEY)


async def entered(here: School) -> Desk:
    await here.registry.save_account(WANG)
    return await (await here.desk()).hello(ticket(WANG))


@pytest.mark.parametrize("lowered", LOWERED, ids=["role", "password"])
async def test_an_open_socket_is_closed_within_a_second(tmp_path: Path, lowered: Account) -> None:
    async with school(tmp_path) as here:
        desk, room = await entered(here), await here.enter(VILLAGE)
        await desk.done(Say("上课", To.EVERYONE))
        await here.registry.save_account(lowered)
        began = time.monotonic()
        await until(lambda: WANG.holder.id not in here.lesson().conduct.present)
        took = time.monotonic() - began
        await desk.closed()
        print(f"a lowered right is gone from an open socket after {took:.2f} s")
        assert took < 1.0
        assert not room.ws.closed
        late = await here.desk()
        await late.say(wire.Hello(wire.SCHEMA, ticket(WANG), None))
        assert (await late.hear(wire.Goodbye)).code == "ticket-expired"


async def test_who_came_by_a_code_is_left_alone(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        await here.app._watchman.look()
        await room.done(Say("听不清", To.TEACHERS))
        assert door_ticket(VILLAGE) and not room.ws.closed


async def test_an_encoder_and_its_picture_end_within_a_second(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await here.registry.save_account(WANG)
        door = Door(here, "whip", WANG.holder)
        door.bearer = {"Authorization": f"Bearer {ticket(WANG)}"}
        encoder = await Client().publish(Colour(60)).join(door, "", "")
        await until(lambda: WANG.holder.id in here.lesson().conduct.present)
        await here.registry.save_account(LOWERED[0])
        began = time.monotonic()
        worker = here.app._casting.workers[0]

        async def silent() -> bool:
            return not any((await worker.survey()).values())

        await until(silent)
        took = time.monotonic() - began
        print(f"a lowered right is gone from the media worker after {took:.2f} s")
        assert took < 1.0
        with pytest.raises(Refused, match="changed"):
            await door.invite("", "", "v=0")
        await encoder.close()


async def test_a_running_replay_ends_within_a_second(tmp_path: Path) -> None:
    """The page asks now and then; a range between two of these asks, too."""
    async with town_of(tmp_path) as town, town.browser("zhao") as patrol:
        await recorded(town, tmp_path)
        zhao = await town.registry.account("zhao")
        assert zhao
        link = await link_of(patrol)  # the next ask is as far away as it can be
        await town.registry.save_account(structs.replace(zhao, role=Role.CO_TEACHER))
        began = time.monotonic()
        assert await asked(patrol, link) == (403, "not-yours")
        media = time.monotonic() - began
        await asyncio.sleep(STILL - media)
        async with patrol.get(f"/api/lessons/{TAUGHT}/link") as response:
            assert response.status == 403
        took = time.monotonic() - began
        print(f"a lowered right is gone from a replay's media after {media:.2f} s,")
        print(f"and from a running replay at the latest after {took:.2f} s")
        assert took < 1.0
