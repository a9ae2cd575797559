"""Who is shown to whom in one lesson, and what signaling hears of it."""

import itertools
import random

import pytest

from signaling.sfu.lesson import CLOCKS_EVERY, Lesson
from signaling.sfu.listening import Speakers
from signaling.sfu.orders import Clock, Event, Gone, Ink, Levels, Published, Silent, Unseen
from signaling.sfu.packet import Rtp
from signaling.sfu.peer import Peer
from signaling.sfu.sdp import Offer, read_offer
from signaling.sfu.tracks import Source
from synclass import tape
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId, TrackName

from .packets import deliver, vp9
from .planes import idle
from .test_gate import CERTIFICATE
from .test_peer import packet
from .test_sdp import only, text


class Room:
    """A lesson whose words are remembered."""

    def __init__(self) -> None:
        self.told: list[Event] = []
        self.kept: list[tape.ToRecorder] = []
        self.bound: dict[int, Peer] = {}
        self.plane = idle()
        self.speakers: Speakers = {}
        self.lesson = Lesson(
            "math",
            100.0,
            plane=self.plane,
            tell=self.told.append,
            keep=self.kept.append,
            bind=self.bound.__setitem__,
            now=100.0,
        )

    def join(
        self,
        who: str,
        browser: str = "chromium-teacher",
        *,
        offer: Offer | None = None,
        now: float = 100.0,
    ) -> Peer:
        peer = Peer(
            who,
            offer or read_offer(text(browser)),
            CERTIFICATE,
            plane=self.plane,
            speakers=self.speakers,
            listener=self.lesson,
            dice=random.Random(who),
            now=now,
        )
        self.lesson.admit(peer, now)
        return peer

    def heard(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]

    def send(self, peer: Peer, data: Rtp, now: float) -> None:
        deliver(peer, self.plane, data, now)

    def film(self, peer: Peer, ssrc: int, rid: bytes, now: float, seq: int = 1) -> None:
        self.send(peer, packet(ssrc, mid=b"1", rid=rid)._replace(seq=seq, marker=True), now)


@pytest.fixture
def room() -> Room:
    return Room()


def cast(slot: int, who: str, *, large: bool = True, track: TrackName = "camera") -> Cast:
    return Cast("video", slot, ParticipantId(who), track, large)


def shown(peer: Peer, slot: int = 0) -> Source | None:
    found = peer.slot("video", slot)
    assert found is not None
    return found.source


def wanted(peer: Peer) -> object:
    found = peer.slot("video", 0)
    assert found is not None
    return found.stream.wanted


def test_who_comes_later_is_shown_when_she_comes(room: Room) -> None:
    viewer = room.join("room", "chromium-viewer")
    room.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    assert shown(viewer) is None
    teacher = room.join("teacher")
    room.film(teacher, 11, b"q", 101.0)
    assert shown(viewer) is teacher.sources[11]
    assert room.bound == {11: teacher}


def test_a_plan_waits_for_its_subscriber(room: Room) -> None:
    teacher = room.join("teacher")
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.arrange("room", [cast(0, "teacher")], 101.0)
    viewer = room.join("room", "chromium-viewer")
    room.film(teacher, 11, b"q", 102.0, 2)
    assert shown(viewer) is teacher.sources[11]


def test_large_and_small_pictures_follow_the_layers(room: Room) -> None:
    viewer, teacher = room.join("room", "chromium-viewer"), room.join("teacher")
    room.lesson.arrange("room", [cast(0, "teacher"), cast(1, "teacher", large=False)], 100.0)
    for n in range(40):
        for ssrc, rid in ((11, b"q"), (12, b"h"), (13, b"f")):
            if rid != b"f" or n < 20:
                room.film(teacher, ssrc, rid, 101.0 + n / 10, n)
        room.lesson.tick(101.0 + n / 10)
        if n == 10:
            assert shown(viewer) is teacher.sources[13]
    assert shown(viewer) is teacher.sources[12], "the camera gave up its largest layer"
    assert shown(viewer, 1) is teacher.sources[11]


def test_slots_not_named_are_emptied(room: Room) -> None:
    viewer, teacher = room.join("room", "chromium-viewer"), room.join("teacher")
    room.lesson.arrange("room", [cast(0, "teacher"), cast(9, "teacher")], 100.0)
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.arrange("room", [], 102.0)
    assert shown(viewer) is None and wanted(viewer) is None


