"""Nonsense at the HTTP doors of WHIP and WHEP: refused in words, and nobody else notices."""

import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import pytest_asyncio

from signaling.whip import ENTRIES_AT_ONCE

from ..conftest import PATROL, TEACHER
from ..signaling.hall import Door, hall
from ..signaling.sfu.classroom import Client
from ..signaling.sfu.test_sdp import text
from ..signaling.wsclient import School
from ..waiting import until

TRIES = 400
SEED = 20261126


@pytest_asyncio.fixture
async def here(tmp_path: Path) -> AsyncIterator[School]:
    async with hall(tmp_path) as school:
        yield school


def mangled(sdp: str, dice: random.Random) -> str:
    """Lines cut, doubled, swapped, or with letters of anywhere in them."""
    lines = sdp.split("\r\n")
    for _ in range(dice.randint(1, 6)):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        cut = dice.randint(0, len(lines[at]))
        what = dice.choice(("cut", "double", "swap", "letters"))
        if what == "cut":
            lines[at] = lines[at][:cut]
        elif what == "double":
            lines.insert(other, lines[at])
        elif what == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        else:
            strange = "".join(map(chr, dice.choices(range(1, 0x2FFF), k=dice.randint(1, 30))))
            lines[at] = lines[at][:cut] + strange
    return "\r\n".join(lines)


async def test_mangled_offers_are_answered_or_refused_and_players_still_get_in(
    here: School,
) -> None:
    dice, offer = random.Random(SEED), text("chromium-viewer")
    door, statuses = Door(here, "whep", PATROL), set()
    for _ in range(TRIES):
        answer = await door.post(mangled(offer, dice))
        statuses.add(answer.status)
        if answer.status == 201:
            door.session = here.url + answer.headers["Location"]
            assert (await door.delete()).status == 200
        else:
            assert (await answer.json())["code"]
    assert statuses <= {201, 400, 422} and {201, 422} <= statuses
    player = await Client().slots(audio=1).join(door, "", "")
    await player.close()


async def test_mangled_fragments_change_nothing_for_the_session(here: School) -> None:
    dice = random.Random(SEED)
    door = Door(here, "whep", PATROL)
    player = await Client().slots(audio=1).join(door, "", "")
    sdp = player.pc.localDescription.sdp
    for n in range(60):
        fragment = mangled(sdp, dice) if n % 2 else dice.randbytes(200).decode("latin-1")
        answer = await door.patch(fragment, **{"If-Match": dice.choice((door.etag, '"x"'))})
        assert answer.status in {200, 204, 400, 412, 429}
        door.etag = answer.headers.get("ETag", door.etag)
    assert player.pc.connectionState == "connected"
    await player.close()


async def test_guessed_sessions_tickets_and_paths_open_nothing(here: School) -> None:
    dice, door = random.Random(SEED), Door(here, "whip", TEACHER)
    for _ in range(100):
        name = "".join(dice.choices("abcdefghijklmnop-_%2e/#?", k=dice.randint(1, 60)))
        address = f"{door.address}/{name}"
        answer = await here.http.delete(address, headers=door.bearer)
        assert answer.status in {200, 404, 405} and answer.status != 200
        head, body, tail = door.bearer["Authorization"].split(".")
        at = dice.randrange(len(body))
        forged = f"{head}.{body[:at]}{dice.choice('AbC9')}{body[at + 1 :]}.{tail}"
        if forged != door.bearer["Authorization"]:
            said = await door.post("v=0", Authorization=forged)
            assert said.status == 401
    assert not here.app.guests._guests


async def test_a_flood_of_entries_is_slowed_down_and_leaves_nothing_behind(
    here: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All in one moment: a busy machine would let them come slowly enough."""
    stands = SimpleNamespace(monotonic=lambda: 0.0, time=time.time)
    monkeypatch.setattr("signaling.whip.time", stands)
    door, offer = (
        Door(here, "whep", PATROL),
        text("firefox-teacher").replace("a=sendonly", "a=recvonly"),
    )
    statuses = []
    for _ in range(round(ENTRIES_AT_ONCE) + 20):
        answer = await door.post(offer)
        statuses.append(answer.status)
        if answer.status == 201:
            door.session = here.url + answer.headers["Location"]
            await door.delete()
        else:
            assert answer.headers["Retry-After"]
    assert Counter(statuses) == {201: ENTRIES_AT_ONCE, 429: 20}
    worker = here.app._casting.workers[0]
    await until(lambda: _empty(worker))


async def _empty(worker: object) -> bool:
    survey = await worker.survey()  # type: ignore[attr-defined]
    return not any(survey.values())
