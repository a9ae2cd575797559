"""A room whose line carries no picture that moves still sees who teaches, now and then."""

from collections.abc import Iterator

import pytest

from signaling.sfu import vp8
from signaling.sfu.budget import BOARD
from signaling.sfu.packet import parse_rtp
from signaling.sfu.ration import VOICE
from signaling.sfu.stills import BPS, EVERY, Stills

from .planes import NAMES, Ends
from .test_ration import Village

THIN = 70_000  # bit/s: less than the small layer of the village's teacher
SECOND_KEY = 40  # frames, twenty a second, as encoders make them unasked


class Far(Village):
    """Both layers film for themselves, with a key frame in two seconds."""

    def __init__(self, ends: Ends) -> None:
        super().__init__(ends)
        self.frames = 0
        self.came: list[tuple[float, bool]] = []
        """When pictures came, and whether each was a key frame."""
        self.deal(0)
        self.film(1.0)

    def film(self, seconds: float, *, packets: int = 2, size: int = 0) -> None:
        for _ in range(round(seconds * 20)):
            self.now += 0.05
            key = self.frames % SECOND_KEY == 0
            self.frames += 1
            for camera in (self.small, self.large):
                camera.send(*camera.frame(key=key, packets=packets, size=size), now=self.now)
            self.ration.judge(self.now)
            self.ends.plane.pump(self.now)
            self.look()

    def look(self) -> None:
        for data in self.ends.receive():
            packet = parse_rtp(data)
            described = vp8.describe(packet.payload)
            if packet.ssrc == self.slot().ssrc and described and packet.payload[0] & 0x10:
                self.came.append((self.now, described.key))
        self.ends.sent.clear()

    def thins(self, bps: int = THIN) -> None:
        """Its line carries no more than this; what comes from now on is counted."""
        self.ration.estimate.reduce(bps + BOARD, self.now)
        self.deal(0)
        self.came.clear()


@pytest.fixture(params=NAMES)
def far(request: pytest.FixtureRequest) -> Iterator[Far]:
    with Ends(request.param) as ends:
        yield Far(ends)


def test_it_sees_the_key_frames_that_come_and_asks_for_none(far: Far) -> None:
    far.thins()
    far.small.pleas.clear()
    far.large.pleas.clear()
    far.film(9.0)
    assert len(far.came) == 4 and all(key for _, key in far.came)
    assert not far.small.pleas and not far.large.pleas
    assert far.shows() is None


def test_they_are_as_far_apart_as_the_line_needs(far: Far) -> None:
    far.thins()
    far.film(14.0, packets=12, size=1150)
    needs = 8 * 12 * 1150 / BPS
    apart = [b - a for (a, _), (b, _) in zip(far.came, far.came[1:], strict=False)]
    assert len(far.came) >= 2 and min(apart) >= needs > EVERY
    assert far.ends.plane.refused == 0


def test_where_only_voices_fit_there_are_none(far: Far) -> None:
    voice = far.peer.slot("audio", 0)
    assert voice is not None
    far.ration.hear(voice)
    far.thins(VOICE + BPS - 1000)
    far.film(5.0)
    assert far.came == []


def test_it_moves_again_when_the_line_has_grown(far: Far) -> None:
    far.thins()
    far.film(5.0)
    far.ration.estimate.prove(900_000)
    far.now += 3.0
    far.deal(0)
    far.film(4.0)
    assert far.shows() is far.large
    assert not all(key for _, key in far.came)


def test_what_is_not_chosen_any_more_is_not_shown(far: Far) -> None:
    far.thins()
    stills = Stills()
    stills.choose(far.slot(), far.small.source, BPS, far.now)
    assert stills.shown
    stills.stop()
    far.film(3.0)
    far.came.clear()
    stills.look(far.now)
    far.look()
    assert not stills.shown and far.came == []
