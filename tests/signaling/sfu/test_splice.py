"""One endless stream out of many cameras and voices."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.sfu import vp8
from signaling.sfu.codecs import Arrival, arrive
from signaling.sfu.numbering import Numbering, Placed, Start
from signaling.sfu.rewrite import distance
from signaling.sfu.splice import Splice
from signaling.sfu.tracks import Source

from . import packets


class Screen:
    """Keeps what a splice lets through."""

    def __init__(self, kind: str = "video", start: Start | None = None) -> None:
        self.start = start or Start(100, 5000, 77, 8)
        self.numbers = Numbering(self.start)
        self.splice = Splice(self, "audio" if kind == "audio" else "video", self.numbers)
        self.shown: list[tuple[Placed, Arrival, bool]] = []

    def take(self, source: Source, arrival: Arrival) -> None:
        seam = self.splice.seam(source, arrival)
        if seam and not self.splice.begin(source, arrival):
            return
        placed = self.numbers.place(arrival)
        if placed is not None:
            self.shown.append((placed, arrival, seam))


def deliver(source: Source, arrivals: list[Arrival]) -> None:
    for arrival in arrivals:
        source.track.came(source, arrival)
        for taker in tuple(source.takers):
            taker.take(source, arrival)


@st.composite
def afternoons(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, bool, bool]]]:
    """(seed, steps of (camera, frames, switch to it?, shuffle its packets?))."""
    step = st.tuples(st.integers(0, 2), st.integers(1, 12), st.booleans(), st.booleans())
    return draw(st.integers(0, 2**32)), draw(st.lists(step, min_size=2, max_size=15))


@settings(max_examples=150)
@given(afternoons())
def test_whatever_is_switched_and_shuffled_the_stream_stays_whole(
    afternoon: tuple[int, list[tuple[int, int, bool, bool]]],
) -> None:
    seed, steps = afternoon
    dice = random.Random(seed)
    cameras = [packets.Camera(ssrc, dice) for ssrc in (1, 2, 3)]
    start = Start(
        dice.getrandbits(15), dice.getrandbits(32), dice.getrandbits(15), dice.getrandbits(8)
    )
    screen, now = Screen(start=start), 10.0
    for which, frames, switch, shuffle in steps:
        if switch:
            screen.splice.show(cameras[which].source, now)
        for camera in cameras:
            arrivals = []
            for _ in range(frames):
                now += 1 / 45
                key = bool(camera.pleas) or dice.random() < 0.1
                camera.pleas.clear()
                arrivals += camera.frame(now, key=key)
            if shuffle:
                arrivals.sort(key=lambda arrival: arrival.packet.seq + dice.randrange(4))
            deliver(camera.source, arrivals)
    check(screen)


def check(screen: Screen) -> None:
    """No number twice; seams begin with key frames and right behind; pictures in step."""
    top, sent = screen.start.seq, set()
    newest = screen.start.pid
    for spliced, arrival, seam in screen.shown:
        long = top + distance(spliced.seq, top & 0xFFFF, 16)
        assert long not in sent
        assert not seam or (arrival.key and long == top + 1)
        sent.add(long)
        top = max(top, long)
        where = vp8.describe(spliced.head(arrival) + arrival.rest)
        assert where is not None and where.pid is not None
        ahead = distance(where.pid, newest & 0x7FFF, 15)
        assert not seam or ahead == 1, "a seam leaves no hole between pictures"
        newest = max(newest, newest + ahead)


def test_the_old_picture_stays_until_the_new_one_begins() -> None:
    dice = random.Random(1)
    old, new = packets.Camera(1, dice), packets.Camera(2, dice)
    screen = Screen()
    screen.splice.show(old.source, 0.0)
    deliver(old.source, old.frame(0.0, key=True))
    screen.splice.show(new.source, 0.1)
    assert new.pleas == [2]
    deliver(new.source, new.frame(0.1, key=False))
    deliver(old.source, old.frame(0.1, key=False))
    assert [arrival.packet.seq for _, arrival, _ in screen.shown[-2:]] == [
        old.seq - 1 & 0xFFFF,
        old.seq,
    ]
    deliver(new.source, new.frame(0.2, key=True))
    assert screen.splice.current is new.source and not old.source.takers


def test_a_source_that_leaps_begins_anew_at_a_key_frame() -> None:
    camera, screen = packets.Camera(1, random.Random(2)), Screen()
    screen.splice.show(camera.source, 0.0)
    deliver(camera.source, camera.frame(0.0, key=True))
    camera.seq += 20_000
    deliver(camera.source, camera.frame(0.1, key=False))
    assert len(screen.shown) == 2
    deliver(camera.source, camera.frame(0.2, key=True))
    assert [s.seq for s, *_ in screen.shown] == [101, 102, 103, 104]


def test_an_emptied_stream_is_silent_and_goes_on_later() -> None:
    camera, screen = packets.Camera(1, random.Random(3)), Screen()
    screen.splice.show(camera.source, 0.0)
    deliver(camera.source, camera.frame(0.0, key=True))
    screen.splice.show(None, 0.1)
    deliver(camera.source, camera.frame(0.1, key=True))
    assert len(screen.shown) == 2 and not camera.source.takers
    screen.splice.show(camera.source, 0.2)
    deliver(camera.source, camera.frame(2.0, key=True))
    assert screen.shown[2][0].seq == 103
    assert screen.shown[2][0].ts - screen.shown[1][0].ts == 180_000


def speak(source: Source, seq: int, ts: int, now: float, payload: bytes = b"\x78voice") -> None:
    deliver(source, [arrive("opus", packets.rtp(seq, ts, payload), now)])


@given(st.floats(0.0, 3.0), st.sampled_from([b"\x78", b"\x79", b"\x7b\x03"]))
def test_a_voice_follows_another_in_whole_frames_and_never_overlaps(
    pause: float, last: bytes
) -> None:
    first, _ = packets.source("opus", 1)
    second, _ = packets.source("opus", 2)
    screen = Screen("audio")
    screen.splice.show(first, 0.0)
    speak(first, 5, 1000, 1.0, last)
    screen.splice.show(second, 1.0)
    speak(second, 900, 77, 1.0 + pause)
    step = screen.shown[1][0].ts - screen.shown[0][0].ts
    length = {b"\x78": 960, b"\x79": 1920, b"\x7b\x03": 2880}[last]
    assert step % 960 == 0 and step >= length
    assert step == length or abs(step - pause * 48000) <= 480 + 1
