"""What one subscriber gets of what its line carries."""

import random
from collections.abc import Iterator
from struct import pack

import pytest

from signaling.sfu.budget import BOARD
from signaling.sfu.estimate import UNLIMITED
from signaling.sfu.layers import Rung
from signaling.sfu.packet import parse_rtp
from signaling.sfu.peer import Peer
from signaling.sfu.plane import ALL
from signaling.sfu.probe import QUIET
from signaling.sfu.ration import VOICE, Claim, Ration
from signaling.sfu.rtcp import SenderReport, parse_rtcp, receiver_report, remb
from signaling.sfu.sdp import read_offer
from signaling.sfu.slots import Slot
from signaling.sfu.uplink import Count

from .packets import Camera, layered, rtp
from .planes import NAMES, Ends
from .test_gate import CERTIFICATE, Deaf
from .test_sdp import text

PATTERN = (0, 2, 1, 2)
COSTS = (100_000, 400_000)


class Village:
    """A subscriber at the far end of a socket, and two layers of the teacher's camera."""

    def __init__(self, ends: Ends) -> None:
        self.ends = ends
        self.now = 10.0
        self.peer = Peer(
            "room",
            read_offer(text("chromium-viewer")),
            CERTIFICATE,
            plane=ends.plane,
            speakers={},
            listener=Deaf(),
            dice=random.Random(1),
            now=self.now,
        )
        ends.line = self.peer.line
        ends.connect()
        self.small, self.large = (Camera(ends.plane, ssrc, random.Random(ssrc)) for ssrc in (7, 8))
        self.ration = Ration(self.peer, self.now)
        self.lost = self._told = self.words = 0
        self.dealt: tuple[int, ...] = ()

    def slot(self, number: int = 0) -> Slot:
        slot = self.peer.slot("video", number)
        assert slot is not None
        return slot

    def claim(self, number: int = 0) -> Claim:
        sources = self.small.source, self.large.source
        rungs = [Rung(source, ALL, bps) for source, bps in zip(sources, COSTS, strict=True)]
        return Claim(self.slot(number), 1, rungs)

    def deal(self, *slots: int) -> None:
        self.dealt = slots
        self.ration.deal([self.claim(number) for number in slots], self.now)

    def run(self, seconds: float, *, key: bool = True) -> None:
        """Twenty frames a second of both layers, and the ticks of a worker."""
        for _ in range(round(seconds * 20)):
            self.now += 0.05
            self.peer.path.consent_at = self.now  # its checks come
            for camera in (self.small, self.large):
                camera.film(self.now, key=key)
            self.ration.judge(self.now)

    def waits(self, seconds: float) -> None:
        """Without a word from its far end; what is shown is dealt anew each second."""
        for _ in range(round(seconds)):
            self.run(1.0)
            self.deal(*self.dealt)

    def speaks(self, waited: float) -> None:
        """A word of its own comes, so late."""
        self.words += 1
        ts = int((self.now - waited) * 48000)
        word = Count(9, False, 48000, self.words, 100, self.words, 0, self.now, ts)
        self.peer.upward.uplink.look([word], self.now)

    def says(self, bps: int) -> None:
        """A REMB, and a report that bears it out: five in a hundred are lost."""
        stream = self.slot().stream
        self.lost += (stream.packets - self._told) // 20
        self._told = stream.packets
        lost = pack("!IIIIII", stream.ssrc, self.lost, 0, 0, 0, 0)
        self.ends.hear(remb(bps, [1]) + receiver_report([lost]), self.now)

    def loses(self, share: float) -> None:
        """A quarter of a second of which so much is lost, and the report of it."""
        for _ in range(5):
            self.now += 0.05
            self.large.send(*self.large.frame(key=True, packets=10, size=1000), now=self.now)
        stream = self.slot().stream
        self.lost += round(share * (stream.packets - self._told))
        self._told = stream.packets
        block = pack("!IIIIII", stream.ssrc, self.lost, 0, 0, 0, 0)
        self.ends.hear(receiver_report([block]), self.now)
        self.ration.judge(self.now)

    def echoes(self, trip: float) -> None:
        """It answers our sender report; there and back took so long."""
        self.peer.report(self.now)
        self.ends.receive()
        [report] = [m for m in parse_rtcp(self.ends.said[-1]) if isinstance(m, SenderReport)]
        middle = report.ntp >> 16 & 0xFFFFFFFF
        block = pack("!IIIIII", self.slot().stream.ssrc, self.lost, 0, 0, middle, 0)
        self.ends.hear(receiver_report([block]), self.now + trip)
        self.run(1.0)

    def shows(self, number: int = 0) -> Camera | None:
        source = self.slot(number).source
        return next((c for c in (self.small, self.large) if c.source is source), None)


