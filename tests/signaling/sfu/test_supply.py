"""Who is shown which layer, and what the publishers hear of it."""

from struct import pack

import pytest

from signaling.sfu.orders import Silent, Watched
from signaling.sfu.peer import Peer
from signaling.sfu.probe import QUIET
from signaling.sfu.relief import FIRST_REST, PATIENCE
from signaling.sfu.rtcp import receiver_report, remb
from signaling.sfu.sdp import read_offer
from signaling.sfu.supply import REMEMBERED
from signaling.sfu.tracks import SILENCE
from signaling.sfu.watch import LINGER, REPEAT

from .packets import vp8
from .test_lesson import Room, cast, shown, wanted
from .test_peer import packet
from .test_sdp import text

LAYERS = {11: b"q", 12: b"h", 13: b"f"}
FRAMES = {11: [60], 12: [1100], 13: [1100] * 3}  # bytes of packets: 9, 92 and 275 kbit/s


class Class(Room):
    """A teacher whose camera runs, and a village that sees her."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 100.0
        self.sent = self.lost = self.counted = 0
        self.paused: set[int] = set()
        self.teacher = self.join("teacher")
        self.village = self.join("room", "chromium-viewer")

    def run(self, seconds: float) -> None:
        """Ten frames a second of each layer that is not paused, and the ticks of a worker."""
        until = self.now + seconds
        while self.now < until - 1e-6:
            self.now = round(self.now + 0.05, 2)
            if round(self.now * 20) % 2 == 0:
                self.sent += 1
                for ssrc in LAYERS.keys() - self.paused:
                    self.picture(ssrc)
            self.lesson.tick(self.now)

    def picture(self, ssrc: int) -> None:
        sizes = FRAMES[ssrc]
        for n, size in enumerate(sizes):
            payload = vp8(self.sent, key=True, start=n == 0) + bytes(size)
            seq, last = self.sent * len(sizes) + n, n == len(sizes) - 1
            sent = packet(ssrc, payload, mid=b"1", rid=LAYERS[ssrc])
            self.send(self.teacher, sent._replace(seq=seq, ts=self.sent, marker=last), self.now)

    def says(self, peer: Peer, bps: int) -> None:
        """The subscriber's REMB, and a report that bears it out: five in a hundred are lost."""
        slot = peer.slot("video", 0)
        assert slot is not None
        top = slot.stream.top
        self.lost += (top - (self.counted or top - 20)) // 20
        self.counted = top
        lost = receiver_report([pack("!IIIIII", slot.ssrc, self.lost, 0, 0, 0, 0)])
        peer.line.hear(remb(bps, [1]) + lost, self.now)  # type: ignore[attr-defined]
        peer.line.heard_at = self.now  # type: ignore[misc]

    def shrinks(self, peer: Peer) -> None:
        """Its line carries a little less each second."""
        for step in range(6):
            self.says(peer, 200_000 - 10_000 * step)
            self.run(1.0)

    @property
    def told_teacher(self) -> list[list[str]]:
        events = self.heard(Watched)
        return [e.layers["camera"] for e in events if isinstance(e, Watched) and e.who == "teacher"]


@pytest.fixture
def lesson() -> Class:
    return Class()


def rid(peer: Peer, slot: int = 0) -> str | None:
    source = shown(peer, slot)
    return source.rid if source else None


def test_a_good_line_has_the_best_from_the_first_frame(lesson: Class) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(0.5)
    assert rid(lesson.village) == "f"


def test_what_nobody_is_shown_is_left_out(lesson: Class) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(LINGER + 1)
    assert lesson.told_teacher == [["f"]]
    lesson.run(2 * REPEAT)
    assert lesson.told_teacher == [["f"]] * 3


def test_a_tape_is_shown_the_best_layer(lesson: Class) -> None:
    lesson.lesson.record([("teacher", "camera")], 100.0)
    lesson.lesson.arrange("room", [cast(0, "teacher", large=False)], 100.0)
    lesson.run(LINGER + 1)
    assert lesson.told_teacher == [["q", "f"]]


def test_a_camera_nobody_is_shown_sends_nothing_and_is_not_silent(lesson: Class) -> None:
    lesson.run(LINGER + 1)
    assert lesson.told_teacher[0] == []
    lesson.paused = set(LAYERS)
    lesson.run(2 * SILENCE)
    assert not lesson.heard(Silent)
    lesson.lesson.arrange("room", [cast(0, "teacher")], lesson.now)
    lesson.run(0.3)
    assert lesson.told_teacher[-1] == ["f"], "and is asked for at once"
    lesson.paused = {11, 12}
    lesson.run(0.5)
    assert rid(lesson.village) == "f" and not lesson.heard(Silent)


def test_a_camera_whose_line_carries_no_picture_is_asked_for_none_until_it_is_tried_again(
    lesson: Class,
) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(1.0)
    relief = lesson.teacher.upward.uplink.relief
    for at in (lesson.now, lesson.now + PATIENCE):
        relief.look(at, hopeless=True)
    lesson.run(1.0)
    assert lesson.told_teacher[-1] == []
    lesson.paused = set(LAYERS)
    lesson.run(PATIENCE + FIRST_REST)
    assert not relief.on and not lesson.heard(Silent)
    assert "f" in lesson.told_teacher[-1]


