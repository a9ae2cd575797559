"""Lesson time of a track: steady, tied between voice and camera, never far from the truth."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recorder.timeline import Publisher, TrackClock


def run(
    clock: TrackClock, seconds: float, *, rate: int, delay: float, seed: int, skew: float = 0.0
) -> list[tuple[float, float]]:
    """Play packets through the clock; (true lesson time, told lesson time) of each."""
    chance, found = random.Random(seed), []
    for n in range(round(seconds * 50)):
        true = n * 0.02
        rtp = round((true * (1 + skew) + 80_000) * rate) & 0xFFFFFFFF
        at = true + delay + chance.expovariate(100)
        clock.arrived(rtp, at)
        found.append((true, clock.time(rtp, at)))
    return found


@given(st.integers(0, 999), st.sampled_from([-1e-4, 0.0, 1e-4]), st.floats(0, 0.3))
@settings(max_examples=8)
def test_a_voice_of_ten_minutes_stays_within_40_ms_whatever_its_crystal(
    seed: int, skew: float, delay: float
) -> None:
    told = run(TrackClock(48_000, Publisher()), 600, rate=48_000, delay=delay, seed=seed, skew=skew)
    settled = [(true, lesson) for true, lesson in told if true > 20]
    assert max(abs(lesson - delay - true) for true, lesson in settled) < 0.04


@given(st.integers(0, 999), st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_time_never_runs_backwards_not_even_where_32_bits_wrap(seed: int, first: int) -> None:
    clock, chance, last = TrackClock(90_000, Publisher()), random.Random(seed), -1.0
    for n in range(6500):
        rtp = (first + n * 3600 * 400) & 0xFFFFFFFF  # 16 s a step: wraps twice
        clock.arrived(rtp, n * 16 + chance.random() * 0.1)
        told = clock.time(rtp, n * 16 + 0.1)
        assert told > last
        last = told


def test_voice_and_camera_of_one_publisher_agree_by_its_sender_reports() -> None:
    publisher = Publisher()
    voice, camera = TrackClock(48_000, publisher), TrackClock(90_000, publisher)
    for n in range(1500):
        at = n * 0.02
        voice.arrived(n * 960, at + 0.03)
        camera.arrived(n * 1800, at + 0.18)  # big pictures wait in the sender's pacer
        if n % 50 == 0:
            voice.report(5e9 + at, n * 960)
            camera.report(5e9 + at, n * 1800)
        told = voice.time(n * 960, at + 0.03), camera.time(n * 1800, at + 0.18)
    assert told[0] == pytest.approx(told[1], abs=0.005)


def test_a_publisher_whose_reports_are_nonsense_is_timed_by_arrival() -> None:
    publisher = Publisher()
    voice, camera = TrackClock(48_000, publisher), TrackClock(90_000, publisher)
    for n in range(500):
        at = n * 0.02
        voice.arrived(n * 960, at)
        camera.arrived(n * 1800, at)
        voice.report(100 + at, n * 960)
        camera.report(9e9 + at, n * 1800)
    assert camera.time(499 * 1800, 9.98) == pytest.approx(9.98, abs=0.005)


def test_a_microphone_whose_clock_stood_still_is_right_again_at_once() -> None:
    clock = TrackClock(48_000, Publisher())
    run(clock, 5, rate=48_000, delay=0.05, seed=1)
    rtp = 80_005 * 48_000 & 0xFFFFFFFF
    clock.arrived(rtp, 35.05)
    assert clock.time(rtp, 35.05) == pytest.approx(35.05)


def test_a_queue_on_the_line_does_not_move_the_lesson() -> None:
    clock = TrackClock(48_000, Publisher())
    for n in range(1500):
        at = n * 0.02
        queued = 0.6 if 10 < at < 16 else 0.0
        clock.arrived(n * 960, at + 0.02 + queued)
        assert clock.time(n * 960, at + 0.02 + queued) == pytest.approx(at + 0.02, abs=0.01)


def test_a_camera_and_a_voice_stay_in_step_over_a_muted_half_hour() -> None:
    publisher, machine, card = Publisher(), 1 - 60e-6, 1 + 30e-6
    voice, camera = TrackClock(48_000, publisher), TrackClock(90_000, publisher)
    wrong = list[float]()
    for n in range(12_500):
        at, speaks = n * 0.2, not 3000 <= n < 12_000
        said, seen = round(at * 48_000 * card), round(at * 90_000 * machine)
        camera.arrived(seen & 0xFFFFFFFF, at + 0.09)  # pictures take a while to encode
        if speaks:
            voice.arrived(said & 0xFFFFFFFF, at)
        if n % 20 == 10:
            camera.report(5e9 + at * machine, seen & 0xFFFFFFFF)
            if speaks:
                voice.report(5e9 + at * machine, said & 0xFFFFFFFF)
        if n > 250:
            wrong.append(camera.time(seen & 0xFFFFFFFF, at + 0.09) - at)
            wrong += [voice.time(said & 0xFFFFFFFF, at) - at] if speaks else []
    assert max(map(abs, wrong)) < 0.04
