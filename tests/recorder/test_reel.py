"""A track goes on through jitter, drift, new sources and cameras switched off."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recorder.lines import Block
from recorder.reel import CAMERA_OFF, Reel
from recorder.timeline import Publisher
from synclass.errors import Malformed

from . import studio


@given(st.integers(0, 99), st.sampled_from([-2e-4, 0, 2e-4]), st.floats(0, 0.1))
@settings(max_examples=8)
def test_a_voice_of_two_minutes_over_a_bad_line_is_within_40_ms_of_the_truth(
    seed: int, skew: float, loss: float
) -> None:
    chance, reel = random.Random(seed), Reel("opus", Publisher())
    arrivals: list[tuple[float, bytes]] = []
    for n in range(6000):
        if chance.random() < loss or 2000 < n < 2500:  # muted for ten seconds
            continue
        sound = b"\xf8" + n.to_bytes(2, "big")
        rtp = studio.rtp(n, round(n * 960 * (1 + skew)) // 960 * 960, sound)
        arrivals.append((n * 0.02 + 0.03 + min(0.15, chance.expovariate(50)), rtp))
    blocks: list[Block] = []
    for at, packet in sorted(arrivals):
        reel.put(at, packet)
        blocks += reel.take(at)
    blocks += reel.end()
    assert all(a.ms + a.lasts_ms == b.ms for a, b in pairwise(blocks))
    heard = {b.data[1:]: b.ms for b in blocks if len(b.data) == 3 and b.data[1] != 0xFF}
    assert len(heard) > len(arrivals) * 0.97
    late = [ms - int.from_bytes(n, "big") * 20 - 30 for n, ms in heard.items()]
    assert max(map(abs, late[500:])) < 40


def test_a_camera_that_comes_back_as_another_source_goes_on_at_its_key_frame() -> None:
    reel = Reel("VP8", Publisher())
    frames = studio.vp8(20, key_every=10)
    first = studio.vp8_packets(frames[:8], start=5)
    again = [
        (at + 10, packet[:8] + b"\0\0\0\x09" + packet[12:])
        for at, packet in studio.vp8_packets(frames[10:], start=5)
    ]
    blocks: list[Block] = []
    for at, packet in first + again:
        reel.put(at, packet)
        blocks += reel.take(at)
    blocks += reel.end()
    assert [block.data for block in blocks] == frames[:8] + frames[10:]
    assert blocks[8].ms == 15_000
    assert blocks[8].setup is not None


def test_no_key_frame_is_asked_of_a_camera_that_is_off() -> None:
    reel = Reel("VP8", Publisher())
    assert not reel.wants_keyframe(5)
    reel.put(5, studio.rtp(0, 0, b"\x10\x01xxx", marker=True))
    reel.take(5)
    assert reel.wants_keyframe(5)
    assert not reel.wants_keyframe(5 + CAMERA_OFF)


def test_voice_and_camera_are_laid_side_by_side() -> None:
    publisher = Publisher()
    voice, camera = Reel("opus", publisher), Reel("VP8", publisher)
    frames = studio.vp8(250, key_every=250)
    heard: list[Block] = []
    seen: list[Block] = []
    for n, (at, packet) in enumerate(studio.vp8_packets(frames, start=0)):
        for sound in (2 * n, 2 * n + 1):
            voice.put(sound * 0.02 + 0.02, studio.rtp(sound, sound * 960, b"\xf8xx", ssrc=5))
        camera.put(at + 0.14, packet)  # the camera's packets wait in the sender's pacer
        if n % 25 == 0:
            voice.report(7e8 + at, n * 1920)
            camera.report(7e8 + at, n * 3600 + 99)
        heard += voice.take(at + 0.14)
        seen += camera.take(at + 0.14)
    assert abs(seen[-1].ms - heard[2 * (len(seen) - 1)].ms) < 20


def test_what_is_no_packet_is_refused() -> None:
    with pytest.raises(Malformed):
        Reel("opus", Publisher()).put(0, b"no packet")