@pytest.fixture(params=NAMES)
def village(request: pytest.FixtureRequest) -> Iterator[Village]:
    with Ends(request.param) as ends:
        yield Village(ends)


def test_nothing_said_against_it_a_line_gets_all_at_once(village: Village) -> None:
    village.deal(0, 1)
    village.run(0.1)
    assert (village.shows(0), village.shows(1)) == (village.large, village.large)
    assert village.ration.estimate.bps == UNLIMITED


def test_a_line_that_shrinks_gets_less_and_is_paced(village: Village) -> None:
    village.deal(0)
    village.run(0.5)
    village.says(900_000)
    village.run(1.0)
    village.says(300_000)
    village.run(0.3)
    village.deal(0)
    village.run(0.3)
    assert village.shows() is village.small
    burst = village.small.frame(key=True, packets=40, size=1000)
    village.small.send(*burst, now=village.now)
    assert village.peer.line.waiting > 0


def test_a_line_that_falls_is_followed_at_the_second_look(village: Village) -> None:
    village.deal(0)
    village.run(0.1)
    for _ in range(8):
        village.loses(0.0)
    village.loses(0.9)
    assert village.ration.estimate.bps > 0.7 * village.ration.estimate.sent
    frame = village.large.frame(key=True, packets=40, size=1000)
    village.large.send(*frame, now=village.now)
    assert village.peer.line.waiting > 10_000, "pictures wait meanwhile, and voice goes on"
    village.loses(0.9)
    fell = village.ration.estimate.bps
    assert fell < 0.15 * village.ration.estimate.sent
    village.run(2.0)
    village.loses(0.4)
    assert village.ration.estimate.bps == fell, "a late report of the fall is not another one"


def test_a_burst_holds_pictures_back_for_a_moment_and_takes_none_away(village: Village) -> None:
    village.deal(0)
    village.run(0.1)
    for _ in range(8):
        village.loses(0.0)
    village.loses(0.9)
    village.loses(0.0)
    for _ in range(50):
        village.now += 0.01
        village.ends.plane.pump(village.now)
    assert village.peer.line.waiting == 0, "they come half a second later"
    assert village.ration.estimate.bps > 0.7 * village.ration.estimate.sent


def test_a_queue_on_the_rooms_own_way_up_is_no_reason_to_send_it_less(village: Village) -> None:
    village.deal(0)
    village.run(1.0)
    for trip in (0.05, 0.06, 0.05, 0.06):
        village.speaks(0.0)
        village.echoes(trip)
    for _ in range(4):
        village.speaks(0.4)
        village.echoes(0.46)
    assert village.ration.estimate.bps == UNLIMITED
    for _ in range(4):
        village.speaks(0.0)
        village.echoes(0.46)
    assert village.ration.estimate.bps < UNLIMITED


def test_what_the_teachers_line_lost_is_no_reason_to_send_a_room_less(village: Village) -> None:
    village.deal(0)
    village.run(1.0)
    village.says(5_000_000)
    for _ in range(4):
        for _ in range(10):
            frame = village.large.frame(key=False, packets=4)
            village.large.send(*frame[:2], frame[3], now=village.now)
            village.lost += 1
        village.echoes(0.05)
    assert village.lost > 40 and village.ration.estimate.bps == UNLIMITED


def test_where_nothing_fits_nothing_is_shown(village: Village) -> None:
    voice = village.peer.slot("audio", 0)
    assert voice is not None
    village.ration.hear(voice)
    village.deal(0)
    village.run(1.0)
    village.says(900_000)
    village.run(1.0)
    village.says(100_000)
    village.run(0.3)
    village.deal(0)
    assert village.slot().wanted is None