def test_who_leaves_is_shown_no_more_and_shows_nobody(room: Room) -> None:
    viewer, teacher = room.join("room", "chromium-viewer"), room.join("teacher")
    room.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    room.lesson.arrange("teacher", [cast(0, "teacher")], 100.0)
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.remove(teacher, 102.0, "left")
    assert shown(viewer) is None and wanted(viewer) is None
    assert room.told[-1] == Gone("math", "teacher", "left")


def test_a_track_that_pauses_is_silent_and_comes_back(room: Room) -> None:
    teacher = room.join("teacher")
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.tick(101.0)
    room.lesson.tick(104.1)
    room.film(teacher, 11, b"q", 105.0, 2)
    room.lesson.tick(105.0)
    said = [type(e) for e in room.told if isinstance(e, Published | Silent)]
    assert said == [Published, Silent, Published]


def test_levels_are_told_when_they_change(room: Room) -> None:
    teacher = room.join("teacher")
    for n, level in enumerate((30, 31, 30, 50)):
        now = 101.0 + n / 4
        voice = packet(5, b"\x78a", pt=111, mid=b"0", level=bytes([level]))
        room.send(teacher, voice._replace(seq=n), now)
        room.lesson.tick(now)
    assert room.heard(Levels) == [Levels("math", {"teacher": 30}), Levels("math", {"teacher": 50})]


def test_clocks_are_told_every_five_seconds(room: Room) -> None:
    teacher = room.join("teacher")
    for n in range(120):
        now = 101.0 + n / 10
        voice = packet(5, b"\x78a", 111, mid=b"0")
        room.send(teacher, voice._replace(seq=n, ts=n * 4800), now)
        room.lesson.tick(now)
    clocks = [event for event in room.told if isinstance(event, Clock)]
    assert len(clocks) == 3
    steps = [(b.rtp - a.rtp) / (b.at - a.at) for a, b in itertools.pairwise(clocks)]
    assert all(abs(step - 48000) < 1 for step in steps)
    assert clocks[1].at - clocks[0].at >= CLOCKS_EVERY - 1e-6


def test_what_is_taped_is_opened_kept_and_closed(room: Room) -> None:
    teacher = room.join("teacher")
    room.lesson.record([("teacher", "camera")], 100.0)
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.spool()
    room.lesson.record([], 102.0)
    kinds = [type(message) for message in room.kept]
    assert kinds == [tape.TrackOpened, tape.Packets, tape.TrackClosed]


def test_at_the_end_the_recorder_hears_the_bell(room: Room) -> None:
    teacher = room.join("teacher")
    room.lesson.record([("teacher", "camera")], 100.0)
    room.film(teacher, 11, b"q", 101.0)
    assert room.lesson.end(102.0) == [teacher]
    assert [type(m) for m in room.kept][-2:] == [tape.TrackClosed, tape.Bell]


def test_a_recorder_that_comes_back_hears_of_every_track_again(room: Room) -> None:
    teacher, village = room.join("teacher"), room.join("village")
    wanted: list[tuple[str, TrackName]] = [("teacher", "camera"), ("nobody", "voice")]
    room.lesson.record([*wanted, ("village", "camera")], 100.0, public=["teacher"])
    room.film(teacher, 11, b"q", 101.0)
    room.film(village, 12, b"q", 101.0)
    room.kept.clear()
    room.lesson.reopen(102.0)
    opened = {m.who: m for m in room.kept if isinstance(m, tape.TrackOpened)}
    assert opened == {
        who: tape.TrackOpened("math", ParticipantId(who), "camera", "VP8", locked)
        for who, locked in (("teacher", False), ("village", True))
    }


def test_signaling_that_comes_back_hears_what_goes_on(room: Room) -> None:
    teacher = room.join("teacher")
    room.film(teacher, 11, b"q", 101.0)
    room.lesson.tick(101.0)
    room.told.clear()
    room.lesson.recount()
    assert room.told == [Published("math", "teacher", "camera", "VP8")]


