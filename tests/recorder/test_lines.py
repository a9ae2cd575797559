"""Sound has no holes and pictures no overlaps, whatever the clocks do."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from recorder.frames import Frame, Setup
from recorder.lines import FILL_BEHIND, HOLD, Block, PictureLine, SoundLine

SOUND, PICTURE = Setup("opus", channels=1), Setup("VP8", 320, 240)


def sound(at: float, mark: bytes = b"\xf8s") -> Frame:
    return Frame(0, at, mark, SOUND, 960)


def touching(blocks: list[Block]) -> bool:
    return all(a.ms + a.lasts_ms == b.ms for a, b in pairwise(blocks))


@given(st.lists(st.floats(-0.05, 0.4), max_size=60), st.floats(0, 5000))
@settings(max_examples=150)
def test_sound_touches_and_stays_within_a_packet_of_its_time(
    steps: list[float], time: float
) -> None:
    line, blocks = SoundLine(), []
    for step in steps:
        time = max(0.0, time + 0.02 + step)
        new = line.lay(sound(time), time)
        blocks += new
        if new:
            assert abs(new[-1].ms / 1000 - time) <= 0.026
    assert touching(blocks)


def test_a_silent_voice_is_filled_up_behind_now() -> None:
    line = SoundLine()
    assert line.fill(100) == []
    blocks = line.lay(sound(10), 10)
    blocks += line.fill(10 + FILL_BEHIND)
    blocks += line.fill(20 + FILL_BEHIND)
    assert touching(blocks)
    assert 19.8 < (blocks[-1].ms + blocks[-1].lasts_ms) / 1000 <= 20
    assert len(blocks) < 90
    blocks += line.lay(sound(20.5), 20.5)
    assert touching(blocks)
    assert abs(blocks[-1].ms - 20_500) <= 20


def test_hours_of_silence_cost_little() -> None:
    line = SoundLine()
    line.lay(sound(0), 0)
    assert sum(len(block.data) for block in line.lay(sound(3600), 3600)) < 500_000


def test_a_sound_whose_time_no_network_explains_is_left_out() -> None:
    assert SoundLine().lay(sound(10), 500) == []


def test_a_picture_whose_time_no_network_explains_is_seen_when_it_came() -> None:
    line = PictureLine()
    line.lay(Frame(0, 10, b"p", PICTURE), 500)
    assert [block.ms for block in line.end()] == [10_000]


@given(st.lists(st.floats(-0.1, 1), min_size=1, max_size=40))
@settings(max_examples=100)
def test_pictures_never_overlap_and_none_is_lost(steps: list[float]) -> None:
    line, blocks, time = PictureLine(), [], 5.0
    for step in steps:
        time += step
        blocks += line.lay(Frame(0, time, b"p", PICTURE), time)
    blocks += line.end()
    assert len(blocks) == len(steps)
    assert touching(blocks)


def test_a_camera_switched_off_does_not_keep_its_last_picture_back() -> None:
    line = PictureLine()
    assert line.lay(Frame(0, 1, b"p", PICTURE), 1) == []
    assert line.fill(1 + HOLD - 0.1) == []
    assert [block.ms for block in line.fill(1 + HOLD)] == [1000]
    assert line.fill(9) == []
