"""A teacher's own line decides how much she sends; nobody else's does."""

import pytest

from signaling.sfu.relief import FIRST_REST
from signaling.sfu.uplink import CEILING_BPS, FLOOR_BPS, LOOK, Count, Delay, Uplink

from ...links.profiles import KBIT, MBIT, PROFILES, Way
from .teacher import Teacher


def test_a_clean_line_is_allowed_all_of_it() -> None:
    teacher = Teacher(Way(delay=0.02, jitter=0.005))
    teacher.teach(20)
    assert teacher.lowest_bps == CEILING_BPS
    assert teacher.nacks == 0


def test_a_line_that_only_loses_is_repaired_and_not_slowed() -> None:
    for loss in (0.05, 0.1):
        teacher = Teacher(Way(delay=0.03, jitter=0.005, loss=loss))
        teacher.teach(30)
        assert teacher.lowest_bps == CEILING_BPS
        assert teacher.residual < 0.002


def test_a_thin_line_is_filled_and_not_flooded() -> None:
    for rate in (300 * KBIT, 500 * KBIT, 1 * MBIT):
        teacher = Teacher(Way(rate=rate, delay=0.05, jitter=0.01, buffer=0.5))
        teacher.teach(6)  # the first picture opens all the way up
        teacher.forget()
        teacher.teach(30)
        assert teacher.voice_late(0.5) < 0.1 and teacher.voice_late(0.95) < 0.35, rate
        assert 0.6 * rate < teacher.video_bps < rate, rate


def test_a_line_with_hardly_a_buffer_loses_and_is_slowed_by_that() -> None:
    teacher = Teacher(Way(rate=500 * KBIT, delay=0.02, buffer=0.04))
    teacher.teach(10)
    teacher.forget()
    teacher.teach(20)
    assert teacher.highest_bps < 1 * MBIT
    assert teacher.residual < 0.12


def test_a_line_that_shrinks_and_grows_is_followed() -> None:
    teacher = Teacher(Way(rate=2 * MBIT, delay=0.03, buffer=0.5))
    teacher.teach(10)
    teacher.up.way = Way(rate=200 * KBIT, delay=0.03, buffer=0.5)
    teacher.teach(5)
    assert teacher.uplink.bps < 230 * KBIT
    teacher.forget()
    teacher.teach(10)
    assert teacher.voice_late(0.95) < 0.4
    teacher.up.way = Way(rate=2 * MBIT, delay=0.03, buffer=0.5)
    teacher.teach(12)
    assert teacher.uplink.bps > 1 * MBIT


def test_bursts_of_a_crowded_wifi_are_not_taken_for_a_full_line() -> None:
    teacher = Teacher(PROFILES["wifi-crowded"].up)
    teacher.teach(60)
    assert teacher.lowest_bps > 1 * MBIT


def test_every_line_of_the_table_carries_a_voice_beside_the_picture() -> None:
    for name in ("fibre-shared", "school-adsl", "thin-500", "loss-20", "geo-sat"):
        up = PROFILES[name].up
        teacher = Teacher(up)
        teacher.teach(8)
        teacher.forget()
        teacher.teach(20)
        assert teacher.voice_late(0.5) < 0.1 and teacher.voice_late(0.95) < 0.35, name


def test_on_a_line_too_thin_for_any_picture_the_voice_goes_alone() -> None:
    teacher = Teacher(PROFILES["floor-100"].up)
    while not teacher.uplink.relief.on:
        teacher.teach(0.5)
        assert teacher.now < 15
    teacher.teach(1)
    teacher.forget()
    teacher.teach(FIRST_REST - 2)
    assert teacher.uplink.relief.on and teacher.voice_late(0.95) < 0.15


def count(n: int, at: float, ts: int, *, came: int | None = None) -> Count:
    came = n if came is None else came
    return Count(7, True, 90000, came, came * 1000, n, 0, at, ts)


def test_a_clock_that_is_set_is_no_queue() -> None:
    delay = Delay(90000)
    for n in range(100):
        delay.sample(n * 0.1, n * 9000)
    delay.sample(10.0, 90000 * 500)
    assert delay.queue(10.0) == 0.0


def test_what_the_newest_packet_waited_is_told_until_it_is_old() -> None:
    uplink = Uplink(0.0)
    for n in range(50):
        uplink.look([count(n + 1, n * 0.1, n * 9000)], n * 0.1)
    assert uplink.waits(4.9) < 1e-6
    uplink.look([count(51, 5.4, 50 * 9000)], 5.4)
    assert uplink.waits(5.4) == pytest.approx(0.4)
    assert uplink.waits(6.0) == 0.0, "nothing is on its way up"


def test_timestamps_that_wrap_are_no_queue() -> None:
    delay = Delay(48000)
    for n in range(200):
        delay.sample(n * 0.02, (2**32 - 48000 + n * 960) & 0xFFFFFFFF)
    queue = delay.queue(4.0)
    assert queue is not None and queue < 1e-6


def test_one_layer_that_is_late_for_itself_slows_nobody() -> None:
    uplink = Uplink(0.0)
    for n in range(400):
        now = n * 0.05
        late = 0.0 if n < 200 else 0.5
        voice = Count(1, False, 48000, n, n * 50, n, 0, now, int(now * 48000))
        screen = Count(2, True, 90000, n, n * 900, n, 0, now, int((now - late) * 90000))
        uplink.look([voice, screen], now)
    assert uplink.bps == CEILING_BPS


def test_a_line_that_falls_silent_is_not_judged() -> None:
    uplink, n = Uplink(0.0), 0
    for n in range(100):
        uplink.look([count(n, n * 0.05, n * 4500)], n * 0.05)
    for m in range(100):
        uplink.look([count(n, n * 0.05, n * 4500)], (n + m) * 0.05)
    assert uplink.bps == CEILING_BPS


def test_it_never_falls_below_one_small_picture() -> None:
    uplink = Uplink(0.0)
    for n in range(2000):
        uplink.look([count(n * 10, n * LOOK, n * 45000, came=n)], n * LOOK)
    assert uplink.bps == FLOOR_BPS