def test_an_encoder_stands_in_for_its_owners_page_while_it_sends(room: Room) -> None:
    page, encoder = room.join("wang"), room.join("wang#whip-1")
    viewer = room.join("room", "chromium-viewer")
    room.lesson.arrange("room", [cast(0, "wang")], 100.0)
    room.film(page, 0xA, b"q", 100.0)
    room.lesson.tick(100.1)
    assert shown(viewer) is page.sources[0xA]
    room.film(encoder, 0xB, b"q", 100.2)
    room.lesson.tick(100.3)
    room.film(encoder, 0xB, b"q", 100.4, seq=2)
    assert shown(viewer) is encoder.sources[0xB]
    assert set(room.heard(Published)) == {Published("math", "wang", "camera", "VP8")}
    room.film(page, 0xA, b"q", 100.4, seq=2)
    room.lesson.remove(encoder, 100.5, "left")
    room.film(page, 0xA, b"q", 100.6, seq=3)
    assert shown(viewer) is page.sources[0xA]
    assert not room.heard(Silent), "the page's picture is there again"
    room.lesson.remove(page, 100.7)
    assert Silent("math", "wang", "camera") in room.told


def test_a_room_that_cannot_decode_the_encoder_is_shown_the_page_instead(room: Room) -> None:
    page = room.join("wang")
    encoder = room.join("wang#whip-1", offer=read_offer(only("VP9", text("chromium-teacher"))))
    old = room.join("old", offer=read_offer(only("VP8", text("chromium-viewer"))))
    new = room.join("new", "chromium-viewer")
    for who in ("old", "new"):
        room.lesson.arrange(who, [cast(0, "wang")], 100.0)
    frame = packet(0xB, vp9(1, key=True), pt=98, mid=b"1", rid=b"q")._replace(marker=True)
    for n in range(60):
        now = 100.0 + n / 10
        room.film(page, 0xA, b"q", now, seq=n)
        room.send(encoder, frame._replace(seq=n), now)
        room.lesson.tick(now)
    assert shown(old) is page.sources[0xA] and shown(new) is encoder.sources[0xB]
    assert not room.heard(Unseen), "nobody sees nothing"
    room.lesson.remove(page, 106.0, "left")
    room.lesson.tick(111.0)
    assert shown(old) is None
    assert room.heard(Unseen) == [Unseen("math", "wang", "camera", "VP9", ["old"])]


def voice(slot: int, who: str, *, large: bool = False) -> Cast:
    return Cast("audio", slot, ParticipantId(who), "voice", large)


def test_on_a_thin_line_the_teacher_is_heard_and_the_loudest_beside_her(room: Room) -> None:
    viewer = room.join("room", "chromium-viewer")
    people = {who: room.join(who) for who in ("teacher", "calm", "loud")}
    casts = [voice(0, "teacher", large=True), voice(1, "loud"), voice(1, "calm")]
    for n, (who, level) in enumerate((("teacher", 90), ("calm", 60), ("loud", 20))):
        said = packet(31 + n, b"\x78a", 111, mid=b"0", level=bytes((level,)))
        room.send(people[who], said, 101.0)
    room.lesson.arrange("room", casts, 101.0)
    slots = [viewer.slot("audio", n) for n in range(2)]
    room.lesson.tick(101.0)
    assert [slot.wanted for slot in slots if slot] == [
        people["teacher"].sources[31],
        people["calm"].sources[32],
    ]
    room.lesson._supply._ration(viewer, 101.5).estimate.reduce(100_000, 101.5)
    again = packet(33, b"\x78a", 111, mid=b"0", level=b"\x14")._replace(seq=2)
    room.send(people["loud"], again, 102.0)
    room.lesson.tick(102.0)
    assert [slot.wanted for slot in slots if slot] == [
        people["teacher"].sources[31],
        people["loud"].sources[33],
    ]


def test_ink_rides_for_who_asked_also_after_a_new_offer(room: Room) -> None:
    room.lesson.ride("room", 100.0, on=True)
    viewer = room.join("room", "chromium-viewer")
    assert len(room.speakers) == 2
    room.lesson.ink(Ink("math", 1, b"stroke", ["room", "nobody"]))
    room.lesson.remove(viewer, 101.0)
    assert not room.speakers
    room.join("room", "chromium-viewer")
    assert len(room.speakers) == 2
    room.lesson.ride("room", 102.0, on=False)
    assert not room.speakers