def test_voice_and_board_have_their_share_before_pictures(village: Village) -> None:
    village.deal(0)
    village.run(1.0)
    village.says(900_000)
    village.run(1.0)
    village.says(COSTS[1] + BOARD + VOICE - 1)
    village.run(0.3)
    village.deal(0)
    assert village.slot().wanted is village.large.source
    voice = village.peer.slot("audio", 0)
    assert voice is not None
    village.ration.hear(voice)
    village.deal(0)
    assert village.slot().wanted is village.small.source


def test_a_line_that_may_carry_more_is_probed_with_copies(village: Village) -> None:
    village.deal(0)
    village.run(0.5)
    village.says(900_000)
    village.run(1.0)
    village.says(300_000)
    village.run(0.3)
    village.deal(0)
    village.run(4.0)
    assert village.ration.estimate.bps > 300_000
    repairs = village.slot().rtx_ssrc
    assert any(parse_rtp(data).ssrc == repairs for data in village.ends.receive())
    said = [word for data in village.ends.said for word in parse_rtcp(data)]
    assert any(isinstance(word, SenderReport) for word in said), "to measure the round trip"


def test_while_it_waits_for_less_a_slot_is_shown_as_little_as_can_be(village: Village) -> None:
    village.deal(0)
    village.run(1.0)
    village.says(900_000)
    village.run(1.0)
    village.says(300_000)
    village.run(0.3, key=False)
    village.deal(0)
    assert village.shows() is village.large
    before = village.slot().stream.packets
    for n in range(40):
        payload = layered(n, PATTERN[n % 4])
        seq, ts = village.large.seq + 1 + n, village.large.ts + 6000 * (n + 1)
        village.large.send(rtp(seq, ts, payload, marker=True), now=village.now)
    assert village.slot().stream.packets - before == 10, "a quarter of the frames"


def test_what_a_line_cannot_carry_by_far_stops_before_the_smaller_one_is_there(
    village: Village,
) -> None:
    village.deal(0)
    village.run(1.0)
    village.says(900_000)
    village.run(1.0)
    village.says(200_000)
    village.run(0.3, key=False)
    village.deal(0)
    before = village.slot().stream.packets
    village.run(0.5, key=False)
    assert village.slot().stream.packets == before and village.peer.line.waiting == 0
    village.run(0.1)
    assert village.shows() is village.small and village.slot().stream.packets > before


def test_a_slot_that_is_left_is_empty_and_whole_again(village: Village) -> None:
    village.deal(0)
    village.run(0.2)
    village.ration.leave([village.slot()], village.now)
    assert village.slot().wanted is None
    village.deal()
    village.deal(0)
    village.run(0.2)
    assert village.shows() is village.large


def test_a_line_that_is_known_to_be_thin_has_voice_and_board_before_a_picture_is_tried(
    village: Village,
) -> None:
    village.ration = Ration(village.peer, village.now, carries=60_000)
    village.deal(0)
    village.waits(QUIET - 1)
    assert village.slot().wanted is None and village.ration.carries == 60_000
    assert village.ration.rests(village.now)
    village.waits(6.0)
    assert village.slot().wanted is village.small.source
    assert village.ration.carries < 100_000, "it is not known yet"
    assert not village.ration.rests(village.now)


def test_a_thin_line_to_which_all_that_is_live_comes_again_is_left_in_peace(
    village: Village,
) -> None:
    village.ration = Ration(village.peer, village.now, carries=60_000)
    village.deal()
    village.waits(QUIET + 10)
    village.deal(0)
    village.waits(QUIET - 1)
    assert village.slot().wanted is None
    village.waits(6.0)
    assert village.slot().wanted is village.small.source


def test_a_thin_line_in_peace_has_no_picture_even_where_one_might_fit(village: Village) -> None:
    village.ration = Ration(village.peer, village.now, carries=COSTS[0] + 90_000)
    village.deal(0)
    village.waits(QUIET - 1)
    assert village.slot().wanted is None
    village.waits(2.0)
    assert village.slot().wanted is village.small.source
