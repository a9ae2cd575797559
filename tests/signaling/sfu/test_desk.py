"""Orders carried out: invitations, restarts, goodbyes."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from signaling.sfu.desk import PATIENCE, Desk
from signaling.sfu.ice import CONSENT
from signaling.sfu.orders import (
    Arrange,
    Close,
    Declined,
    Dismiss,
    Event,
    Gone,
    Invite,
    Invited,
    Missed,
    Open,
    Restart,
    Survey,
    Surveyed,
    Tape,
    Taping,
)
from signaling.sfu.udp import Wire
from synclass import tape
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from .classroom import Client, loopback
from .test_sdp import only, text


class Office:
    """A desk with a clock in our hands."""

    def __init__(self) -> None:
        self.now = 100.0
        self.told: list[Event] = []
        self.wire = Wire(0, ["127.0.0.1"], lambda: self.now)
        self.desk = Desk(self.wire, ["127.0.0.1"], tell=self.told.append, clock=lambda: self.now)
        self.desk.order(Open("math", 100.0))

    def ask(self, who: str, sdp: str, lesson: str = "math") -> Invited | Declined:
        self.desk.order(Invite(len(self.told), lesson, who, sdp))
        answer = self.told[-1]
        assert isinstance(answer, Invited | Declined)
        return answer

    async def invite(self, lesson: str, who: str, sdp: str) -> str:
        answer = self.ask(who, sdp, lesson)
        assert isinstance(answer, Invited)
        return answer.sdp

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.desk.tick(0.0)


@pytest_asyncio.fixture
async def office() -> AsyncIterator[Office]:
    made = Office()
    yield made
    await made.desk.close()
    made.wire.close()


def secrets(answer: Invited | Declined) -> tuple[str, str, list[str]]:
    """-> (user name, password, SSRCs)."""
    assert isinstance(answer, Invited)
    ufrag, pwd, ssrcs = (
        re.findall(rf"a={name}:(\S+)", answer.sdp) for name in ("ice-ufrag", "ice-pwd", "ssrc")
    )
    return ufrag[0], pwd[0], ssrcs


async def test_an_offer_said_twice_gets_the_same_answer(office: Office) -> None:
    offer = text("chromium-viewer")
    first, second = office.ask("room", offer), office.ask("room", offer)
    assert secrets(first) == secrets(second)
    assert len(secrets(first)[1]) >= 22


async def test_an_ice_restart_gets_new_secrets_and_keeps_its_slots(office: Office) -> None:
    offer = text("chromium-viewer")
    first = secrets(office.ask("room", offer))
    again = secrets(office.ask("room", re.sub("ice-ufrag:.*", "ice-ufrag:new1", offer)))
    assert first[0] != again[0] and first[1] != again[1] and first[2] == again[2]


async def test_a_guest_restarts_ice_without_another_offer(office: Office) -> None:
    offer = text("chromium-viewer")
    first = secrets(office.ask("zhao#camera-1", offer))
    theirs = re.findall(r"a=ice-ufrag:(\S+)", offer)[0]
    for ufrag, same in ((theirs, True), ("new1", False)):
        office.desk.order(Restart(7, "math", "zhao#camera-1", ufrag))
        answer = office.told[-1]
        assert isinstance(answer, Invited) and "a=candidate:" in answer.sdp
        assert (secrets(answer)[:2] == first[:2]) is same
    office.desk.order(Restart(8, "math", "nobody", "new1"))
    assert office.told[-1] == Declined(8, "no-session", "there is no such session")


async def test_another_fingerprint_takes_the_place_of_the_old_peer(office: Office) -> None:
    first = secrets(office.ask("room", text("chromium-viewer")))
    again = secrets(office.ask("room", text("firefox-teacher")))
    assert first[0] != again[0]
    assert len(office.wire.gate.ice._known) == 1


async def test_a_restart_with_other_sections_is_declined(office: Office) -> None:
    offer = text("firefox-teacher")
    office.ask("room", offer)
    changed = office.ask("room", offer.replace("a=recvonly", "a=inactive"))
    assert isinstance(changed, Declined) and changed.code == "sections-changed"


async def test_who_never_connects_is_let_go(office: Office) -> None:
    office.ask("room", text("chromium-viewer"))
    office.pass_time(PATIENCE)
    assert not [event for event in office.told if isinstance(event, Gone)]
    office.pass_time(1.1)
    assert office.told[-1] == Gone("math", "room", "never-connected")
    assert not office.wire.gate.ice._known and not office.desk._tasks
    assert CONSENT == PATIENCE


async def test_who_vanishes_without_a_word_is_let_go(office: Office) -> None:
    async with loopback():
        client = await Client().slots(audio=1).join(office, "math", "room")
    office.pass_time(CONSENT)
    assert not [event for event in office.told if isinstance(event, Gone)]
    office.pass_time(1.1)
    assert office.told[-1] == Gone("math", "room", "consent-lost")
    assert not office.wire.gate.by_address and not office.wire.gate.ice._known
    await client.close()


async def test_orders_for_a_lesson_that_is_not_open_change_nothing(office: Office) -> None:
    cast = Cast("video", 0, ParticipantId("teacher"), "camera", large=True)
    for order in (
        Arrange("history", "room", [cast]),
        Tape("history", [("teacher", "voice")]),
        Dismiss("history", "room"),
        Close("history"),
    ):
        office.desk.order(order)
    assert isinstance(office.ask("room", "v=0", "history"), Declined)
    assert list(office.desk.lessons) == ["math"]


async def test_orders_may_be_repeated(office: Office) -> None:
    office.ask("room", text("chromium-viewer"))
    office.desk.order(Open("math", 50.0))
    lesson = office.desk.lessons["math"]
    assert list(lesson.peers) == ["room"] and lesson.origin == 50.0
    for _ in range(2):
        office.desk.order(Dismiss("math", "room"))
    assert not lesson.peers
    office.desk.order(Close("math"))
    office.desk.order(Close("math"))
    assert not office.desk.lessons


async def test_a_survey_names_only_those_who_are_really_there(office: Office) -> None:
    office.ask("room", text("chromium-viewer"))
    office.desk.order(Survey())
    assert office.told[-2:] == [Surveyed({"math": []}), Taping("math", False)]


async def test_the_recording_light_is_out_while_the_recorder_has_no_room(office: Office) -> None:
    office.desk.order(Tape("math", [("teacher", "voice")]))
    office.desk.spool.attach(office.now)
    office.pass_time(0.05)
    for message in (tape.Kept("math", False), tape.Kept("math", True), tape.Kept("math", False)):
        office.desk.hear(message)
        office.pass_time(0.05)
    office.desk.reopen()  # another recorder: it will say so itself
    office.pass_time(0.05)
    lights = [event.on for event in office.told if isinstance(event, Taping)]
    assert lights == [True, False, True, False, True]


async def test_what_the_recorder_has_missed_is_passed_on(office: Office) -> None:
    office.desk.hear(tape.Missed("math", ParticipantId("teacher"), "voice", 3.0, 9.5))
    assert office.told[-1] == Missed("math", "teacher", "voice", 3.0, 9.5)


async def test_closed_lessons_leave_nothing_behind(office: Office) -> None:
    for n in range(5):
        office.ask(f"room{n}", text("chromium-viewer"))
    office.desk.order(Close("math"))
    await asyncio.gather(*office.desk._farewells)
    assert not office.wire.gate.ice._known and not office.wire.gate.by_address
    assert not office.desk._tasks


@pytest.mark.parametrize("code", ["sdp-nonsense", "no-codec"])
async def test_a_bad_offer_leaves_no_peer(office: Office, code: str) -> None:
    offer = text("chromium-viewer").replace("opus/48000", "speex/8000")
    answer = office.ask("room", offer if code == "no-codec" else "hello")
    assert isinstance(answer, Declined) and answer.code == code
    assert not office.desk.lessons["math"].peers


def sent(sdp: str) -> str:
    """The codec of the first picture in an answer."""
    return sdp.split("m=video", 1)[1].split("a=rtpmap:", 1)[1].split()[1]


async def test_an_encoder_that_likes_vp9_sends_it_while_every_room_can_see_it(
    office: Office,
) -> None:
    offer = text("chromium-teacher")
    pictures = re.compile(r"(m=video \d+ \S+) 96")
    likes = pictures.sub(r"\1 98 96", offer)
    assert sent(await office.invite("math", "wang", offer)) == "VP8/90000", "the default"
    await office.invite("math", "caoxing", text("chromium-viewer"))
    assert sent(await office.invite("math", "wang#whip-1", likes)) == "VP9/90000"
    await office.invite("math", "old", only("VP8", text("chromium-viewer")))
    again = likes.replace("a=ice-ufrag:", "a=ice-ufrag:new")
    assert sent(await office.invite("math", "wang#whip-1", again)) == "VP9/90000", "a restart"
    fresh = likes.replace("a=fingerprint:sha-256 ", "a=fingerprint:sha-256 00:")
    fresh = re.sub(r"(sha-256 00(?::[0-9A-F]{2}){31}):[0-9A-F]{2}", r"\1", fresh)
    assert sent(await office.invite("math", "wang#whip-2", fresh)) == "VP8/90000"
