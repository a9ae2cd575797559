"""What a client publishes."""

from signaling.sfu.codecs import arrive
from signaling.sfu.tracks import SILENCE

from . import packets


def test_a_layer_started_anew_replaces_the_old_one() -> None:
    old, _ = packets.source(ssrc=7)
    new, replaced = old.track.add(8, "", 1.0)
    assert replaced is old and old.track.sources == {"": new}
    assert old.track.source(7) is None and old.track.source(8) is new


def test_a_key_frame_is_asked_for_once_and_again_until_it_comes() -> None:
    source, pleas = packets.source()
    source.ask_key(1.0)
    source.ask_key(1.1)
    source.track.wake(1.2)
    assert pleas == [7]
    source.track.wake(2.0)
    assert pleas == [7, 7]
    source.track.came(source, arrive("VP8", packets.rtp(1, 0, packets.vp8(1, key=True)), 2.1))
    source.track.wake(9.0)
    assert pleas == [7, 7]


def test_nobody_asks_a_voice_for_key_frames() -> None:
    source, pleas = packets.source("opus")
    source.ask_key(1.0)
    assert not pleas


def test_three_seconds_without_a_packet_is_silence() -> None:
    source, _ = packets.source("opus")
    source.track.came(source, arrive("opus", packets.rtp(1, 0, b"\x78a"), 1.0))
    assert not source.track.fell_silent(1.0 + SILENCE)
    assert source.track.fell_silent(1.1 + SILENCE)
