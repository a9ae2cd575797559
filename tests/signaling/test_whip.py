"""Encoders and players at the HTTP doors: what they get, and what nobody gets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from signaling.whip import LONGEST_OFFER
from synclass.conduct import Begin, End, Join
from synclass.inclass.tracks import Tracks
from synclass.words import LessonId

from ..conftest import ADMIN, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from ..waiting import until
from .hall import FRAGMENT, SDP, Door, code, hall
from .sfu.classroom import Client, Colour, Tone
from .sfu.test_sdp import text
from .wsclient import LESSON, School, ticket

RESTART = "a=ice-ufrag:another\r\na=ice-pwd:0123456789012345678901\r\n"


@pytest_asyncio.fixture
async def here(tmp_path: Path) -> AsyncIterator[School]:
    async with hall(tmp_path) as school:
        yield school


def live(here: School) -> dict[str, str]:
    tracks = here.lesson().channel(Tracks.name)
    assert isinstance(tracks, Tracks)
    return tracks.live


async def test_an_encoder_is_the_teachers_voice_and_picture_and_a_player_gets_them(
    here: School,
) -> None:
    encoder, player = Door(here, "whip", TEACHER), Door(here, "whep", PATROL)
    source = await Client().publish(Tone(4000), Colour(90)).join(encoder, "", "")
    await until(lambda: set(live(here)) == {"wang/voice", "wang/camera"})
    assert TEACHER.id in here.lesson().conduct.present
    viewer = await Client().slots(audio=1, video=1).join(player, "", "")
    await until(lambda: bool(viewer.heard["audio0"]) and viewer.shows("video1", 90))
    assert PATROL.id not in here.lesson().conduct.present, "nobody sees who only looks in"
    assert viewer.answer.count("a=msid:lesson ") == 2, "one stream: a player shows the first"
    assert (await encoder.delete()).status == 200
    await until(lambda: not live(here))
    assert TEACHER.id in here.lesson().conduct.away
    await source.close()
    await viewer.close()


async def test_a_guest_is_told_of_the_turn_server(here: School) -> None:
    answer = await Door(here, "whep", PATROL).post(text("chromium-viewer"))
    assert answer.headers["Link"].startswith("<turn:turn.example:443?transport=tcp>; rel=")
    assert f":{PATROL.id}" in answer.headers["Link"] and "credential=" in answer.headers["Link"]


async def test_candidates_are_thanked_for_and_a_restart_keeps_the_session(here: School) -> None:
    door = Door(here, "whep", VILLAGE)
    viewer = await Client().slots(audio=1).join(door, "", "")
    mine = "a=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=end-of-candidates\r\n"
    same = mine.format(*(_of(viewer, f"a=ice-{name}:") for name in ("ufrag", "pwd")))
    assert await code(await door.patch(same)) == (428, "no-precondition")
    assert await code(await door.patch(same, **{"If-Match": '"x"'})) == (412, "stale-session")
    trickled = await door.patch(same, **{"If-Match": door.etag})
    assert (trickled.status, await trickled.text()) == (204, "") and "ETag" not in trickled.headers
    restarted = await door.patch(RESTART, **{"If-Match": "*"})
    said = await restarted.text()
    assert restarted.status == 200 and restarted.content_type == FRAGMENT
    assert restarted.headers["ETag"] not in ("", door.etag)
    assert "a=ice-lite" in said and "a=candidate:" in said and "a=ice-pwd:" in said
    assert await code(await door.patch(same, **{"If-Match": door.etag})) == (412, "stale-session")
    assert viewer.pc.connectionState == "connected"
    await viewer.close()


def _of(client: Client, start: str) -> str:
    lines = client.pc.localDescription.sdp.splitlines()
    return next(line[len(start) :] for line in lines if line.startswith(start))


async def test_a_session_is_gone_when_its_client_is_and_when_the_lesson_ends(here: School) -> None:
    first, second = Door(here, "whep", VILLAGE), Door(here, "whep", VILLAGE)
    leaver = await Client().slots(audio=1).join(first, "", "")
    stayer = await Client().slots(audio=1).join(second, "", "")
    await leaver.close()
    await until(lambda: _is_gone(first))
    room = here.app.rooms.live[LESSON]
    room.ask(TEACHER, Join())
    room.ask(TEACHER, Begin())
    room.ask(TEACHER, End())
    assert await _is_gone(second)
    offer = stayer.pc.localDescription.sdp
    assert await code(await second.post(offer)) == (409, "not-now")
    await stayer.close()


async def _is_gone(door: Door) -> bool:
    answer = await door.patch("a=end-of-candidates", **{"If-Match": "*"})
    return answer.status == 404


async def test_a_page_of_another_site_may_knock(here: School) -> None:
    door = Door(here, "whip", TEACHER)
    for address, header, value in (
        (door.address, "Accept-Post", SDP),
        (door.address + "/any", "Accept-Patch", FRAGMENT),
    ):
        answer = await here.http.options(address, headers={"Origin": "https://other.example"})
        assert answer.status == 200 and answer.headers[header] == value
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert "OPTIONS" in answer.headers["Access-Control-Allow-Methods"]
    refused = await door.post("no offer")
    assert "Location" in refused.headers["Access-Control-Expose-Headers"]


async def test_who_has_no_ticket_for_this_lesson_is_turned_away(here: School) -> None:
    door, offer = Door(here, "whip", TEACHER), text("chromium-teacher")
    door.bearer = {}
    answer = await door.post(offer)
    assert await code(answer) == (401, "no-ticket")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert await code(await door.post(offer, Authorization="Bearer x.y.z")) == (401, "bad-ticket")
    other = ticket(TEACHER, lesson=LessonId("another"))
    refused = await door.post(offer, Authorization=f"Bearer {other}")
    assert await code(refused) == (403, "other-lesson")
    old = ticket(TEACHER, lasts=-1.0)
    refused = await door.post(offer, Authorization=f"Bearer {old}")
    assert await code(refused) == (401, "ticket-expired")


async def test_a_patrol_publishes_nothing_and_a_session_is_its_holders_alone(here: School) -> None:
    offer = text("chromium-teacher")
    for who in (PATROL, ADMIN):
        assert await code(await Door(here, "whip", who).post(offer)) == (403, "not-allowed")
    door, thief = Door(here, "whip", VILLAGE), Door(here, "whip", OTHER_VILLAGE)
    await door.invite("", "", offer)
    thief.session = door.session
    assert await code(await thief.delete()) == (404, "no-session")
    assert (await door.delete()).status == 200
    assert await code(await door.delete()) == (404, "no-session")


@pytest.mark.parametrize(
    ("status", "why", "old", "new"),
    [
        (400, "sdp-nonsense", "v=0", "x=0"),
        (422, "no-codec", "VP8/90000", "H265/90000"),
        (422, "no-bundle", "a=group:BUNDLE", "a=group:LS"),
        (422, "no-fingerprint", "a=fingerprint:sha-256 ", "a=fingerprint:sha-1 "),
        (422, "no-track", "a=sendonly", "a=inactive"),
    ],
)
async def test_an_offer_we_cannot_take_is_refused_with_the_reason(
    here: School, status: int, why: str, old: str, new: str
) -> None:
    offer = text("firefox-teacher").replace("a=recvonly", "a=inactive")
    answer = await Door(here, "whip", TEACHER).post(offer.replace(old, new))
    assert await code(answer) == (status, why)
    if why == "no-codec":
        assert "H265" in (await answer.json())["message"], "the codec is named"


async def test_what_is_not_of_these_protocols_is_refused(here: School) -> None:
    door, offer = Door(here, "whip", TEACHER), text("chromium-teacher")
    assert await code(await door.post(offer, **{"Content-Type": "text/plain"})) == (
        415,
        "media-type",
    )
    assert await code(await door.post(offer, Accept="text/html")) == (406, "not-acceptable")
    huge = offer + "a=x\r\n" * LONGEST_OFFER
    assert await code(await door.post(huge)) == (413, "sdp-too-large")
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = await here.http.request(method, door.address, headers=door.bearer)
        assert await code(answer) == (405, "no-method") and answer.headers["Allow"]
    await door.invite("", "", offer)
    answer = await here.http.get(door.session, headers=door.bearer)
    assert await code(answer) == (405, "no-method")
    answer = await door.patch("x", **{"Content-Type": SDP, "If-Match": "*"})
    assert await code(answer) == (415, "media-type")
    assert await code(await door.patch("no SDP", **{"If-Match": "*"})) == (400, "malformed")


@pytest.mark.usefixtures("no_refill")
async def test_a_client_that_tries_too_often_must_wait(here: School) -> None:
    door = Door(here, "whip", TEACHER)
    await door.invite("", "", text("chromium-teacher"))
    answers = [await door.patch("a=x", **{"If-Match": "*"}) for _ in range(30)]
    assert {answer.status for answer in answers} == {204, 429}
    assert answers[-1].headers["Retry-After"]
