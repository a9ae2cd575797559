"""Encoders and players of a lesson, as signaling keeps them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from signaling.guests import MOST_GUESTS, Guests
from synclass.conduct import Join, Leave
from synclass.errors import Refused
from synclass.inclass.tracks import Tracks

from ..conftest import PATROL, TEACHER, VILLAGE
from ..waiting import until
from .hall import Door, hall
from .sfu.classroom import Client, Colour, Tone, loopback, worker
from .sfu.test_sdp import text
from .wsclient import LESSON, School, school


@pytest_asyncio.fixture
async def here(tmp_path: Path) -> AsyncIterator[School]:
    async with hall(tmp_path) as school:
        yield school


def guests(here: School) -> Guests:
    return here.app.guests


async def test_an_encoder_beside_the_page_keeps_the_page_and_takes_over_the_picture(
    here: School,
) -> None:
    desk = await here.enter(TEACHER)
    encoder = await Client().publish(Colour(60)).join(Door(here, "whip", TEACHER), "", "")
    tracks = here.lesson().channel(Tracks.name)
    assert isinstance(tracks, Tracks)
    await until(lambda: tracks.live == {"wang/camera": "VP8"})
    await encoder.close()
    await until(lambda: not tracks.live)
    assert TEACHER.id not in here.lesson().conduct.away
    assert not desk.ws.closed


async def test_who_leaves_the_lesson_takes_the_encoder_along(here: School) -> None:
    door = Door(here, "whip", VILLAGE)
    await door.invite("", "", text("chromium-teacher"))
    room = here.app.rooms.live[LESSON]
    room.ask(VILLAGE, Leave())
    assert (await door.delete()).status == 404
    assert not room.encoders


async def test_media_goes_on_while_signaling_starts_anew_and_the_session_is_known(
    tmp_path: Path,
) -> None:
    async with worker(tmp_path) as media, loopback():
        async with school(tmp_path / "data", media=str(media)) as before:
            await until(lambda: before.app._casting.workers[0].up)
            door = Door(before, "whip", TEACHER)
            encoder = await Client().publish(Tone(3000)).join(door, "", "")
            viewing = Door(before, "whep", PATROL)
            player = await Client().slots(audio=1).join(viewing, "", "")
        async with school(tmp_path / "data", media=str(media)) as after:
            await after.app.rooms.open(LESSON)
            found = guests(after)
            await until(lambda: len(found._guests) == 2)
            heard = len(player.heard["audio0"])
            await until(lambda: len(player.heard["audio0"]) > heard + 10)
            assert TEACHER.id not in after.lesson().conduct.away
            door.here, door.session = after, after.url + "/" + door.session.split("/", 3)[3]
            assert (await door.delete()).status == 200
            assert [guest.way for guest in found._guests.values()] == ["whep"]
        await encoder.close()
        await player.close()


async def test_a_stranger_the_worker_still_has_is_sent_away(here: School) -> None:
    room = await here.app.rooms.open(LESSON)
    room.ask(TEACHER, Join())
    found = guests(here)
    found.census(LESSON, frozenset({"nobody#whip-1", "x#what-2", "wang#whip-3", "caoxing"}))
    assert [guest.peer for guest in found._guests.values()] == ["wang#whip-3"]


async def test_there_is_an_end_to_the_guests_of_a_lesson(
    here: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.guests.MOST_GUESTS", 1)
    offer = text("chromium-viewer")
    await Door(here, "whep", PATROL).invite("", "", offer)
    with pytest.raises(Refused) as refused:
        await Door(here, "whep", PATROL).invite("", "", offer)
    assert refused.value.code == "full" and MOST_GUESTS == 1000