def test_a_camera_that_does_not_wake_is_silent(lesson: Class) -> None:
    lesson.run(LINGER + 1)
    lesson.paused = set(LAYERS)
    lesson.run(5.0)
    lesson.lesson.arrange("room", [cast(0, "teacher")], lesson.now)
    lesson.run(2 * SILENCE)
    assert [type(event) for event in lesson.heard(Silent)] == [Silent]


def test_a_room_whose_line_shrinks_is_led_down_before_the_layer_is_left_out(
    lesson: Class,
) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(LINGER + 1)
    lesson.paused = {11, 12}
    lesson.run(4.0)
    lesson.says(lesson.village, 2_000_000)
    lesson.run(1.0)
    lesson.says(lesson.village, 200_000)
    lesson.run(0.3)
    assert lesson.told_teacher[-1] == ["h", "f"]
    assert rid(lesson.village) == "f", "until the smaller one is there"
    lesson.paused = {11}
    lesson.shrinks(lesson.village)
    assert rid(lesson.village) == "h"
    assert lesson.told_teacher[-1] == ["h"]


def test_one_rooms_line_is_no_other_rooms_matter(lesson: Class) -> None:
    other = lesson.join("other", "chromium-viewer")
    for who in ("room", "other"):
        lesson.lesson.arrange(who, [cast(0, "teacher")], 100.0)
    lesson.run(4.0)
    lesson.says(lesson.village, 2_000_000)
    lesson.run(1.0)
    lesson.shrinks(lesson.village)
    assert (rid(lesson.village), rid(other)) == ("h", "f")
    assert lesson.told_teacher[-1] == ["h", "f"]


def test_a_layer_that_was_not_offered_a_line_is_waited_for_by_who_sees_the_best(
    lesson: Class,
) -> None:
    lesson.paused = {13}
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(10.0)
    assert rid(lesson.village) == "h"
    assert all("f" in told for told in lesson.told_teacher)
    lesson.paused = set()
    lesson.run(1.0)
    assert rid(lesson.village) == "f"


def test_who_left_is_shown_nothing_and_wants_nothing(lesson: Class) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(1.0)
    lesson.lesson.remove(lesson.village, lesson.now)
    lesson.run(LINGER + 1)
    assert lesson.told_teacher[-1] == []


def test_a_plan_of_somebody_elses_kind_is_passed_over(lesson: Class) -> None:
    voice = cast(0, "teacher", track="voice")
    lesson.lesson.arrange("room", [voice, cast(99, "teacher"), cast(1, "nobody")], 100.0)
    lesson.run(1.0)
    assert wanted(lesson.village) is None


def test_who_comes_back_by_a_new_connection_has_their_old_line(lesson: Class) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(4.0)
    lesson.says(lesson.village, 2_000_000)
    lesson.run(1.0)
    lesson.shrinks(lesson.village)
    lesson.lesson.remove(lesson.village, lesson.now, "consent-lost")
    lesson.run(REMEMBERED - 1)
    lesson.village = lesson.join("room", "chromium-viewer", now=lesson.now)
    lesson.run(QUIET - 1)
    assert rid(lesson.village) is None, "voice and board come first"
    lesson.run(2.0)
    assert rid(lesson.village) == "q", "then what it surely carried"
    lesson.lesson.remove(lesson.village, lesson.now, "consent-lost")
    lesson.run(REMEMBERED + 1)
    lesson.village = lesson.join("room", "chromium-viewer", now=lesson.now)
    lesson.run(0.5)
    assert rid(lesson.village) == "f", "nobody knows any more"


def test_who_left_for_good_comes_with_a_line_nobody_knows(lesson: Class) -> None:
    lesson.lesson.arrange("room", [cast(0, "teacher")], 100.0)
    lesson.run(4.0)
    lesson.says(lesson.village, 2_000_000)
    lesson.run(1.0)
    lesson.shrinks(lesson.village)
    lesson.lesson.remove(lesson.village, lesson.now)
    lesson.lesson.forget("room")
    lesson.village = lesson.join("room", "chromium-viewer", now=lesson.now)
    lesson.lesson.arrange("room", [cast(0, "teacher")], lesson.now)
    lesson.run(0.5)
    assert rid(lesson.village) == "f"


def test_who_says_that_their_line_is_thin_begins_with_voice_and_board(lesson: Class) -> None:
    offer = read_offer(text("chromium-teacher"))
    thin = offer._replace(sections=[each._replace(thin=True) for each in offer.sections])
    village = lesson.join("far", offer=thin, now=lesson.now)
    for who in ("far", "room"):
        lesson.lesson.arrange(who, [cast(0, "teacher")], lesson.now)
    lesson.run(QUIET - 1)
    assert (rid(village), rid(lesson.village)) == (None, "f")
